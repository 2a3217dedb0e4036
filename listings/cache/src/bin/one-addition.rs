//@ profiles: release
//@ varies alone: seems to take (\d+) times in 3..5000
//@ value alone: seems to take (\d+) times
use std::hint::black_box;
use std::time::{Duration, Instant};

// ANCHOR: body
/// The shortest of a thousand runs, each with two looks at the clock.
fn shortest(mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..1000).map(time).min().unwrap()
}

fn main() {
    let mut sum = 0_u64;
    let alone = shortest(|| sum += black_box(3));
    let many = shortest(|| (0..10_000).for_each(|_| sum += black_box(3)));
    black_box(sum);
    let ratio = 10_000.0 * alone.as_secs_f64() / many.as_secs_f64();
    println!(
        "timed alone, an addition seems to take {ratio:.0} times as long"
    );
    // Ten thousand additions, one after the other, in ten microseconds:
    // a billion a second.
    assert!(many < Duration::from_micros(10)); // PROVES 9.28
    println!("and there are more than a billion of them in a second");
}
// ANCHOR_END: body
