//! A doubly linked list whose values lie in one `Vec`, and whose links are places in it.

/// Stands for one value in a list, as long as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle {
    // What tells a value from the next one in the same place?
}

/// Values in an order of which each knows the one before it and the one behind it.
#[derive(Debug)]
pub struct List<T> {
    // What does a place need besides its value?
    places: Vec<T>,
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
        todo!("the handle of the first value")
    }

    /// The last value.
    pub fn back(&self) -> Option<Handle> {
        todo!("the handle of the last value")
    }

    /// The value behind another one.
    pub fn next(&self, handle: Handle) -> Option<Handle> {
        todo!("the handle of what stands behind {handle:?}")
    }

    /// The value before another one.
    pub fn previous(&self, handle: Handle) -> Option<Handle> {
        todo!("the handle of what stands before {handle:?}")
    }

    /// Shows a value.
    pub fn get(&self, handle: Handle) -> Option<&T> {
        todo!("the value of {handle:?}, if it is there")
    }

    /// Shows a value, to be changed in place.
    pub fn get_mut(&mut self, handle: Handle) -> Option<&mut T> {
        todo!("the value of {handle:?}, if it is there")
    }

    /// The values, from the first to the last.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        let handles = std::iter::successors(self.front(), |handle| self.next(*handle));
        handles.filter_map(|handle| self.get(handle))
    }

    /// Puts a value before all others.
    pub fn push_front(&mut self, value: T) -> Handle {
        drop(value);
        todo!("put the value before the first")
    }

    /// Puts a value behind all others.
    pub fn push_back(&mut self, value: T) -> Handle {
        drop(value);
        todo!("put the value behind the last")
    }

    /// Puts a value before another one.
    ///
    /// # Errors
    ///
    /// The value, if there is none behind the handle.
    pub fn insert_before(&mut self, handle: Handle, value: T) -> Result<Handle, T> {
        drop(value);
        todo!("put the value before {handle:?}")
    }

    /// Puts a value behind another one.
    ///
    /// # Errors
    ///
    /// The value, if there is none behind the handle.
    pub fn insert_after(&mut self, handle: Handle, value: T) -> Result<Handle, T> {
        drop(value);
        todo!("put the value behind {handle:?}")
    }

    /// Takes a value out.
    pub fn remove(&mut self, handle: Handle) -> Option<T> {
        todo!("take out the value of {handle:?}")
    }

    /// Drops all values. The memory stays, and no handle shows anything any more.
    pub fn clear(&mut self) {
        self.places.clear();
        self.length = 0;
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new()
    }
}
