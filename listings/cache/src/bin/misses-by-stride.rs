//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies m: writes, (\d+) misses in 2048..17000
//@ value every: every 1\. +byte: .* writes, (\d+) misses
//@ value half: every 128\. byte: .* writes, (\d+) misses
//@ value every-writes: every 1\. +byte: +(\d+) writes
//@ value line-writes: every 64\. +byte: +(\d+) writes
use cache::maps::touch;
use cache::model::{counted, measured};
use std::io;

// ANCHOR: body
const BYTES: usize = 1 << 20;
const STRIDES: [usize; 8] = [1, 4, 16, 32, 64, 128, 256, 512];

fn work(stride: usize) {
    let mut bytes = vec![1; BYTES];
    measured(&mut || touch(&mut bytes, stride));
}

fn main() -> io::Result<()> {
    if let Some(stride) = std::env::args().nth(1) {
        work(stride.parse().unwrap());
        return Ok(());
    }
    let mut found = Vec::new();
    for stride in STRIDES {
        let Some(counts) = counted(&[&stride.to_string()])? else {
            println!("not counted here: this needs valgrind");
            return Ok(());
        };
        let (writes, misses) = (BYTES / stride, counts.first);
        let nth = format!("{stride}.");
        println!("every {nth:4} byte: {writes:7} writes, {misses} misses");
        found.push(misses);
    }
    // Up to the length of a line, the stride makes no difference.
    let same = |misses: &u64| misses.abs_diff(found[0]) < 16;
    assert!(found[..5].iter().all(same)); // PROVES write-allocate
    assert!((2 * found[5]).abs_diff(found[0]) < 16);
    Ok(())
}
// ANCHOR_END: body
