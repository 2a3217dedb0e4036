// ANCHOR: body
fn elsewhere() -> usize {
    let worker = std::thread::spawn(|| vec![0_u8; 1_000_000].len());
    worker.join().unwrap()
}

fn main() {
    let (_, here) = probe::thread(elsewhere);
    let (_, everywhere) = probe::process(elsewhere);
    println!(
        "this thread took a large block: {}",
        here.largest_bytes >= 1_000_000
    );
    println!(
        "the process took one: {}",
        everywhere.largest_bytes >= 1_000_000
    );
    assert!(here.largest_bytes < 1_000_000);
    assert!(everywhere.largest_bytes >= 1_000_000);
}
// ANCHOR_END: body
