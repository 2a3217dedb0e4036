//! Everything that ends a box goes through one function, which splits it into value and
//! block.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// The owner of one value, which lies in a block of memory.
pub struct MyBox<T> {
    place: NonNull<MaybeUninit<T>>,
}

// SAFETY: the value in the block is reached through the box only.
unsafe impl<T> Send for MyBox<T> where T: Send {}
// SAFETY: as above.
unsafe impl<T> Sync for MyBox<T> where T: Sync {}

impl<T> MyBox<T> {
    const LAYOUT: Layout = Layout::new::<T>();

    /// Puts a value into a block.
    pub fn new(value: T) -> Self {
        match Self::try_new(value) {
            Ok(boxed) => boxed,
            Err(_) => handle_alloc_error(Self::LAYOUT),
        }
    }

    /// Puts a value into a block, or gives it back when there is no memory for it.
    pub fn try_new(value: T) -> Result<Self, T> {
        let mut place = NonNull::dangling();
        if Self::LAYOUT.size() != 0 {
            // SAFETY: the size was just looked at.
            match NonNull::new(unsafe { alloc(Self::LAYOUT) }.cast()) {
                Some(block) => place = block,
                None => return Err(value),
            }
        }
        // SAFETY: the block has the layout of a `T`, or there need not be one.
        unsafe { place.write(MaybeUninit::new(value)) };
        Ok(Self { place })
    }

    /// Copies the value out of its block and frees that.
    ///
    /// # Safety
    ///
    /// The box must not be used or dropped afterwards.
    unsafe fn take(&mut self) -> T {
        // SAFETY: the block holds a value, and the caller forgets that one.
        let value = unsafe { self.place.read().assume_init() };
        if Self::LAYOUT.size() != 0 {
            // SAFETY: the block came from `alloc` with this layout.
            unsafe { dealloc(self.place.as_ptr().cast(), Self::LAYOUT) };
        }
        value
    }

    /// Takes the value out and gives the block back.
    pub fn into_inner(self) -> T {
        // SAFETY: the box is used no more, and not dropped.
        unsafe { ManuallyDrop::new(self).take() }
    }

    /// Gives up the box and keeps the value where it is, for ever.
    pub fn leak<'a>(self) -> &'a mut T
    where
        T: 'a,
    {
        let mut boxed = ManuallyDrop::new(self);
        // SAFETY: the block is never freed.
        unsafe { boxed.place.as_mut().assume_init_mut() }
    }

    /// Where the value is.
    pub fn as_ptr(&self) -> *const T {
        self.place.as_ptr().cast()
    }
}

impl<T> Drop for MyBox<T> {
    fn drop(&mut self) {
        // The block is free before the value is dropped, so a panic there leaks
        // nothing. SAFETY: this is the end of the box.
        drop(unsafe { self.take() });
    }
}

impl<T> Deref for MyBox<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the value is there as long as the box.
        unsafe { self.place.as_ref().assume_init_ref() }
    }
}

impl<T> DerefMut for MyBox<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and the borrow is unique.
        unsafe { self.place.as_mut().assume_init_mut() }
    }
}
