//@ profiles: release
//@ asm: hundred_sums
//@ varies ns: took (\d+) ns in 0..100000
//@ value ns: took (\d+) ns
use std::time::Instant;

// ANCHOR: body
#[unsafe(no_mangle)]
#[inline(never)]
fn hundred_sums(map: &[u32]) {
    for _ in 0..100 {
        let _sum: u32 = map.iter().sum();
    }
}
// ANCHOR_END: body

fn main() {
    let map = vec![1_u32; 1 << 20];
    let start = Instant::now();
    hundred_sums(&map);
    let ns = start.elapsed().as_nanos();
    println!("a hundred sums of a million fields took {ns} ns");
    assert!(ns < 100_000); // PROVES benchmark-method
}
