//! A block is given back twice, and the allocator notices.

fn main() {
    let block = Box::new(7_u64);
    let pointer = Box::into_raw(block);
    // SAFETY: the first is right; the second is what this program shows.
    unsafe {
        drop(Box::from_raw(pointer));
        drop(Box::from_raw(pointer));
    }
}
