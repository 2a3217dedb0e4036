//! With null for "no block", arithmetic by hand, and values dropped one by one.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};
use std::ops::{Deref, DerefMut};

/// Values in a row, in one block that grows when it is full.
pub struct MyVec<T> {
    block: *mut T,
    length: usize,
    room: usize,
}

// SAFETY: the pointer is to memory that is the array's alone.
unsafe impl<T> Send for MyVec<T> where T: Send {}
// SAFETY: through a shared array values can only be shared.
unsafe impl<T> Sync for MyVec<T> where T: Sync {}

impl<T> MyVec<T> {
    const SIZELESS: bool = size_of::<T>() == 0;

    /// An array without values, which has asked for no memory yet.
    pub const fn new() -> Self {
        let block = std::ptr::null_mut();
        Self {
            block,
            length: 0,
            room: 0,
        }
    }

    /// An array without values, with room for exactly `capacity` of them.
    pub fn with_capacity(capacity: usize) -> Self {
        let mut array = Self::new();
        if capacity > array.capacity() && !array.set_room(capacity) {
            handle_alloc_error(Self::layout(capacity));
        }
        array
    }

    /// Puts a value at the end.
    pub fn push(&mut self, value: T) {
        if self.try_push(value).is_err() {
            handle_alloc_error(Self::layout(self.next_room()));
        }
    }

    /// Puts a value at the end, or gives it back when there is no memory for it.
    pub fn try_push(&mut self, value: T) -> Result<(), T> {
        if self.length == self.capacity() && !self.set_room(self.next_room()) {
            return Err(value);
        }
        // SAFETY: the place is within the room that there is, or needs none.
        unsafe { self.address().add(self.length).write(value) };
        self.length += 1;
        Ok(())
    }

    fn next_room(&self) -> usize {
        if self.room == 0 { 4 } else { self.room * 2 }
    }

    fn layout(capacity: usize) -> Layout {
        let bytes = capacity.checked_mul(size_of::<T>());
        let bytes = bytes.filter(|bytes| *bytes <= isize::MAX as usize - align_of::<T>());
        let bytes = bytes.expect("an array of at most `isize::MAX` bytes");
        Layout::from_size_align(bytes, align_of::<T>()).expect("a size that was checked")
    }

    fn set_room(&mut self, room: usize) -> bool {
        assert!(!Self::SIZELESS, "more values than can be counted");
        let layout = Self::layout(room);
        // SAFETY: the size is not 0; a block that is there was made for `self.room` values.
        let block = unsafe {
            if self.block.is_null() {
                alloc(layout)
            } else {
                realloc(self.block.cast(), Self::layout(self.room), layout.size())
            }
        };
        if !block.is_null() {
            self.block = block.cast();
            self.room = room;
        }
        !block.is_null()
    }

    /// Takes the value at the end, if there is one.
    pub fn pop(&mut self) -> Option<T> {
        let last = self.length.checked_sub(1)?;
        self.length = last;
        // SAFETY: the value was counted until now.
        unsafe { Some(self.address().add(last).read()) }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many values the block has room for.
    pub fn capacity(&self) -> usize {
        if Self::SIZELESS {
            usize::MAX
        } else {
            self.room
        }
    }

    fn address(&self) -> *mut T {
        if self.block.is_null() {
            std::ptr::dangling_mut()
        } else {
            self.block
        }
    }

    /// Where the first value is, or would be.
    pub fn as_ptr(&self) -> *const T {
        self.address()
    }

    /// The values, in the order in which they were pushed.
    pub fn as_slice(&self) -> &[T] {
        // SAFETY: `length` values follow each other there.
        unsafe { std::slice::from_raw_parts(self.address(), self.length) }
    }

    /// The values, to be changed in place.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        // SAFETY: as above, and the borrow is unique.
        unsafe { std::slice::from_raw_parts_mut(self.address(), self.length) }
    }
}

impl<T> Drop for MyVec<T> {
    fn drop(&mut self) {
        for place in 0..self.length {
            // SAFETY: each value is dropped once, and nobody looks at it again.
            unsafe { self.address().add(place).drop_in_place() };
        }
        if !self.block.is_null() {
            // SAFETY: the block was made for `room` values.
            unsafe { dealloc(self.block.cast(), Self::layout(self.room)) };
        }
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
