//@ ends: panic
//@ varies tid: 'main' \((\d+)\) panicked
//@ value refused: refused: (\d+)
use patterns::count::{Counting, requests};

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
use arrayvec::ArrayVec;

fn main() {
    let mut tags: ArrayVec<u32, 8> = ArrayVec::new();
    let asked = requests(|| tags.extend(0..8));
    println!("{} tags, {asked} requests", tags.len());
    if let Err(full) = tags.try_push(8) {
        println!("refused: {}", full.element());
    }
    tags.push(8);
}
// ANCHOR_END: body
