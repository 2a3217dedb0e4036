use patterns::count::{Counting, requests};
use std::fmt::Write;

#[global_allocator]
static HEAP: Counting = Counting;

fn main() {
    let mut line = String::with_capacity(32);
    let clear = requests(|| line.clear());
    let format = requests(|| line.push_str(&format!("page {}", 7)));
    let write = requests(|| write!(line, "page {}", 7).unwrap());
    println!("{clear}, {format}, {write}");
}
