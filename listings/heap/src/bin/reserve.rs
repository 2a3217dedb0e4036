//@ profiles: release
//@ memory: 6 GiB
//@ varies addresses: addresses: \+(\d+) KiB in 4190000..4200000
//@ varies memory: memory: +\+(\d+) KiB in 0..256
//@ value addresses: addresses: \+(\d+) KiB
//@ value memory: memory: +\+(\d+) KiB
use heap::status::{resident_kib, virtual_kib};
use std::hint::black_box;

// ANCHOR: body
/// The stack of a main thread on this system, by default.
const STACK: usize = 8 << 20;

fn main() {
    let addresses = virtual_kib().unwrap_or(0);
    let memory = resident_kib().unwrap_or(0);

    let archive: Vec<u8> = black_box(Vec::with_capacity(512 * STACK));

    let addresses = virtual_kib().unwrap_or(0) - addresses;
    let memory = resident_kib().unwrap_or(0).saturating_sub(memory);
    println!("room for {} stacks in one block", archive.capacity() / STACK);
    println!("addresses: +{addresses} KiB");
    println!("memory:    +{memory} KiB");

    // A process of this system may use addresses up to 47 bits long.
    assert_eq!((1_u64 << 47) / STACK as u64, 16_777_216); // PROVES 6.10
    assert_eq!(archive.capacity(), 512 * STACK);
}
// ANCHOR_END: body
