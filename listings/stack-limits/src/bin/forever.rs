//@ ends: abort
//@ ends release: timeout
//@ profiles: debug, release
//@ timeout: 2 s
//@ warns: unconditional_recursion
//@ asm: walk
//@ varies tid: thread 'main' \((\d+)\) has
//@ proves 5.13: walking down
// The compiler's warning is what this shows; clippy need not repeat it.
#![cfg_attr(clippy, allow(unconditional_recursion))]
// ANCHOR: body
/// Goes down one folder a call, and never asks whether there is another.
#[unsafe(no_mangle)]
#[inline(never)]
fn walk(depth: u64) -> u64 {
    walk(depth.wrapping_add(1))
}

fn main() {
    println!("walking down ...");
    println!("{} folders", walk(1));
}
// ANCHOR_END: body
