//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies n: (\d+) wrong in 0..9000
//@ value kinds: for (\d+) items
//@ value sorted-enum: enum, sorted: (\d+)
//@ value random-enum: enum, at random: (\d+)
//@ value sorted-boxed: boxed, sorted: (\d+)
//@ value random-boxed: boxed, at random: (\d+)
use cache::model::{Job, measured};
use patterns::items::{self, kinds_at_random, kinds_sorted};
use patterns::model;
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
    let Some(wrong) = model::wrong_guesses(&JOBS)? else { return Ok(()) };
    println!("branches that the model guesses wrong, for {COUNT} items");
    for ((name, _), wrong) in JOBS.iter().zip(&wrong) {
        println!("{name}: {wrong} wrong");
    }
    assert!(wrong[1] > 20 * wrong[0] && wrong[3] > 20 * wrong[2]);
    Ok(())
}
