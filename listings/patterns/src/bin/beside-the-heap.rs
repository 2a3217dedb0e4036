//@ profiles: debug, release
//@ value beside: from System: (\d+)
//@ value through: from the global allocator: (\d+)
use patterns::count::{Counting, requests};

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;

/// A block of 64 bytes, taken from any allocator and given back to it.
fn pair<A: GlobalAlloc>(allocator: &A) {
    let layout = Layout::new::<[u8; 64]>();
    // SAFETY: the layout has a size; the block goes back to its source.
    unsafe {
        let block = black_box(allocator.alloc(layout));
        allocator.dealloc(block, layout);
    }
}

fn main() {
    let through = requests(|| pair(&HEAP));
    let beside = requests(|| pair(&System));
    println!("counted, from the global allocator: {through}");
    println!("counted, from System: {beside}");
    assert_eq!([through, beside], [1, 0]);
}
// ANCHOR_END: body
