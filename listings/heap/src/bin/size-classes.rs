//@ value note: \(asked \+ (\d+)\)
//@ value step: next_multiple_of\((\d+)\)
//@ value least: max\((\d+)\)
//@ value got-1: asked for +1, got +(\d+)
use std::alloc::{Layout, alloc, dealloc};

// ANCHOR: body
fn main() {
    for asked in [1, 24, 25, 40, 41, 100, 1000] {
        let layout = Layout::from_size_align(asked, 1).unwrap();
        // SAFETY: the size is not 0; the block is given back below.
        let block = unsafe { alloc(layout) };
        assert!(!block.is_null());
        // SAFETY: the block is alive.
        let got = unsafe { libc::malloc_usable_size(block.cast()) };
        println!("asked for {asked:4}, got {got:4}");

        // Eight bytes of bookkeeping, a multiple of 16, at least 32.
        let chunk = (asked + 8).next_multiple_of(16).max(32);
        assert_eq!(got, chunk - 8); // PROVES size-classes
        // SAFETY: it came from `alloc` with this layout.
        unsafe { dealloc(block, layout) };
    }
}
// ANCHOR_END: body
