//@ profiles: debug, release
//@ value pushed: ^ *(\d+) .* by push
//@ value reserved: ^ *(\d+) .* with_capacity
//@ value filtered: ^ *(\d+) .* odd ones
//@ value pushed-bytes: ^ *\d+ +(\d+) .* by push
//@ value reserved-bytes: ^ *\d+ +(\d+) .* with_capacity
use patterns::count::{Calls, Counting, calls};
use std::hint::black_box;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
const COUNT: u64 = 1000;

fn pushed(mut numbers: Vec<u64>) {
    for number in 0..COUNT {
        numbers.push(number);
    }
    black_box(numbers);
}

fn main() {
    println!("requests  bytes");
    let grown = told("by push", || pushed(Vec::new()));
    let once = told("with_capacity, by push", || {
        pushed(Vec::with_capacity(COUNT as usize));
    });
    let range = told("a range, collected", || {
        black_box((0..COUNT).collect::<Vec<u64>>());
    });
    let odd = told("its odd ones, collected", || {
        let odd = (0..COUNT).filter(|number| number % 2 == 1);
        black_box(odd.collect::<Vec<u64>>());
    });
    // ANCHOR_END: body
    assert_eq!([grown.requests(), once.requests()], [9, 1]); // PROVES 15.01
    assert_eq!(range, once);
    assert!(odd.requests() > 5);
}

/// Prints how often `work` asked, and for how many bytes in all.
fn told(name: &str, work: impl FnOnce()) -> Calls {
    let calls = calls(work);
    println!("{:8} {:6}  {name}", calls.requests(), calls.bytes);
    calls
}
