//@ profiles: release
//@ varies small: (\d+) instructions: 16 bytes, in in 50..400
//@ varies medium: (\d+) instructions: 400 bytes, in in 50..400
//@ varies among: (\d+) instructions: 16 bytes, among in 50..400
//@ varies large: (\d+) instructions: 2000 bytes, in in 100..900
//@ varies large-among: (\d+) instructions: 2000 bytes, among in 100..900
//@ value small: (\d+) instructions: 16 bytes, in
use heap::watch;
use std::hint::black_box;
use std::io;

// ANCHOR: body
const JOBS: [(&str, usize, usize); 5] = [
    ("16 bytes, in a fresh heap", 16, 0),
    ("400 bytes, in a fresh heap", 400, 0),
    ("16 bytes, among 100000 blocks", 16, 100_000),
    ("2000 bytes, in a fresh heap", 2000, 0),
    ("2000 bytes, among 100000 blocks", 2000, 100_000),
];

/// Asks for a block and gives it back, ten times and then once more
/// while it is watched, among others of which every second was freed.
fn work(bytes: usize, others: usize) {
    let mut blocks: Vec<Vec<u8>> = (0..others)
        .map(|number| Vec::with_capacity(16 + number % 2000))
        .collect();
    for block in blocks.iter_mut().step_by(2) {
        *block = Vec::new(); // frees the block that was there
    }
    let pair = || drop(black_box(Vec::<u8>::with_capacity(bytes)));
    for _ in 0..10 {
        pair();
    }
    watch::watched(pair);
}
// ANCHOR_END: body

fn nothing() {
    watch::watched(|| ());
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [bytes, others] = &arguments[..] {
        work(bytes.parse().unwrap(), others.parse().unwrap());
        return Ok(());
    }
    if let [_] = &arguments[..] {
        nothing();
        return Ok(());
    }
    let Some(marks) = watch::instructions(&["nothing"])? else {
        println!("not measured here: this needs Linux on x86-64");
        return Ok(());
    };
    let mut counts = Vec::new();
    for (name, bytes, others) in JOBS {
        let args = [bytes.to_string(), others.to_string()];
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let steps = watch::instructions(&args)?.unwrap() - marks;
        println!("{steps:4} instructions: {name}");
        counts.push(steps);
    }
    // Neither the size nor the number of blocks makes a difference.
    assert_eq!([counts[1], counts[2]], [counts[0]; 2]); // PROVES 6.06
    println!("small blocks: the same number each time");
    assert!(counts[3] > counts[0] && counts[3] < 5 * counts[0]);
    assert!(counts[4] < 2 * counts[3]);
    Ok(())
}
