//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies m: (\d+) misses in 0..10010
//@ value apart: ([0-9]+) bytes apart
//@ value many: (512) lines
//@ value fit: 8 lines, 4096 bytes apart: (\d+) misses
//@ value clash: 9 lines, 4096 bytes apart: (\d+) misses
//@ value spread: 9 lines, 4160 bytes apart: (\d+) misses
use cache::model::{counted, measured};
use cache::rings::{follow, spaced_ring};
use std::hint::black_box;
use std::io;

const HOPS: usize = 10_000;

// ANCHOR: body
/// Ten thousand hops around a ring of `lines` lines that lie `bytes`
/// apart.
fn work(lines: usize, bytes: usize) {
    let ring = spaced_ring(lines, bytes / 64, 1);
    let at = follow(&ring, 0, lines);
    measured(&mut || {
        black_box(follow(&ring, at, HOPS));
    });
}
// ANCHOR_END: body

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [lines, bytes] = &arguments[..] {
        work(lines.parse().unwrap(), bytes.parse().unwrap());
        return Ok(());
    }
    let mut found = Vec::new();
    for (lines, bytes) in [(8, 4096), (9, 4096), (9, 4160), (512, 64)] {
        let args = [lines.to_string(), bytes.to_string()];
        let Some(counts) = counted(&[&args[0], &args[1]])? else {
            println!("not counted here: this needs valgrind");
            return Ok(());
        };
        let misses = counts.first;
        println!("{lines:3} lines, {bytes:4} bytes apart: {misses} misses");
        found.push(misses);
    }
    assert!(found[0] < 100 && found[1] > 9900); // PROVES conflict-misses
    assert!(found[2] < 100);
    Ok(())
}
