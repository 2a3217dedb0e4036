//@ profiles: debug, release
//@ value collected: collected first: (\d+)
//@ value direct: added up at once: (\d+)
use patterns::count::{Counting, requests};
use std::hint::black_box;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
fn total(lengths: &[usize]) -> usize {
    lengths.iter().sum()
}

fn main() {
    let titles = ["Flood", "Harvest begins", "Bridge opened"];
    let collected = requests(|| {
        let lengths: Vec<usize> =
            titles.iter().map(|title| title.len()).collect();
        black_box(total(black_box(&lengths)));
    });
    let at_once = requests(|| {
        let sum: usize = titles.iter().map(|title| title.len()).sum();
        black_box(sum);
    });
    println!("collected first: {collected}");
    println!("added up at once: {at_once}");

    let array = [5, 14, 13];
    let boxed = Box::new(array);
    let vector = vec![5, 14, 13];
    for place in [&array[..], &boxed[..], &vector[..]] {
        assert_eq!(total(place), 32);
    }
    // ANCHOR_END: body
    assert_eq!([collected, at_once], [1, 0]); // PROVES 15.07
}
