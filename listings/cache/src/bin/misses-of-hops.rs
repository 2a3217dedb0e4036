//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies first: (\d+) not in the first in 0..10010
//@ varies last: (\d+) not in the last in 0..10010
//@ value fits: ^(\d+) KiB
//@ value small: 16 KiB: (\d+) not
//@ value middle: 256 KiB: (\d+) not
use cache::model::{counted, measured};
use cache::rings::{Place, random_ring};
use std::hint::black_box;
use std::io;

const HOPS: usize = 10_000;

// ANCHOR: body
fn follow(ring: &[Place], mut at: usize, hops: usize) -> usize {
    for _ in 0..hops {
        at = ring[at].next;
    }
    at
}

/// Ten thousand hops around a ring of `kib` KiB, which was walked once
/// before: what fits into a cache is there.
fn work(kib: usize) {
    let ring = random_ring(kib * 16, 1);
    let at = follow(&ring, 0, kib * 16);
    measured(&mut || {
        black_box(follow(&ring, at, HOPS));
    });
}
// ANCHOR_END: body

fn main() -> io::Result<()> {
    if let Some(kib) = std::env::args().nth(1) {
        work(kib.parse().unwrap());
        return Ok(());
    }
    let mut found = Vec::new();
    for kib in [16, 256, 16 * 1024] {
        let Some(counts) = counted(&[&kib.to_string()])? else {
            println!("not counted here: this needs valgrind");
            return Ok(());
        };
        println!(
            "{kib} KiB: {} not in the first, {} not in the last",
            counts.first, counts.last
        );
        found.push([counts.first, counts.last]);
    }
    assert!(found[0][0] < 50 && found[1][0] > 9900); // PROVES 9.01
    assert!(found[1][1] < 50 && found[2][1] > 9000);
    Ok(())
}
