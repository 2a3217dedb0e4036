//@ profiles: release
//@ value array: array, .* (\d+) instructions
//@ value vector: vector, .* (\d+) instructions
//@ value kept-array: array, looked at .* (\d+) instructions
//@ value kept-vector: vector, looked at .* (\d+) instructions
//@ value kept-room: room, looked at .* (\d+) instructions
use heap::watch;
use std::hint::black_box;
use std::io;

const ROUNDS: u32 = 100;

#[inline(never)]
fn array_rounds() {
    for _ in 0..ROUNDS {
        let _cars = [0; 100];
    }
}

// ANCHOR: body
#[inline(never)]
fn vector_rounds() {
    for _ in 0..ROUNDS {
        let _cars = vec![0; 100];
    }
}

#[inline(never)]
fn kept_array_rounds() {
    for _ in 0..ROUNDS {
        black_box([0; 100]);
    }
}

#[inline(never)]
fn kept_vector_rounds() {
    for _ in 0..ROUNDS {
        black_box(vec![0; 100]);
    }
}

#[inline(never)]
fn kept_room_rounds() {
    for _ in 0..ROUNDS {
        black_box(Vec::<i32>::with_capacity(100));
    }
}
// ANCHOR_END: body

const JOBS: [(&str, fn()); 6] = [
    ("nothing", || ()),
    ("array", array_rounds),
    ("vector", vector_rounds),
    ("array, looked at", kept_array_rounds),
    ("vector, looked at", kept_vector_rounds),
    ("room, looked at", kept_room_rounds),
];

fn main() -> io::Result<()> {
    if let Some(name) = std::env::args().nth(1) {
        let (_, job) = JOBS.iter().find(|(job, _)| *job == name).unwrap();
        job();
        watch::watched(job);
        return Ok(());
    }
    let mut counts = Vec::new();
    for (name, _) in JOBS {
        let Some(steps) = watch::instructions(&[name])? else {
            println!("not measured here: this needs Linux on x86-64");
            return Ok(());
        };
        counts.push(steps);
        if name != "nothing" {
            let a_round = (steps - counts[0]) as f64 / f64::from(ROUNDS);
            println!("{name:17}  {a_round:4.0} instructions a round");
        }
    }
    // No round of either takes as many as asking for a block does.
    let rounds = u64::from(ROUNDS);
    assert!(counts[1] < counts[0] + rounds);
    assert!(counts[2] < counts[0] + 10 * rounds); // PROVES 6.14
    assert!(counts[4] > counts[0] + 100 * rounds);
    assert!(counts[4] > counts[5] && counts[5] > counts[0] + 50 * rounds);
    Ok(())
}
