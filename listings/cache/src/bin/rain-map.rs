//@ profiles: release
//@ varies ratio: takes (\d+\.\d) times in 4..500
//@ value ratio: takes (\d+\.\d) times
//@ value width: a map of (\d+)
use measure::Slices;
use std::hint::black_box;

// ANCHOR: body
const WIDTH: usize = 1024;

fn by_rows(map: &[u32]) -> u32 {
    let mut sum = 0;
    for y in 0..WIDTH {
        for x in 0..WIDTH {
            sum += map[y * WIDTH + x];
        }
    }
    sum
}

fn by_columns(map: &[u32]) -> u32 {
    let mut sum = 0;
    for x in 0..WIDTH {
        for y in 0..WIDTH {
            sum += map[y * WIDTH + x];
        }
    }
    sum
}
// ANCHOR_END: body

fn main() {
    let map: Vec<u32> = (0..WIDTH * WIDTH).map(|n| n as u32 % 7).collect();
    assert_eq!(by_rows(&map), by_columns(&map));
    let timings = Slices::new(60)
        .case("rows", || by_rows(black_box(&map)))
        .case("columns", || by_columns(black_box(&map)))
        .interleave();
    let ratio = timings[1].ratio;
    println!("a map of {WIDTH} by {WIDTH} fields: the sums agree");
    println!("by columns it takes {ratio:.1} times as long as by rows");
    assert!(ratio >= 4.0); // PROVES 9.13
}
