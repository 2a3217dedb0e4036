//! The counting allocator of the chapter on the heap, for programs that bring it along.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static ASKED: AtomicU64 = AtomicU64::new(0);
static RESIZED: AtomicU64 = AtomicU64::new(0);
static FREED: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// Passes every request on to the system's allocator, and counts it. What a program does not make its
/// `#[global_allocator]` counts nothing.
pub struct Counting;

// SAFETY: every block comes from `System` and goes back to it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Relaxed);
        BYTES.fetch_add(layout.size() as u64, Relaxed);
        // SAFETY: the caller keeps the rules of `GlobalAlloc`, which are those of `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(
        &self,
        block: *mut u8,
        layout: Layout,
        size: usize,
    ) -> *mut u8 {
        RESIZED.fetch_add(1, Relaxed);
        BYTES.fetch_add(size as u64, Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        FREED.fetch_add(1, Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) };
    }
}

/// How often the allocator was called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Blocks that were asked for.
    pub asked: u64,
    /// Blocks that were exchanged for larger or smaller ones.
    pub resized: u64,
    /// Blocks that were given back.
    pub freed: u64,
    /// Bytes of all requests together, exchanges included.
    pub bytes: u64,
}

impl Calls {
    /// Requests of both kinds: for a block, or for a larger one.
    #[must_use]
    pub fn requests(self) -> u64 {
        self.asked + self.resized
    }
}

fn now() -> [u64; 4] {
    [&ASKED, &RESIZED, &FREED, &BYTES].map(|count| count.load(Relaxed))
}

/// Does `work` and tells what it returned, and the calls that were made meanwhile.
pub fn count<R>(work: impl FnOnce() -> R) -> (R, Calls) {
    let before = now();
    let made = black_box(work());
    let after = now();
    let [asked, resized, freed, bytes] =
        [0, 1, 2, 3].map(|call| after[call] - before[call]);
    (made, Calls { asked, resized, freed, bytes })
}

/// The calls that `work` makes, its result dropped within the count.
pub fn calls(work: impl FnOnce()) -> Calls {
    count(work).1
}

/// The requests that `work` makes, of both kinds.
pub fn requests(work: impl FnOnce()) -> u64 {
    calls(work).requests()
}
