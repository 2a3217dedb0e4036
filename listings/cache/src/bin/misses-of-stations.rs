//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies m: (\d+) misses in 6000..102000
//@ value records: rain from records: (\d+) misses
//@ value fields: rain from fields: (\d+) misses
//@ value all-records: all from records: (\d+) misses
//@ value all-fields: all from fields: (\d+) misses
use cache::model::{self, Job, measured};
use std::hint::black_box;
use std::io;

const COUNT: usize = 100_000;

// ANCHOR: body
/// One line of the cache: the rain of a day, and fifteen fields more.
#[derive(Clone)]
#[repr(align(64))]
struct Station {
    rain: u32,
    rest: [u32; 15],
}

/// The same fields, a vector for each.
struct Stations {
    rain: Vec<u32>,
    rest: [Vec<u32>; 15],
}

fn rain_of_records(stations: &[Station]) -> u32 {
    stations.iter().map(|station| station.rain).sum()
}

fn rain_of_fields(stations: &Stations) -> u32 {
    stations.rain.iter().sum()
}
// ANCHOR_END: body

fn all_of_records(stations: &[Station]) -> u32 {
    let all = |station: &Station| station.rain + sum(&station.rest);
    stations.iter().map(all).sum()
}

fn all_of_fields(stations: &Stations) -> u32 {
    rain_of_fields(stations)
        + stations.rest.iter().map(|field| sum(field)).sum::<u32>()
}

fn sum(numbers: &[u32]) -> u32 {
    numbers.iter().sum()
}

fn from_records(sum: fn(&[Station]) -> u32) {
    let stations = vec![Station { rain: 7, rest: [1; 15] }; COUNT];
    measured(&mut || {
        black_box(sum(&stations));
    });
}

fn from_fields(sum: fn(&Stations) -> u32) {
    let rest = [(); 15].map(|()| vec![1; COUNT]);
    let stations = Stations { rain: vec![7; COUNT], rest };
    measured(&mut || {
        black_box(sum(&stations));
    });
}

const JOBS: [Job; 4] = [
    ("rain from records", || from_records(rain_of_records)),
    ("rain from fields", || from_fields(rain_of_fields)),
    ("all from records", || from_records(all_of_records)),
    ("all from fields", || from_fields(all_of_fields)),
];

fn main() -> io::Result<()> {
    let Some(found) = model::compare(&JOBS)? else { return Ok(()) };
    for ((name, _), counts) in JOBS.iter().zip(&found) {
        println!("{name}: {} misses", counts.first);
    }
    let misses: Vec<u64> =
        found.iter().map(|counts| counts.first).collect();
    assert!(misses[0] > 15 * misses[1]); // PROVES aos-and-soa, 9.23
    assert!(misses[2].abs_diff(misses[3]) < misses[2] / 100);
    Ok(())
}
