//@ value live: (\d+) bytes still live
// ANCHOR: body
fn numbers(length: u64) -> Vec<u64> {
    let mut numbers = Vec::new();
    for n in 0..length {
        numbers.push(n);
    }
    numbers
}

fn main() {
    let (numbers, usage) = probe::thread(|| numbers(100));
    println!("{} allocation", usage.allocations);
    println!("{} reallocations", usage.reallocations);
    println!("{} bytes still live", usage.live_bytes());

    let (_, usage) = probe::thread(|| drop(numbers));
    println!("{} free, {} bytes", usage.frees, usage.freed_bytes);
    assert_eq!(usage.live_bytes(), -1024);
}
// ANCHOR_END: body
