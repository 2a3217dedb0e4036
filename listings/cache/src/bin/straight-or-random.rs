//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies misses: (\d+) misses in 9900..10100
//@ varies ratio: takes (\d+) times in 5..2000
//@ value ratio: takes (\d+) times
use cache::model::{self, Job, measured};
use cache::ratios::{over, walk};
use cache::rings::{follow, random_ring, straight_ring};
use std::hint::black_box;
use std::io;

// ANCHOR: body
const JOBS: [Job; 2] = [
    ("straight ring", || {
        let ring = straight_ring(1 << 18);
        measured(&mut || {
            black_box(follow(&ring, 0, 10_000));
        });
    }),
    ("random ring", || {
        let ring = random_ring(1 << 18, 1);
        measured(&mut || {
            black_box(follow(&ring, 0, 10_000));
        });
    }),
];

fn main() -> io::Result<()> {
    let Some(found) = model::compare(&JOBS)? else { return Ok(()) };
    for ((name, _), counts) in JOBS.iter().zip(&found) {
        println!("{name}: {} misses", counts.first);
    }
    let straight = straight_ring(1 << 20);
    let random = random_ring(1 << 20, 1);
    let ratio = over(20, walk(&random), walk(&straight));
    println!("a hop in the random ring takes {ratio:.0} times as long");
    assert!(ratio >= 5.0); // PROVES prefetching
    Ok(())
}
// ANCHOR_END: body
