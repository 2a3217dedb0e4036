//! Block and values apart: the block is freed by its own `Drop`, after the values.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};
use std::mem::MaybeUninit;
use std::ops::{Deref, DerefMut};
use std::ptr::{self, NonNull};

/// Values in a row, in one block that grows when it is full.
pub struct MyVec<T> {
    length: usize,
    block: Block<T>,
}

/// Places for values. It does not know which of them hold one.
struct Block<T> {
    start: NonNull<MaybeUninit<T>>,
    places: usize,
}

// SAFETY: the places belong to the block alone.
unsafe impl<T: Send> Send for Block<T> {}

// SAFETY: a shared block lets nobody write.
unsafe impl<T: Sync> Sync for Block<T> {}

impl<T> Block<T> {
    fn empty() -> Self {
        let places = if size_of::<T>() == 0 { usize::MAX } else { 0 };
        Self {
            start: NonNull::dangling(),
            places,
        }
    }

    /// None as long as the allocator was not asked.
    fn layout(&self) -> Option<Layout> {
        let layout = Layout::array::<T>(self.places).ok();
        layout.filter(|layout| layout.size() > 0)
    }

    fn grow_to(&mut self, places: usize) -> Result<(), Layout> {
        let Ok(wanted) = Layout::array::<T>(places) else {
            panic!("{places} values can never fit into memory");
        };
        let address = match self.layout() {
            // SAFETY: values have a size and there are more than 0 places.
            None => unsafe { alloc(wanted) },
            // SAFETY: the block was made with this layout.
            Some(old) => unsafe {
                realloc(self.start.as_ptr().cast(), old, wanted.size())
            },
        };
        if address.is_null() {
            return Err(wanted);
        }
        // SAFETY: it is not null.
        self.start = unsafe { NonNull::new_unchecked(address.cast()) };
        self.places = places;
        Ok(())
    }
}

impl<T> Drop for Block<T> {
    fn drop(&mut self) {
        if let Some(layout) = self.layout() {
            // SAFETY: the block was made with this layout, and is used no more.
            unsafe { dealloc(self.start.as_ptr().cast(), layout) };
        }
    }
}

impl<T> MyVec<T> {
    /// An array without values, which has asked for no memory yet.
    pub fn new() -> Self {
        Self {
            length: 0,
            block: Block::empty(),
        }
    }

    /// An array without values, with room for exactly `capacity` of them.
    pub fn with_capacity(capacity: usize) -> Self {
        let mut block = Block::empty();
        if block.places < capacity {
            block
                .grow_to(capacity)
                .unwrap_or_else(|layout| handle_alloc_error(layout));
        }
        Self { length: 0, block }
    }

    /// Puts a value at the end.
    pub fn push(&mut self, value: T) {
        self.reserve_one()
            .unwrap_or_else(|layout| handle_alloc_error(layout));
        self.fill(value);
    }

    /// Puts a value at the end, or gives it back when there is no memory for it.
    pub fn try_push(&mut self, value: T) -> Result<(), T> {
        match self.reserve_one() {
            Ok(()) => self.fill(value),
            Err(_) => return Err(value),
        }
        Ok(())
    }

    fn reserve_one(&mut self) -> Result<(), Layout> {
        match self.block.places {
            places if places > self.length => Ok(()),
            0 => self.block.grow_to(4),
            places => self.block.grow_to(places.saturating_mul(2)),
        }
    }

    fn fill(&mut self, value: T) {
        // SAFETY: there is a place behind the last value.
        unsafe {
            self.block
                .start
                .add(self.length)
                .write(MaybeUninit::new(value))
        };
        self.length += 1;
    }

    /// Takes the value at the end, if there is one.
    pub fn pop(&mut self) -> Option<T> {
        if self.length == 0 {
            return None;
        }
        self.length -= 1;
        // SAFETY: the place holds a value, which is forgotten there.
        Some(unsafe { self.block.start.add(self.length).read().assume_init() })
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// How many values the block has room for.
    pub fn capacity(&self) -> usize {
        self.block.places
    }

    /// Where the first value is, or would be.
    pub fn as_ptr(&self) -> *const T {
        self.block.start.as_ptr().cast()
    }

    /// The values, in the order in which they were pushed.
    pub fn as_slice(&self) -> &[T] {
        // SAFETY: so many places hold values.
        unsafe { std::slice::from_raw_parts(self.as_ptr(), self.length) }
    }

    /// The values, to be changed in place.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        let start: *mut T = self.block.start.as_ptr().cast();
        // SAFETY: so many places hold values, and they are borrowed by nobody else.
        unsafe { std::slice::from_raw_parts_mut(start, self.length) }
    }
}

impl<T> Drop for MyVec<T> {
    fn drop(&mut self) {
        // SAFETY: the values are seen no more. The block is freed after this.
        unsafe { ptr::drop_in_place(self.as_mut_slice()) };
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
