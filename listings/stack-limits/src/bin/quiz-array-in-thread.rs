//@ ends: abort
//@ profiles: debug, release
//@ varies tid: thread '<unknown>' \((\d+)\) has
use std::hint::black_box;

#[inline(never)]
fn fill() -> usize {
    let mut block = [1u8; 4_000_000];
    black_box(&mut block).len()
}

fn main() {
    println!("main thread: {} bytes", fill());
    let thread = std::thread::spawn(fill);
    println!("spawned thread: {} bytes", thread.join().unwrap());
}
