#![allow(dead_code)]
// ANCHOR: allocator
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Passes every request on to the system's allocator, and counts it.
struct Counting {
    asked: AtomicU64,
    resized: AtomicU64,
    freed: AtomicU64,
}

// SAFETY: every block comes from `System` and goes back to it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.asked.fetch_add(1, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(
        &self,
        block: *mut u8,
        layout: Layout,
        size: usize,
    ) -> *mut u8 {
        self.resized.fetch_add(1, Relaxed);
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.freed.fetch_add(1, Relaxed);
        unsafe { System.dealloc(block, layout) };
    }
}

#[global_allocator]
static HEAP: Counting = Counting {
    asked: AtomicU64::new(0),
    resized: AtomicU64::new(0),
    freed: AtomicU64::new(0),
};
// ANCHOR_END: allocator

// ANCHOR: work
struct Booking {
    number: u32,
    seats: u32,
}

fn by_value() -> Booking {
    Booking { number: 17, seats: 2 }
}

fn on(booking: Box<Booking>) -> Box<Booking> {
    booking
}

fn passengers() -> Vec<u32> {
    let mut list = Vec::new();
    for passenger in 1..=5 {
        list.push(passenger);
    }
    list
}

fn main() {
    println!("alloc  realloc  dealloc");
    counted("a booking, by value", by_value);
    counted("a booking in a Box", || Box::new(by_value()));
    counted("a Box, passed on 3 times", || {
        on(on(on(Box::new(by_value()))))
    });
    counted("a list without entries", Vec::<u32>::new);
    counted("a list of 5, by push", passengers);
    counted("a list of 5, known before", || vec![1, 2, 3, 4, 5]);
    counted("a name", || String::from("Anna"));
    counted("a Box of nothing", || Box::new(()));
}
// ANCHOR_END: work

fn readings() -> [u64; 3] {
    [&HEAP.asked, &HEAP.resized, &HEAP.freed].map(|n| n.load(Relaxed))
}

/// Makes something, drops it, and prints how often the allocator was
/// called for it.
fn counted<R>(name: &str, make: impl FnOnce() -> R) {
    let before = readings();
    drop(black_box(make()));
    let after = readings();
    let [asked, resized, freed] =
        [0, 1, 2].map(|call| after[call] - before[call]);
    println!("{asked:5}  {resized:7}  {freed:7}  {name}");

    assert_eq!(asked, freed);
    if name == "a booking, by value" {
        assert_eq!([asked, resized, freed], [0, 0, 0]); // PROVES 6.02
    }
    if name == "a booking in a Box" {
        assert_eq!([asked, resized, freed], [1, 0, 1]); // PROVES 6.03, 6.23
    }
    if name == "a Box, passed on 3 times" {
        assert_eq!([asked, resized, freed], [1, 0, 1]); // PROVES 6.11
    }
}
