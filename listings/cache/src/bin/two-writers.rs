//@ value apart: neighbors: (\d+) bytes apart
//@ value alone: apart: (\d+) bytes apart
use std::thread;

// ANCHOR: body
/// A counter that begins a line of its own, and fills it.
#[repr(align(64))]
struct Alone(u64);

/// Two threads count, each in a counter of its own.
fn count(north: &mut u64, south: &mut u64) -> [usize; 2] {
    let places = [&*north, &*south].map(|n| std::ptr::from_ref(n).addr());
    thread::scope(|scope| {
        scope.spawn(|| (0..1000).for_each(|_| *north += 1));
        scope.spawn(|| (0..1000).for_each(|_| *south += 1));
    });
    places
}

fn main() {
    let mut reports = Box::new([Alone(0), Alone(0), Alone(0)]);
    let [north, south, _] = &mut *reports;
    let [n, s] = count(&mut north.0, &mut south.0);
    println!("apart: {} bytes apart", s - n);
    assert_ne!(n / 64, s / 64);

    #[repr(align(64))]
    struct Neighbors([u64; 2]);
    let mut reports = Box::new(Neighbors([0; 2]));
    let [north, south] = &mut reports.0;
    let [n, s] = count(north, south);
    println!("neighbors: {} bytes apart", s - n);
    assert_eq!(n / 64, s / 64); // PROVES false-sharing
    assert_eq!(reports.0, [1000; 2]);
}
// ANCHOR_END: body
