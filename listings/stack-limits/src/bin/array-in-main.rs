//@ ends: abort
//@ ends release: ok
//@ profiles: debug, release
//@ varies tid: thread 'main' \((\d+)\) has
//@ proves 5.12: has overflowed its stack|a block of 10000000 bytes
fn main() {
    let block = [0u8; 10_000_000];
    println!("a block of {} bytes", block.len());
}
