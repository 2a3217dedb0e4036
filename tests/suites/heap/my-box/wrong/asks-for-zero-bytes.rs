//! fails: odd-types
//! misconception: A block of zero bytes is a block like any other.

use std::alloc::{self, Layout};
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// The owner of one value, which lies in a block of memory.
pub struct MyBox<T> {
    /// Where the value is. Dangling, but aligned, when the value has no size.
    start: NonNull<T>,
}

// SAFETY: the value is the box's alone, so sending the box is sending the value.
unsafe impl<T: Send> Send for MyBox<T> {}

// SAFETY: a shared box shows a shared reference to the value, and nothing else.
unsafe impl<T: Sync> Sync for MyBox<T> {}

/// A block whose value is elsewhere, or about to be dropped. Frees the block when it
/// goes out of scope, also by a panic.
struct Block<T> {
    start: NonNull<T>,
}

impl<T> Drop for Block<T> {
    fn drop(&mut self) {
        // SAFETY: `try_new` took the block with this layout.
        unsafe { alloc::dealloc(self.start.cast().as_ptr(), Layout::new::<T>()) };
    }
}

impl<T> MyBox<T> {
    /// Puts a value into a block. Calls [`std::alloc::handle_alloc_error`] when there
    /// is no memory for it.
    pub fn new(value: T) -> Self {
        Self::try_new(value)
            .unwrap_or_else(|_| alloc::handle_alloc_error(Layout::new::<T>()))
    }

    /// Puts a value into a block, or gives it back when there is no memory for it.
    ///
    /// # Errors
    ///
    /// The value, when the allocator refuses a block.
    pub fn try_new(value: T) -> Result<Self, T> {
        // SAFETY: this is the layout of a `T`.
        let block = unsafe { alloc::alloc(Layout::new::<T>()) };
        let Some(start) = NonNull::new(block.cast()) else {
            return Err(value);
        };
        // SAFETY: the place is as large as a `T` and aligned for one. It holds no value
        // yet.
        unsafe { start.write(value) };
        Ok(Self { start })
    }

    /// Takes the value out and gives the block back.
    pub fn into_inner(self) -> T {
        let start = ManuallyDrop::new(self).start;
        let _block = Block { start };
        // SAFETY: the box is gone without dropping the value, so this is the only one.
        unsafe { start.read() }
    }

    /// Gives up the box and keeps the value where it is, for ever.
    pub fn leak<'a>(self) -> &'a mut T
    where
        T: 'a,
    {
        let mut start = ManuallyDrop::new(self).start;
        // SAFETY: nobody else knows of the value, and nobody will free it.
        unsafe { start.as_mut() }
    }

    /// Where the value is.
    pub fn as_ptr(&self) -> *const T {
        self.start.as_ptr()
    }
}

impl<T> Drop for MyBox<T> {
    /// Drops the value and gives the block back, even if dropping the value panics.
    fn drop(&mut self) {
        let _block = Block { start: self.start };
        // SAFETY: the value is dropped once, here, and nobody will see it again.
        unsafe { self.start.drop_in_place() };
    }
}

impl<T> Deref for MyBox<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the value lives as long as the box, which is borrowed.
        unsafe { self.start.as_ref() }
    }
}

impl<T> DerefMut for MyBox<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`; and the box is borrowed by nobody else.
        unsafe { self.start.as_mut() }
    }
}
