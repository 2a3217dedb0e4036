//! One value in a block of its own, taken from the allocator by hand.

use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// The owner of one value, which lies in a block of memory.
pub struct MyBox<T> {
    /// Where the value is. Dangling, but aligned, when the value has no size.
    start: NonNull<T>,
}

// Whether a `MyBox` may go to another thread, or be looked at from there, is for you
// to say: because of the pointer in it, the compiler says no for every `T`.

impl<T> MyBox<T> {
    /// Puts a value into a block. Calls [`std::alloc::handle_alloc_error`] when there
    /// is no memory for it.
    pub fn new(value: T) -> Self {
        todo!("a block of {} bytes", size_of_val(&value))
    }

    /// Puts a value into a block, or gives it back when there is no memory for it.
    ///
    /// # Errors
    ///
    /// The value, when the allocator refuses a block.
    pub fn try_new(value: T) -> Result<Self, T> {
        todo!("a block of {} bytes, if there is one", size_of_val(&value))
    }

    /// Takes the value out and gives the block back.
    pub fn into_inner(self) -> T {
        todo!("move the value out of its block")
    }

    /// Gives up the box and keeps the value where it is, for ever.
    pub fn leak<'a>(self) -> &'a mut T
    where
        T: 'a,
    {
        todo!("a reference to what nobody owns any more")
    }

    /// Where the value is.
    pub fn as_ptr(&self) -> *const T {
        self.start.as_ptr()
    }
}

impl<T> Drop for MyBox<T> {
    /// Drops the value and gives the block back, even if dropping the value panics.
    fn drop(&mut self) {
        // Nothing here knows of the value or of the block but you.
    }
}

impl<T> Deref for MyBox<T> {
    type Target = T;

    fn deref(&self) -> &T {
        todo!("the value, as long as the box is borrowed")
    }
}

impl<T> DerefMut for MyBox<T> {
    fn deref_mut(&mut self) -> &mut T {
        todo!("the value, to be changed")
    }
}
