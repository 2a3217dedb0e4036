//@ varies span: fit into (\d+) bytes in 8..256
//@ value span: fit into (\d+) bytes
use std::hint::black_box;

// ANCHOR: body
/// Where the locals of one call lie: the first byte, and the last one.
#[inline(never)]
fn report(station: u32) -> (usize, usize) {
    let (rain, wind, height) = (station % 7, station % 40, station * 3);
    let locals = [&station, &rain, &wind, &height].map(black_box);
    let places = locals.map(|local| std::ptr::from_ref(local).addr());
    let first = places.into_iter().min().unwrap();
    let last = places.into_iter().max().unwrap() + size_of::<u32>() - 1;
    (first, last)
}

fn main() {
    let mut places = [(0, 0); 1000];
    for (station, place) in places.iter_mut().enumerate() {
        *place = report(station as u32);
    }
    let (first, last) = places[0];
    let same = places.iter().all(|place| *place == places[0]);
    println!("four locals fit into {} bytes", last - first + 1);
    println!("and lie there in every call: {same}");
    assert!(last - first < 256); // PROVES 9.15
    assert!(same); // PROVES 9.16
}
// ANCHOR_END: body
