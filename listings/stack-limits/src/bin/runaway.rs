//@ ends: abort
//@ profiles: debug, release
//@ varies tid: thread 'main' \((\d+)\) has
//@ proves 5.16: thread 'main' .* has overflowed its stack
//@ value kept: \[0u8; (\d+)\]
use std::hint::black_box;

// ANCHOR: body
/// Follows the folders down from `folder`. Each entry of `inside` names the
/// one folder that lies in it, if any.
fn depth(inside: &[Option<usize>], folder: usize) -> u64 {
    let mut name = [0u8; 64];
    black_box(&mut name);
    let below = match inside[folder] {
        Some(next) => depth(inside, next),
        None => 0,
    };
    black_box(&name);
    below + 1
}

fn main() {
    // Folder 2 holds a link, and the link leads back to folder 0.
    let inside = [Some(1), Some(2), Some(0)];
    println!("looking for the bottom ...");
    println!("{} folders deep", depth(&inside, 0));
}
// ANCHOR_END: body
