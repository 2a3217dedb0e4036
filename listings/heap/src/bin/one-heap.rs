//@ profiles: debug
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;

// ANCHOR: body
fn main() {
    // A block of the heap that two threads count in.
    let sold = Arc::new(AtomicU64::new(0));
    let counters = [1, 2].map(|_| {
        let sold = Arc::clone(&sold);
        thread::spawn(move || {
            for _ in 0..1000 {
                sold.fetch_add(1, Relaxed);
            }
        })
    });
    for counter in counters {
        counter.join().unwrap();
    }
    println!("sold by two threads: {}", sold.load(Relaxed));
    assert_eq!(sold.load(Relaxed), 2000); // PROVES 6.19

    // A local of `main`, on its stack, that another thread writes to.
    let mut seats = [0; 4];
    thread::scope(|scope| {
        scope.spawn(|| seats[2] = 17);
    });
    println!("written by a thread: {seats:?}");
    assert_eq!(seats, [0, 0, 17, 0]); // PROVES 6.25
}
// ANCHOR_END: body
