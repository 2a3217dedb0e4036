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
    // What else must it remember?
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
        todo!("a cache of {geometry:?} with nothing in it")
    }

    /// The geometry that it was made with.
    pub fn geometry(&self) -> Geometry {
        self.geometry
    }

    /// Uses the line in which the byte at `address` lies.
    pub fn access(&mut self, address: u64) -> Access {
        todo!("use the line of {address}, and count a hit or a miss")
    }

    /// Uses every line in which one of `bytes` bytes from `address` on lies, from the
    /// front to the back, and returns how many of them were misses. There are no bytes
    /// behind `u64::MAX`.
    pub fn touch(&mut self, address: u64, bytes: u64) -> u64 {
        todo!("use the lines of {bytes} bytes from {address} on")
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
