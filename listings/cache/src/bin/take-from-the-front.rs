//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies n: (\d+) instructions in 100..90000000
//@ value short-vector: vector of 10: (\d+) instructions
//@ value short-list: list of 10: (\d+) instructions
//@ value vector: vector of 2000: (\d+) instructions
//@ value list: list of 2000: (\d+) instructions
use cache::lists;
use cache::model::{self, Job, measured};
use std::hint::black_box;
use std::io;

// ANCHOR: body
fn from_vector(count: usize) {
    let mut readings = lists::vector(count);
    measured(&mut || {
        while !readings.is_empty() {
            black_box(readings.remove(0));
        }
    });
}

fn from_list(count: usize) {
    let mut readings = lists::list(count);
    measured(&mut || {
        while let Some(reading) = readings.pop_front() {
            black_box(reading);
        }
    });
}
// ANCHOR_END: body

const JOBS: [Job; 4] = [
    ("vector of 10", || from_vector(10)),
    ("list of 10", || from_list(10)),
    ("vector of 2000", || from_vector(2000)),
    ("list of 2000", || from_list(2000)),
];

fn main() -> io::Result<()> {
    let Some(found) = model::compare(&JOBS)? else { return Ok(()) };
    for ((name, _), counts) in JOBS.iter().zip(&found) {
        println!("{name}: {} instructions", counts.instructions);
    }
    let work: Vec<u64> = found.iter().map(|n| n.instructions).collect();
    assert!(work[0] < work[1]);
    assert!(work[2] > 10 * work[3]); // PROVES 9.27
    Ok(())
}
