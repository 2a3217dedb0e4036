//@ varies place-1: (0x[0-9a-f]+) .*: booking of main
//@ varies place-2: (0x[0-9a-f]+) .*: booking of the thread
//@ varies place-3: (0x[0-9a-f]+) .*: next one of the thread
use std::thread;

// ANCHOR: body
type Booking = Box<[u8; 300]>;

/// A booking, its address, and whether it lies in the main heap.
fn book(name: &str) -> (Booking, usize, bool) {
    let booking = Box::new([0; 300]);
    let at = booking.as_ptr().addr();
    let mapping = measure::mapping_of(at).expect("a mapping of ours");
    let main_heap = mapping.name == "[heap]";
    let place = if main_heap { "main heap" } else { "elsewhere" };
    println!("{at:#x} {place}: {name}");
    (booking, at, main_heap)
}

fn main() {
    let (first, first_at, in_main) = book("booking of main");
    thread::scope(|scope| {
        scope.spawn(move || {
            let (_second, _, in_main_too) = book("booking of the thread");
            drop(first);
            let (_third, third_at, _) = book("next one of the thread");

            assert!(in_main && !in_main_too);
            assert_eq!(third_at, first_at); // PROVES thread-caches
        });
    });
}
// ANCHOR_END: body
