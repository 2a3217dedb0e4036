//@ profiles: release
//@ varies moved-10: ^ +10 +\d+ +\d+ +(\d+) in 0..2
//@ varies moved-1000: ^ +1000 +\d+ +\d+ +(\d+) in 0..8
//@ varies moved-million: ^1000000 +\d+ +\d+ +(\d+) in 0..17
//@ value resized-million: ^1000000 +1 +(\d+)
//@ value bytes-million: ^1000000 .* (\d+)$
//@ value moved-million: ^1000000 +\d+ +\d+ +(\d+)
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static ASKED: AtomicU64 = AtomicU64::new(0);
static RESIZED: AtomicU64 = AtomicU64::new(0);
static MOVED: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

struct Counting;

// ANCHOR: allocator
// SAFETY: every block comes from `System` and goes back to it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.fetch_add(1, Relaxed);
        BYTES.fetch_add(layout.size() as u64, Relaxed);
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
        let before = block.addr();
        let block = unsafe { System.realloc(block, layout, size) };
        if block.addr() != before {
            MOVED.fetch_add(1, Relaxed);
        }
        block
    }
    // ANCHOR_END: allocator

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) };
    }
}

#[global_allocator]
static HEAP: Counting = Counting;

fn readings() -> [u64; 4] {
    [&ASKED, &RESIZED, &BYTES, &MOVED].map(|n| n.load(Relaxed))
}

fn main() {
    println!(" pushes alloc realloc moved     bytes");
    for pushes in [10_u64, 1000, 1_000_000] {
        let before = readings();
        let mut numbers = Vec::new();
        for number in 0..pushes {
            numbers.push(black_box(number));
        }
        let after = readings();
        let [asked, resized, bytes, moved] =
            [0, 1, 2, 3].map(|at| after[at] - before[at]);
        println!("{pushes:7} {asked:5} {resized:7} {moved:5} {bytes:9}");

        // Room for 4 first, then twice as much whenever it is full.
        let mut room = 4;
        let mut doublings = 0;
        while room < pushes {
            room *= 2;
            doublings += 1;
        }
        assert_eq!([asked, resized], [1, doublings]);
        assert_eq!(numbers.capacity() as u64, room);
        assert!(bytes < 2 * 8 * room);
        assert!(moved < resized || resized < 3); // PROVES realloc-in-place
    }
}
