//@ profiles: debug, release
//@ value copied: copied: (\d+)
//@ value borrowed: borrowed: (\d+)
//@ value titles: of (\d+) titles
use patterns::count::{Counting, count};
use std::hint::black_box;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
fn longest_by_copy(titles: Vec<String>) -> usize {
    let copy = titles.clone();
    black_box(&copy).iter().map(String::len).max().unwrap_or(0)
}

fn longest(titles: &[String]) -> usize {
    titles.iter().map(String::len).max().unwrap_or(0)
}

fn main() {
    let titles: Vec<String> =
        (1..=100).map(|number| format!("article {number}")).collect();
    println!("requests, for the longest of {} titles", titles.len());
    let (length, borrowed) = count(|| longest(&titles));
    println!("borrowed: {}", borrowed.requests());
    let (same, copied) = count(|| longest_by_copy(titles));
    println!("copied: {}", copied.requests());
    // ANCHOR_END: body
    assert_eq!(length, same);
    assert_eq!([borrowed.requests(), copied.requests()], [0, 101]); // PROVES 15.08
}
