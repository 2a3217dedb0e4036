// ANCHOR: row
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ptr::{self, NonNull};

/// Values in a row, in one block. There are as many as at the start.
struct Row<T> {
    start: NonNull<T>,
    length: usize,
}

impl<T> Row<T> {
    /// Asks for a block and fills it, place by place.
    fn new(length: usize, make: impl Fn(usize) -> T) -> Self {
        let layout = Layout::array::<T>(length).expect("too many bytes");
        let start = if layout.size() == 0 {
            NonNull::dangling()
        } else {
            // SAFETY: the layout is not of zero bytes.
            let block = unsafe { alloc(layout) };
            NonNull::new(block.cast::<T>())
                .unwrap_or_else(|| handle_alloc_error(layout))
        };
        for place in 0..length {
            // SAFETY: the place is inside the block, and holds no value.
            unsafe { start.add(place).write(make(place)) };
        }
        Self { start, length }
    }

    /// The value in a place.
    fn get(&self, place: usize) -> Option<&T> {
        if place >= self.length {
            return None;
        }
        // SAFETY: `new` wrote a value there, and `self` is borrowed.
        Some(unsafe { self.start.add(place).as_ref() })
    }
}

impl<T> Drop for Row<T> {
    fn drop(&mut self) {
        let values =
            ptr::slice_from_raw_parts_mut(self.start.as_ptr(), self.length);
        // SAFETY: all of them are values, and nobody sees them again.
        unsafe { ptr::drop_in_place(values) };

        let layout = Layout::array::<T>(self.length).expect("as in new");
        if layout.size() > 0 {
            // SAFETY: the block came from `alloc` with this layout.
            unsafe { dealloc(self.start.as_ptr().cast(), layout) };
        }
    }
}
// ANCHOR_END: row

// ANCHOR: use
fn main() {
    let cabins = Row::new(3, |place| format!("cabin {}", place + 1));
    println!("{:?} {:?}", cabins.get(2), cabins.get(3));

    // Values without a size: 3 of them need no block.
    let lifeboats = Row::new(3, |_| ());
    println!("{:?} {:?}", lifeboats.get(2), lifeboats.get(3));
}
// ANCHOR_END: use
