//@ value kept: ^ +(\d+) .* 10000 bookings kept
//@ varies kept: ^ +(\d+) +0 +0 +\d+  10000 bookings kept in 1..12
//@ varies kept-all: (\d+)  10000 bookings kept in 1..12
#![allow(dead_code)]
use heap::watch;
use std::hint::black_box;
use std::io;

// ANCHOR: body
struct Booking {
    number: u32,
    seats: u32,
}

const JOBS: [&str; 5] = [
    "nothing",
    "10000 bookings made and freed",
    "10000 bookings kept",
    "a block of 10 million bytes",
    "the same block, a second time",
];

fn work(job: &str) {
    let booking =
        |number| black_box(Box::new(Booking { number, seats: 2 }));
    let block = || drop(black_box(vec![0_u8; 10_000_000]));
    let mut season = Vec::with_capacity(10_000);
    if job == JOBS[4] {
        block();
    }
    watch::watched(|| match job {
        "10000 bookings made and freed" => {
            (0..10_000).for_each(|number| drop(booking(number)));
        }
        "10000 bookings kept" => {
            (0..10_000).for_each(|number| season.push(booking(number)));
        }
        "nothing" => {}
        _ => block(),
    });
}
// ANCHOR_END: body

fn main() -> io::Result<()> {
    if let Some(job) = std::env::args().nth(1) {
        work(&job);
        return Ok(());
    }
    println!("brk  mmap  munmap  in all");
    let mut counts = Vec::new();
    for job in JOBS {
        let names = ["brk", "mmap", "munmap"];
        let Some(calls) = watch::calls(&[job], &names)? else {
            println!("not measured here: this needs Linux on x86-64");
            return Ok(());
        };
        println!(
            "{:3}  {:4}  {:6}  {:6}  {job}",
            calls[0], calls[1], calls[2], calls[3]
        );
        counts.push(calls);
    }
    assert_eq!([counts[0][3], counts[1][3]], [0, 0]);
    assert!(counts[2][0] > 0 && counts[2][3] < 12);
    assert_eq!(counts[3], [0, 1, 1, 2]); // PROVES brk-and-mmap
    assert_eq!([counts[4][1], counts[4][2]], [0, 0]);
    Ok(())
}
