//! A growable array that owns one block of memory, taken from the allocator by hand.

// SOLUTION
use std::alloc::{self, Layout};
// END
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

// SOLUTION
// SAFETY: a `MyVec` owns its values and nobody else reaches them; it may go where they
// may.
unsafe impl<T: Send> Send for MyVec<T> {}

// SAFETY: a shared `MyVec` gives away nothing but shared references to its values.
unsafe impl<T: Sync> Sync for MyVec<T> {}

// STARTER
// // Whether a `MyVec` may go to another thread, or be looked at from there, is for you
// // to say: because of the pointer in it, the compiler says no for every `T`.
//
// END
impl<T> MyVec<T> {
    /// An array without values, which has asked for no memory yet.
    pub fn new() -> Self {
        // SOLUTION
        Self {
            start: NonNull::dangling(),
            length: 0,
            capacity: if size_of::<T>() == 0 { usize::MAX } else { 0 },
        }
        // STARTER
        // todo!("no block, no values")
        // END
    }

    /// An array without values, with room for exactly `capacity` of them.
    ///
    /// # Panics
    ///
    /// When so many values can never fit into memory: more than `isize::MAX` bytes.
    pub fn with_capacity(capacity: usize) -> Self {
        // SOLUTION
        let mut vec = Self::new();
        if capacity > vec.capacity
            && let Err(layout) = vec.resize(capacity)
        {
            alloc::handle_alloc_error(layout);
        }
        vec
        // STARTER
        // todo!("one block for {capacity} values")
        // END
    }

    /// Puts a value at the end. Calls [`std::alloc::handle_alloc_error`] when there is
    /// no memory for it.
    ///
    /// # Panics
    ///
    /// When the block would become larger than `isize::MAX` bytes.
    pub fn push(&mut self, value: T) {
        // SOLUTION
        if let Err(layout) = self.make_room() {
            alloc::handle_alloc_error(layout);
        }
        self.put(value);
        // STARTER
        // todo!("put {} bytes at the end", size_of_val(&value))
        // END
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
        // SOLUTION
        if self.make_room().is_err() {
            return Err(value);
        }
        self.put(value);
        Ok(())
        // STARTER
        // todo!("put {} bytes there, if possible", size_of_val(&value))
        // END
    }

    /// Takes the value at the end, if there is one. The block stays as large as it is.
    pub fn pop(&mut self) -> Option<T> {
        // SOLUTION
        self.length = self.length.checked_sub(1)?;
        // SAFETY: there was a value in this place, and from now on it no longer counts
        // as one.
        Some(unsafe { self.start.add(self.length).read() })
        // STARTER
        // todo!("move the last value out of the block")
        // END
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
        // SOLUTION
        // SAFETY: the first `length` places hold values, and `self` is borrowed as long
        // as the slice is.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.length) }
        // STARTER
        // todo!("the places that hold values")
        // END
    }

    /// The values, to be changed in place.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        // SOLUTION
        // SAFETY: as in `as_slice`; and `self` is borrowed by nobody else.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.length) }
        // STARTER
        // todo!("the places that hold values")
        // END
    }
    // SOLUTION

    /// Sees to it that there is room for one more value.
    fn make_room(&mut self) -> Result<(), Layout> {
        if self.length < self.capacity {
            return Ok(());
        }
        let doubled = self.capacity.checked_mul(2).expect("capacity overflow");
        self.resize(doubled.max(4))
    }

    /// Takes a block for `capacity` values, or lets the one that is there grow. When
    /// the allocator has none, nothing has changed, and the answer is what was asked
    /// for.
    fn resize(&mut self, capacity: usize) -> Result<(), Layout> {
        let layout = Layout::array::<T>(capacity).expect("capacity overflow");
        let block = if self.capacity == 0 {
            // SAFETY: `T` has a size, and `capacity` is not 0, so neither is the
            // layout's size.
            unsafe { alloc::alloc(layout) }
        } else {
            let old = self.start.cast().as_ptr();
            // SAFETY: the block came from `alloc` or `realloc` with the layout of
            // `self.capacity`, and the new size was checked when its layout was made.
            unsafe { alloc::realloc(old, self.layout(), layout.size()) }
        };
        self.start = NonNull::new(block.cast()).ok_or(layout)?;
        self.capacity = capacity;
        Ok(())
    }

    /// The layout of the block that is there.
    fn layout(&self) -> Layout {
        Layout::array::<T>(self.capacity).expect("it was right when the block was made")
    }

    /// Puts a value behind the others, where there must be room.
    fn put(&mut self, value: T) {
        // SAFETY: `length` is less than `capacity`, so the place lies in the block; it
        // holds no value.
        unsafe { self.start.add(self.length).write(value) };
        self.length += 1;
    }
    // END
}

impl<T> Drop for MyVec<T> {
    /// Drops the values, the first one first, and gives the block back.
    fn drop(&mut self) {
        // SOLUTION
        // SAFETY: the slice holds values that nobody will see again.
        unsafe { std::ptr::drop_in_place(self.as_mut_slice()) };
        if size_of::<T>() > 0 && self.capacity > 0 {
            // SAFETY: there is a block, and this is the layout that it was made with.
            unsafe { alloc::dealloc(self.start.cast().as_ptr(), self.layout()) };
        }
        // STARTER
        // // Nothing here knows of the values or of the block but you.
        // END
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
