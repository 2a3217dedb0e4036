//! Requests to any allocator, without making it the program's own.

use measure::Seeded;
use std::alloc::{GlobalAlloc, Layout};
use std::hint::black_box;

/// So many bytes, aligned for any number.
fn layout(bytes: usize) -> Layout {
    Layout::from_size_align(bytes.max(1), 16)
        .unwrap_or(Layout::new::<u128>())
}

/// Takes a block and gives it back, so many times.
pub fn pairs<A: GlobalAlloc>(allocator: &A, bytes: usize, times: u32) {
    let layout = layout(bytes);
    for _ in 0..times {
        // SAFETY: the layout has a size, and the block goes back where it came from.
        unsafe {
            let block = black_box(allocator.alloc(layout));
            allocator.dealloc(block, layout);
        }
    }
}

/// Takes a block of each size and gives all of them back in another order.
pub fn batch<A: GlobalAlloc>(
    allocator: &A,
    sizes: &[usize],
    order: &[usize],
) {
    let blocks: Vec<*mut u8> = sizes
        .iter()
        // SAFETY: the layout has a size.
        .map(|bytes| unsafe { allocator.alloc(layout(*bytes)) })
        .collect();
    for &at in order {
        // SAFETY: `order` names each block once, and `sizes` says what it was asked for with.
        unsafe { allocator.dealloc(blocks[at], layout(sizes[at])) };
    }
}

/// So many sizes, all `most` if that is no more than 64 and from 8 to `most` otherwise, and an order in
/// which to give them back.
#[must_use]
pub fn sizes(count: usize, most: usize) -> (Vec<usize>, Vec<usize>) {
    let mut seeded = Seeded::new(17);
    let sizes = (0..count)
        .map(|_| if most > 64 { 8 + seeded.below(most - 7) } else { most })
        .collect();
    let mut order: Vec<usize> = (0..count).collect();
    seeded.shuffle(&mut order);
    (sizes, order)
}
