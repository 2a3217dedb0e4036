//! A set-associative cache that holds no bytes and counts its hits and misses.

/// What a cache is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// Bytes in all lines together.
    pub size: usize,
    /// Lines in each set.
    pub ways: usize,
    /// Bytes in a line.
    pub line: usize,
}

/// Why there is no cache of a geometry: the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The size, the ways or the line is 0.
    Zero,
    /// The bytes of a line are no power of two.
    Line,
    /// The size is no whole number of sets.
    Sets,
    /// There is no memory for an account of so many lines.
    Memory,
}

/// What became of an access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// The line was there.
    Hit,
    /// It was not, and is now.
    Miss,
}

/// A cache that says which lines it would hold.
#[derive(Debug)]
pub struct Cache {
    geometry: Geometry,
    // SOLUTION
    sets: u64,
    /// The line numbers in all sets, one set behind the other. In each of them the
    /// line used last stands first, and empty places stand at the end.
    lines: Vec<Option<u64>>,
    // STARTER
    // // What else must it remember?
    // END
    hits: u64,
    misses: u64,
}

impl Cache {
    /// An empty cache.
    ///
    /// # Errors
    ///
    /// The first reason of [`Refused`] that holds.
    pub fn new(geometry: Geometry) -> Result<Self, Refused> {
        // SOLUTION
        let Geometry { size, ways, line } = geometry;
        if size == 0 || ways == 0 || line == 0 {
            return Err(Refused::Zero);
        }
        if !line.is_power_of_two() {
            return Err(Refused::Line);
        }
        let set = ways.checked_mul(line).ok_or(Refused::Sets)?;
        if !size.is_multiple_of(set) {
            return Err(Refused::Sets);
        }
        let mut lines = Vec::new();
        let places = size / line;
        lines
            .try_reserve_exact(places)
            .map_err(|_| Refused::Memory)?;
        lines.resize(places, None);
        Ok(Self {
            geometry,
            sets: (size / set) as u64,
            lines,
            hits: 0,
            misses: 0,
        })
        // STARTER
        // todo!("a cache of {geometry:?} with nothing in it")
        // END
    }

    /// The geometry that it was made with.
    pub fn geometry(&self) -> Geometry {
        self.geometry
    }

    /// Uses the line in which the byte at `address` lies.
    pub fn access(&mut self, address: u64) -> Access {
        // SOLUTION
        let number = address / self.geometry.line as u64;
        let (ways, set) = (self.geometry.ways, (number % self.sets) as usize);
        let lines = &mut self.lines[set * ways..(set + 1) * ways];
        let found = lines.iter().position(|line| *line == Some(number));
        lines[..=found.unwrap_or(ways - 1)].rotate_right(1);
        lines[0] = Some(number);
        if found.is_some() {
            self.hits += 1;
            Access::Hit
        } else {
            self.misses += 1;
            Access::Miss
        }
        // STARTER
        // todo!("use the line of {address}, and count a hit or a miss")
        // END
    }

    /// Uses every line in which one of `bytes` bytes from `address` on lies, from the
    /// front to the back, and returns how many of them were misses. There are no bytes
    /// behind `u64::MAX`.
    pub fn touch(&mut self, address: u64, bytes: u64) -> u64 {
        // SOLUTION
        let Some(more) = bytes.checked_sub(1) else {
            return 0;
        };
        let line = self.geometry.line as u64;
        let last = address.saturating_add(more) / line;
        (address / line..=last)
            .filter(|number| self.access(number * line) == Access::Miss)
            .count() as u64
        // STARTER
        // todo!("use the lines of {bytes} bytes from {address} on")
        // END
    }

    /// How often a line was there.
    pub fn hits(&self) -> u64 {
        self.hits
    }

    /// How often a line was not there.
    pub fn misses(&self) -> u64 {
        self.misses
    }
}
