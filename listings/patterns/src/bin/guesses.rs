//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies n: (\d+) wrong in 0..9000
//@ value kinds: for (\d+) items
//@ value sorted-enum: enum, sorted: (\d+)
//@ value random-enum: enum, at random: (\d+)
//@ value sorted-boxed: boxed, sorted: (\d+)
//@ value random-boxed: boxed, at random: (\d+)
use patterns::items::{self, kinds_at_random, kinds_sorted};
use patterns::model::{self, Job, measured};
use std::io;

const COUNT: usize = 9000;

// ANCHOR: body
const JOBS: [Job; 4] = [
    ("enum, sorted", || {
        let items = items::together(&kinds_sorted(COUNT));
        measured(&mut || assert!(items::sum(&items) > 0));
    }),
    ("enum, at random", || {
        let items = items::together(&kinds_at_random(COUNT));
        measured(&mut || assert!(items::sum(&items) > 0));
    }),
    ("boxed, sorted", || {
        let items = items::boxed(&kinds_sorted(COUNT));
        measured(&mut || assert!(items::sum_boxed(&items) > 0));
    }),
    ("boxed, at random", || {
        let items = items::boxed(&kinds_at_random(COUNT));
        measured(&mut || assert!(items::sum_boxed(&items) > 0));
    }),
];
// ANCHOR_END: body

fn main() -> io::Result<()> {
    let Some(found) = model::compare(&JOBS)? else { return Ok(()) };
    println!("branches that the model guesses wrong, for {COUNT} items");
    for ((name, _), counts) in JOBS.iter().zip(&found) {
        println!("{name}: {} wrong", counts.wrong);
    }
    let wrong: Vec<u64> = found.iter().map(|counts| counts.wrong).collect();
    assert!(wrong[1] > 20 * wrong[0] && wrong[3] > 20 * wrong[2]);
    Ok(())
}
