//@ varies step: (\d+) bytes further in 8..64
//@ varies far: (\d+) bytes away in 1000..4000000
//@ value step: list in order: (\d+) bytes
//@ value vector: vector: (\d+) bytes
//@ value far: shuffled list: (\d+) bytes
use cache::lists::{list, shuffled_list, vector};

// ANCHOR: body
/// How far the next reading is from this one: the middle one of all
/// distances, and their mean.
fn distances<'a>(
    readings: impl Iterator<Item = &'a u64>,
) -> (usize, usize) {
    let places: Vec<usize> = readings
        .map(|reading| std::ptr::from_ref(reading).addr())
        .collect();
    let mut apart: Vec<usize> =
        places.windows(2).map(|two| two[0].abs_diff(two[1])).collect();
    let mean = apart.iter().sum::<usize>() / apart.len();
    apart.sort_unstable();
    (apart[apart.len() / 2], mean)
}

fn main() {
    let (vector, _) = distances(vector(10_000).iter());
    let (in_order, _) = distances(list(10_000).iter());
    let (_, shuffled) = distances(shuffled_list(10_000).iter());
    println!("vector: {vector} bytes further");
    println!("list in order: {in_order} bytes further");
    println!("shuffled list: {shuffled} bytes away, on average");
    assert_eq!(vector, 8);
    assert!(in_order <= 64 && shuffled > 1000); // PROVES 9.19, 9.22
}
// ANCHOR_END: body
