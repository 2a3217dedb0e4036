//! A place is one of two things: a value with its links, or a step in the list of free places.

/// Stands for one value in a list, as long as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle {
    place: u32,
    generation: u32,
}

/// No place.
const NOWHERE: u32 = u32::MAX;

/// A place for a value, with the number of values that have been taken out of it.
#[derive(Debug)]
enum Place<T> {
    Full {
        generation: u32,
        previous: u32,
        next: u32,
        value: T,
    },
    Free {
        generation: u32,
        next_free: u32,
    },
}

/// Values in an order of which each knows the one before it and the one behind it.
#[derive(Debug)]
pub struct List<T> {
    places: Vec<Place<T>>,
    first: u32,
    last: u32,
    free: u32,
    length: usize,
}

impl<T> List<T> {
    /// A list without values, which has asked for no memory yet.
    pub fn new() -> Self {
        Self::with_capacity(0)
    }

    /// A list without values, with room for so many.
    pub fn with_capacity(values: usize) -> Self {
        Self {
            places: Vec::with_capacity(values),
            first: NOWHERE,
            last: NOWHERE,
            free: NOWHERE,
            length: 0,
        }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The first value.
    pub fn front(&self) -> Option<Handle> {
        self.handle(self.first)
    }

    /// The last value.
    pub fn back(&self) -> Option<Handle> {
        self.handle(self.last)
    }

    /// The value behind another one.
    pub fn next(&self, handle: Handle) -> Option<Handle> {
        self.handle(self.links(handle)?.1)
    }

    /// The value before another one.
    pub fn previous(&self, handle: Handle) -> Option<Handle> {
        self.handle(self.links(handle)?.0)
    }

    /// Shows a value.
    pub fn get(&self, handle: Handle) -> Option<&T> {
        match self.places.get(handle.place as usize)? {
            Place::Full {
                generation, value, ..
            } if *generation == handle.generation => Some(value),
            _ => None,
        }
    }

    /// Shows a value, to be changed in place.
    pub fn get_mut(&mut self, handle: Handle) -> Option<&mut T> {
        match self.places.get_mut(handle.place as usize)? {
            Place::Full {
                generation, value, ..
            } if *generation == handle.generation => Some(value),
            _ => None,
        }
    }

    /// The values, from the first to the last.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        let handles = std::iter::successors(self.front(), |handle| self.next(*handle));
        handles.filter_map(|handle| self.get(handle))
    }

    /// Puts a value before all others.
    pub fn push_front(&mut self, value: T) -> Handle {
        self.link(NOWHERE, value, self.first)
    }

    /// Puts a value behind all others.
    pub fn push_back(&mut self, value: T) -> Handle {
        self.link(self.last, value, NOWHERE)
    }

    /// Puts a value before another one.
    ///
    /// # Errors
    ///
    /// The value, if there is none behind the handle.
    pub fn insert_before(&mut self, handle: Handle, value: T) -> Result<Handle, T> {
        match self.links(handle) {
            Some((previous, _)) => Ok(self.link(previous, value, handle.place)),
            None => Err(value),
        }
    }

    /// Puts a value behind another one.
    ///
    /// # Errors
    ///
    /// The value, if there is none behind the handle.
    pub fn insert_after(&mut self, handle: Handle, value: T) -> Result<Handle, T> {
        match self.links(handle) {
            Some((_, next)) => Ok(self.link(handle.place, value, next)),
            None => Err(value),
        }
    }

    /// Takes a value out.
    pub fn remove(&mut self, handle: Handle) -> Option<T> {
        let (previous, next) = self.links(handle)?;
        let free = Place::Free {
            generation: handle.generation.wrapping_add(1),
            next_free: self.free,
        };
        let full = std::mem::replace(&mut self.places[handle.place as usize], free);
        self.free = handle.place;
        self.join(previous, next);
        self.length -= 1;
        match full {
            Place::Full { value, .. } => Some(value),
            Place::Free { .. } => None,
        }
    }

    /// Drops all values. The memory stays, and no handle shows anything any more.
    pub fn clear(&mut self) {
        while let Some(first) = self.front() {
            self.remove(first);
        }
    }

    /// The places before and behind a value.
    fn links(&self, handle: Handle) -> Option<(u32, u32)> {
        match self.places.get(handle.place as usize)? {
            Place::Full {
                generation,
                previous,
                next,
                ..
            } if *generation == handle.generation => Some((*previous, *next)),
            _ => None,
        }
    }

    fn handle(&self, place: u32) -> Option<Handle> {
        match *self.places.get(place as usize)? {
            Place::Full { generation, .. } => Some(Handle { place, generation }),
            Place::Free { .. } => None,
        }
    }

    /// Puts a value between two places, each of which may be nowhere.
    fn link(&mut self, previous: u32, value: T, next: u32) -> Handle {
        let (at, generation) = match self.places.get(self.free as usize) {
            Some(Place::Free { generation, .. }) => (self.free, *generation),
            _ => (u32::try_from(self.places.len()).unwrap_or(NOWHERE), 0),
        };
        assert_ne!(at, NOWHERE, "no number is left for a place");
        let full = Place::Full {
            generation,
            previous,
            next,
            value,
        };
        match self.places.get_mut(at as usize) {
            Some(place) => {
                if let Place::Free { next_free, .. } = std::mem::replace(place, full) {
                    self.free = next_free;
                }
            }
            None => self.places.push(full),
        }
        self.join(previous, at);
        self.join(at, next);
        self.length += 1;
        Handle {
            place: at,
            generation,
        }
    }

    /// Makes two places neighbors. Nowhere stands for an end of the list.
    fn join(&mut self, previous: u32, next: u32) {
        match self.places.get_mut(previous as usize) {
            Some(Place::Full { next: old, .. }) => *old = next,
            _ => self.first = next,
        }
        match self.places.get_mut(next as usize) {
            Some(Place::Full { previous: old, .. }) => *old = previous,
            _ => self.last = previous,
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new()
    }
}
