//@ profiles: debug, release
//@ value formatted: push_str: (\d+) requests
//@ value written: write!: (\d+) request
use patterns::count::{Counting, count};

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
use std::fmt::Write;

fn formatted() -> usize {
    let mut line = String::with_capacity(32);
    let mut letters = 0;
    for number in 1..=100 {
        line.clear();
        line.push_str(&format!("article {number}"));
        letters += line.len();
    }
    letters
}

fn written() -> usize {
    let mut line = String::with_capacity(32);
    let mut letters = 0;
    for number in 1..=100 {
        line.clear();
        write!(line, "article {number}").unwrap();
        letters += line.len();
    }
    letters
}
// ANCHOR_END: body

fn main() {
    let (letters, first) = count(formatted);
    let (same, second) = count(written);
    println!("{letters} letters, {same} letters");
    println!("push_str: {} requests", first.requests());
    println!("write!: {} request", second.requests());
    assert_eq!(letters, same);
    assert_eq!(first.requests(), 101); // PROVES 15.06
    assert_eq!(second.requests(), 1); // PROVES 15.05
}
