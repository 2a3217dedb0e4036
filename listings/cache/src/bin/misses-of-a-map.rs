//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies r: rows: (\d+) misses in 65536..65600
//@ varies c: columns: (\d+) misses in 1048576..1048640
//@ value rows: rows: (\d+) misses
//@ value columns: columns: (\d+) misses
//@ value model: model of (\d+) bytes
//@ value last: and (\d+) bytes behind
//@ value ways: bytes in (\d+) ways
//@ value fields: of (\d+) fields
use cache::maps::{by_columns, by_rows, map};
use cache::model::{self, Job, measured};
use std::hint::black_box;
use std::io;

// ANCHOR: body
const JOBS: [Job; 2] = [
    ("rows", || {
        let map = map(1024);
        measured(&mut || {
            black_box(by_rows(&map, 1024));
        });
    }),
    ("columns", || {
        let map = map(1024);
        measured(&mut || {
            black_box(by_columns(&map, 1024));
        });
    }),
];
// ANCHOR_END: body

fn main() -> io::Result<()> {
    let Some(found) = model::compare(&JOBS)? else { return Ok(()) };
    let fields = 1024 * 1024;
    println!("{}", model::SHAPE);
    println!("the sum of {fields} fields");
    for ((name, _), counts) in JOBS.iter().zip(&found) {
        println!("by {name}: {} misses", counts.first);
    }
    // One miss for every sixteen fields, and one for every field.
    assert!(found[0].first.abs_diff(fields / 16) < 64); // PROVES 9.14
    assert!(found[1].first.abs_diff(fields) < 64);
    Ok(())
}
