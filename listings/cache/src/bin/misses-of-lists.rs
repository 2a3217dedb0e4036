//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies m: (\d+) misses in 12000..101000
//@ value vector: vector: (\d+) misses
//@ value list: list in order: (\d+) misses
//@ value shuffled: shuffled list: (\d+) misses
use cache::lists;
use cache::model::{self, Job, measured};
use std::hint::black_box;
use std::io;

const COUNT: usize = 100_000;

// ANCHOR: body
const JOBS: [Job; 3] = [
    ("vector", || {
        let readings = lists::vector(COUNT);
        measured(&mut || {
            black_box(lists::sum(&readings));
        });
    }),
    ("list in order", || {
        let readings = lists::list(COUNT);
        measured(&mut || {
            black_box(lists::sum(&readings));
        });
    }),
    ("shuffled list", || {
        let readings = lists::shuffled_list(COUNT);
        measured(&mut || {
            black_box(lists::sum(&readings));
        });
    }),
];
// ANCHOR_END: body

fn main() -> io::Result<()> {
    let Some(found) = model::compare(&JOBS)? else { return Ok(()) };
    for ((name, _), counts) in JOBS.iter().zip(&found) {
        println!("{name}: {} misses", counts.first);
    }
    let misses: Vec<u64> =
        found.iter().map(|counts| counts.first).collect();
    assert!(misses[1] > 3 * misses[0]);
    // The shuffled list misses at almost every node.
    assert!(misses[2] > 9 * COUNT as u64 / 10); // PROVES 9.20
    Ok(())
}
