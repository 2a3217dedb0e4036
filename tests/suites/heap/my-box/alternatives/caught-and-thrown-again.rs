//! Catches the panic of a value's drop, frees the block, and lets the panic go on.

use std::alloc::{self, Layout};
use std::mem;
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::{self, NonNull};

/// The owner of one value, which lies in a block of memory.
pub struct MyBox<T>(NonNull<T>);

// SAFETY: whoever has the box has the value.
unsafe impl<T: Send> Send for MyBox<T> {}
// SAFETY: `&MyBox<T>` gives `&T` and no more.
unsafe impl<T: Sync> Sync for MyBox<T> {}

/// A place for a `T`, or null.
fn take_block<T>() -> *mut T {
    if mem::size_of::<T>() == 0 {
        return ptr::dangling_mut();
    }
    // SAFETY: the size is not 0.
    unsafe { alloc::alloc(Layout::new::<T>()) }.cast()
}

/// # Safety
///
/// The block must come from `take_block`, and be freed once.
unsafe fn give_back<T>(block: *mut T) {
    if mem::size_of::<T>() != 0 {
        // SAFETY: the caller says where it comes from.
        unsafe { alloc::dealloc(block.cast(), Layout::new::<T>()) }
    }
}

impl<T> MyBox<T> {
    /// Puts a value into a block.
    pub fn new(value: T) -> Self {
        let refused = |_| alloc::handle_alloc_error(Layout::new::<T>());
        Self::try_new(value).unwrap_or_else(refused)
    }

    /// Puts a value into a block, or gives it back when there is no memory for it.
    pub fn try_new(value: T) -> Result<Self, T> {
        let Some(block) = NonNull::new(take_block::<T>()) else {
            return Err(value);
        };
        // SAFETY: the block has room for a `T`.
        unsafe { ptr::write(block.as_ptr(), value) };
        Ok(Self(block))
    }

    /// Takes the value out and gives the block back.
    pub fn into_inner(self) -> T {
        let block = self.0.as_ptr();
        mem::forget(self);
        // SAFETY: the box was forgotten, so value and block belong to this function.
        unsafe {
            let value = ptr::read(block);
            give_back(block);
            value
        }
    }

    /// Gives up the box and keeps the value where it is, for ever.
    pub fn leak<'a>(self) -> &'a mut T
    where
        T: 'a,
    {
        let block = self.0.as_ptr();
        mem::forget(self);
        // SAFETY: nobody frees the block any more.
        unsafe { &mut *block }
    }

    /// Where the value is.
    pub fn as_ptr(&self) -> *const T {
        self.0.as_ptr()
    }
}

impl<T> Drop for MyBox<T> {
    fn drop(&mut self) {
        let block = self.0.as_ptr();
        // SAFETY: the value is dropped once, and then its block is freed.
        let dropped = catch_unwind(AssertUnwindSafe(|| unsafe { block.drop_in_place() }));
        // SAFETY: the block is used no more.
        unsafe { give_back(block) };
        if let Err(panic) = dropped {
            resume_unwind(panic);
        }
    }
}

impl<T> Deref for MyBox<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the value lives while the box does.
        unsafe { &*self.0.as_ptr() }
    }
}

impl<T> DerefMut for MyBox<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above.
        unsafe { &mut *self.0.as_ptr() }
    }
}
