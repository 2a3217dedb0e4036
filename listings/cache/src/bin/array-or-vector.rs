//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies m: , (\d+) misses in 60..70
//@ varies n: (\d+) instructions in 200..20000
//@ value array: array: (\d+) instr
//@ value vector: vector: (\d+) instr
//@ value misses: array: .*, (\d+) misses
use cache::model::{self, Job, measured};
use std::hint::black_box;
use std::io;

#[repr(align(64))]
struct Readings([u32; 1000]);

// ANCHOR: sum
#[inline(never)]
fn sum(readings: &[u32]) -> u32 {
    readings.iter().sum()
}

const JOBS: [Job; 2] = [
    ("array", || {
        let readings = black_box(Readings([7; 1000]));
        clear_the_cache();
        measured(&mut || {
            black_box(sum(&readings.0));
        });
    }),
    ("vector", || {
        let readings = black_box(vec![Readings([7; 1000])]);
        clear_the_cache();
        measured(&mut || {
            black_box(sum(&readings[0].0));
        });
    }),
];
// ANCHOR_END: sum

/// Reads more than the caches of the model hold.
fn clear_the_cache() {
    black_box(
        vec![1_u8; 32 << 20]
            .iter()
            .step_by(64)
            .map(|&n| u64::from(n))
            .sum::<u64>(),
    );
}

fn main() -> io::Result<()> {
    let Some(found) = model::compare(&JOBS)? else { return Ok(()) };
    for ((name, _), n) in JOBS.iter().zip(&found) {
        println!(
            "{name}: {} instructions, {} misses",
            n.instructions, n.first
        );
    }
    // As many lines, wherever the numbers are, and one pointer to read.
    assert!(found[0].first.abs_diff(found[1].first) < 5); // PROVES 9.17
    // PROVES 9.18
    assert!(found[0].instructions.abs_diff(found[1].instructions) < 20);
    Ok(())
}
