// ANCHOR: body
use probe::Tally;

fn main() {
    let tally = Tally::new();
    let mut kept = vec![tally.value(0), tally.value(1), tally.value(2)];
    let middle = kept.remove(1);
    println!("alive: {}", tally.alive());

    drop(kept);
    println!("alive after the vector: {}", tally.alive());
    std::mem::forget(middle);
    println!("alive after `forget`: {}", tally.alive());
    println!("dropped in this order: {:?}", tally.order());
    assert_eq!(tally.alive(), 1, "forgotten is not dropped");
}
// ANCHOR_END: body
