//@ profiles: release
//@ varies ratio: the first took (\d+) times in 2..2000
//@ varies first: first pass: (\d+) faults in 30..16500
//@ varies second: second pass: (\d+) faults in 0..64
//@ value ratio: the first took (\d+) times
//@ value faults: first pass: (\d+) faults
use std::hint::black_box;
use std::time::{Duration, Instant};

// ANCHOR: body
/// Adds one to a byte in each line; tells the time and the page faults.
fn pass(map: &mut [u8]) -> (Duration, u64) {
    let before = measure::faults().unwrap_or(0);
    let start = Instant::now();
    for byte in map.iter_mut().step_by(64) {
        *black_box(byte) += 1;
    }
    let time = start.elapsed();
    (time, measure::faults().unwrap_or(0) - before)
}

fn main() {
    let mut shortest = [Duration::MAX; 2];
    let mut faults = [0; 2];
    for _ in 0..5 {
        let mut map = vec![0; 64 << 20];
        for turn in 0..2 {
            let (time, count) = pass(&mut map);
            shortest[turn] = time.min(shortest[turn]);
            faults[turn] = count;
        }
    }
    println!("first pass: {} faults", faults[0]);
    println!("second pass: {} faults", faults[1]);
    let ratio = shortest[0].as_secs_f64() / shortest[1].as_secs_f64();
    println!("the first took {ratio:.0} times as long as the second");
    assert!(ratio > 2.0); // PROVES first-touch-time
}
// ANCHOR_END: body
