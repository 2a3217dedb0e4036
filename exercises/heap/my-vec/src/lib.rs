//! A growable array that owns one block of memory, taken from the allocator by hand.

use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// Values in a row, in one block that grows when it is full.
pub struct MyVec<T> {
    /// Where the block begins. Dangling as long as there is none.
    start: NonNull<T>,
    /// How many values there are, from the start on.
    length: usize,
    /// How many values the block has room for.
    capacity: usize,
}

// Whether a `MyVec` may go to another thread, or be looked at from there, is for you
// to say: because of the pointer in it, the compiler says no for every `T`.

impl<T> MyVec<T> {
    /// An array without values, which has asked for no memory yet.
    pub fn new() -> Self {
        todo!("no block, no values")
    }

    /// An array without values, with room for exactly `capacity` of them.
    ///
    /// # Panics
    ///
    /// When so many values can never fit into memory: more than `isize::MAX` bytes.
    pub fn with_capacity(capacity: usize) -> Self {
        todo!("one block for {capacity} values")
    }

    /// Puts a value at the end. Calls [`std::alloc::handle_alloc_error`] when there is
    /// no memory for it.
    ///
    /// # Panics
    ///
    /// When the block would become larger than `isize::MAX` bytes.
    pub fn push(&mut self, value: T) {
        todo!("put {} bytes at the end", size_of_val(&value))
    }

    /// Puts a value at the end, or gives it back when there is no memory for it. The
    /// array is then as it was.
    ///
    /// # Errors
    ///
    /// The value, when the allocator refuses a block.
    ///
    /// # Panics
    ///
    /// As [`push`](Self::push) does.
    pub fn try_push(&mut self, value: T) -> Result<(), T> {
        todo!("put {} bytes there, if possible", size_of_val(&value))
    }

    /// Takes the value at the end, if there is one. The block stays as large as it is.
    pub fn pop(&mut self) -> Option<T> {
        todo!("move the last value out of the block")
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// How many values the block has room for. `usize::MAX` for values without a size.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Where the first value is, or would be.
    pub fn as_ptr(&self) -> *const T {
        self.start.as_ptr()
    }

    /// The values, in the order in which they were pushed.
    pub fn as_slice(&self) -> &[T] {
        todo!("the places that hold values")
    }

    /// The values, to be changed in place.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        todo!("the places that hold values")
    }
}

impl<T> Drop for MyVec<T> {
    /// Drops the values, the first one first, and gives the block back.
    fn drop(&mut self) {
        // Nothing here knows of the values or of the block but you.
    }
}

impl<T> Deref for MyVec<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> DerefMut for MyVec<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.as_mut_slice()
    }
}

impl<T> Default for MyVec<T> {
    fn default() -> Self {
        Self::new()
    }
}
