//@ ends: abort
//@ profiles: debug, release
//@ varies tid: thread 'main' \((\d+)\) has
//@ proves 5.11: has overflowed its stack
use std::hint::black_box;

// ANCHOR: body
/// Backs up one folder. Reads every file back, through a large block, if
/// asked to.
#[inline(never)]
fn back_up(folder: &str, verify: bool) {
    println!("backing up {folder}");
    if verify {
        let mut block = [0u8; 10_000_000];
        black_box(&mut block);
        println!("read back in blocks of {} bytes", block.len());
    }
}

fn main() {
    let verify = std::env::args().any(|argument| argument == "--verify");
    println!("verify: {verify}");
    back_up("photos", verify);
}
// ANCHOR_END: body
