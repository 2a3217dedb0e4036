//@ value kept: after clear: room for (\d+)
//@ value shrunk: after shrink_to_fit: room for (\d+)
//@ value taken: after take: room for (\d+)
use patterns::count::{Counting, requests};
use std::mem;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
fn main() {
    let mut line = String::with_capacity(64);
    line.push_str("article 17");
    let block = line.as_ptr();

    line.clear();
    line.push_str("article 18");
    assert_eq!(line.as_ptr(), block);
    println!("after clear: room for {}", line.capacity());

    line.shrink_to_fit();
    println!("after shrink_to_fit: room for {}", line.capacity());

    let sent = mem::take(&mut line);
    println!("after take: room for {}", line.capacity());
    assert_eq!(sent, "article 18");
    // ANCHOR_END: body
    assert_eq!(requests(|| line.push('x')), 1);
}
