//@ profiles: debug, release
//@ varies array-time: array: +([0-9.]+)
//@ varies vector-time: vector: +([0-9.]+)
//@ value array: array: +(\d+) ns
//@ value vector: vector: +(\d+) ns
// ANCHOR: body
use std::time::Instant;

const ROUNDS: u32 = 1_000_000;

fn main() {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        let _cars = [0; 100];
    }
    let array = start.elapsed();

    let start = Instant::now();
    for _ in 0..ROUNDS {
        let _cars = vec![0; 100];
    }
    let vector = start.elapsed();

    println!("optimized: {}", !cfg!(debug_assertions));
    println!("array:  {} ns", array.as_nanos());
    println!("vector: {} ns", vector.as_nanos());
}
// ANCHOR_END: body
