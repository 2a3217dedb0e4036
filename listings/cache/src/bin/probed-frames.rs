//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies small: ^ *16 KiB: (\d+) misses in 0..500
//@ varies large: ^ *128 KiB: (\d+) misses in 31000..36000
//@ value calls: in (\d+) calls
use cache::model::{counted, measured};
use std::hint::black_box;
use std::io;
use std::mem::MaybeUninit;

const CALLS: usize = 1000;

// ANCHOR: body
/// Has a local of `N` bytes, and writes to one of them.
#[inline(never)]
fn large_frame<const N: usize>() {
    let mut local = [MaybeUninit::<u8>::uninit(); N];
    black_box(&mut local)[N / 2].write(1);
    black_box(&local);
}

fn work(call: fn()) {
    call();
    measured(&mut || {
        for _ in 0..CALLS {
            call();
        }
    });
}
// ANCHOR_END: body

const FRAMES: [(&str, fn()); 2] =
    [("16", large_frame::<16_384>), ("128", large_frame::<131_072>)];

fn main() -> io::Result<()> {
    if let Some(kib) = std::env::args().nth(1) {
        let (_, call) =
            FRAMES.iter().find(|(name, _)| *name == kib).unwrap();
        work(*call);
        return Ok(());
    }
    let mut found = Vec::new();
    for (kib, _) in FRAMES {
        let Some(counts) = counted(&[kib])? else {
            println!("not counted here: this needs valgrind");
            return Ok(());
        };
        println!("{kib:>3} KiB: {} misses in {CALLS} calls", counts.first);
        found.push(counts.first);
    }
    // A probe in each of 32 pages, and each of them misses.
    let calls = CALLS as u64;
    assert!(found[0] < calls / 2);
    assert!(found[1] >= 31 * calls); // PROVES probes-in-one-set
    Ok(())
}
