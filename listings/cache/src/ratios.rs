//! The ratios of times that this chapter asserts. Each has a bound that it must keep on any machine with
//! caches, and the bound is far from what was measured.

use crate::lists;
use crate::maps;
use crate::rings::{
    Place, follow, follow_many, random_ring, spaced_ring, straight_ring,
};
use crate::stations;
use crate::writers::{Alone, Neighbors, race};
use measure::Slices;
use std::cell::Cell;

/// Steps along a ring in one slice.
const HOPS: usize = 20_000;

/// What a ratio must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// This much or more.
    Least(f64),
    /// This much or less.
    Most(f64),
}

impl Bound {
    /// Whether `ratio` keeps it.
    #[must_use]
    pub fn holds(self, ratio: f64) -> bool {
        match self {
            Bound::Least(least) => ratio >= least,
            Bound::Most(most) => ratio <= most,
        }
    }
}

/// What is compared, its bound, and how it is taken.
pub type Ratio = (&'static str, Bound, fn() -> f64);

/// All of them.
pub const RATIOS: [Ratio; 13] = [
    ("columns over rows", Bound::Least(4.0), columns_over_rows),
    ("every number over every 8th", Bound::Most(4.0), every_over_eighth),
    (
        "one field, records over fields",
        Bound::Least(3.0),
        records_over_fields,
    ),
    ("256 KiB over 16 KiB", Bound::Least(1.8), || hop(256)),
    ("64 MiB over 16 KiB", Bound::Least(20.0), || hop(65_536)),
    (
        "256 lines, a page each over packed",
        Bound::Least(1.3),
        pages_over_packed,
    ),
    ("list in order over vector", Bound::Least(2.0), list_over_vector),
    ("shuffled list over vector", Bound::Least(10.0), shuffled_over_vector),
    (
        "random ring over straight ring",
        Bound::Least(5.0),
        random_over_straight,
    ),
    ("one walker over eight", Bound::Least(3.0), one_over_eight),
    ("32 lines of one set over 8", Bound::Least(1.8), || same_set(64)),
    ("32 lines of many sets over 8", Bound::Most(1.5), || same_set(65)),
    (
        "one line over two lines, 4th largest of 15",
        Bound::Least(1.5),
        || rounds_of_sharing()[11],
    ),
];

/// A walk along a ring that goes on where it stopped.
pub fn walk(ring: &[Place]) -> impl FnMut() {
    let at = Cell::new(0);
    move || at.set(follow(ring, at.get(), HOPS))
}

/// Time of `case`, as a multiple of `base`, each the shortest of `rounds`.
pub fn over<R, S>(
    rounds: usize,
    case: impl FnMut() -> R,
    base: impl FnMut() -> S,
) -> f64 {
    Slices::new(rounds).case("base", base).case("case", case).interleave()
        [1]
    .ratio
}

fn columns_over_rows() -> f64 {
    let map = maps::map(1024);
    over(40, || maps::by_columns(&map, 1024), || maps::by_rows(&map, 1024))
}

/// Eight times the additions, in the same lines.
#[must_use]
pub fn every_over_eighth() -> f64 {
    let (mut every, mut eighth) = (vec![1; 2 << 20], vec![1; 2 << 20]);
    over(20, || maps::add(&mut every, 1), || maps::add(&mut eighth, 8))
}

fn records_over_fields() -> f64 {
    let records = stations::records(1_000_000);
    let fields = stations::fields(1_000_000);
    over(
        10,
        || stations::rain_of_records(&records),
        || stations::rain_of_fields(&fields),
    )
}

/// A step along a ring of `kib`, as a multiple of one that fits into the first cache.
#[must_use]
pub fn hop(kib: usize) -> f64 {
    let (far, near) = (random_ring(kib * 16, 1), random_ring(256, 1));
    over(60, walk(&far), walk(&near))
}

fn pages_over_packed() -> f64 {
    let (spread, packed) = (spaced_ring(256, 65, 1), random_ring(256, 1));
    over(60, walk(&spread), walk(&packed))
}

fn list_over_vector() -> f64 {
    let (list, vector) = (lists::list(10_000), lists::vector(10_000));
    over(60, || lists::sum(&list), || lists::sum(&vector))
}

fn shuffled_over_vector() -> f64 {
    let list = lists::shuffled_list(100_000);
    let vector = lists::vector(100_000);
    over(30, || lists::sum(&list), || lists::sum(&vector))
}

fn random_over_straight() -> f64 {
    let (random, straight) =
        (random_ring(1 << 20, 1), straight_ring(1 << 20));
    over(20, walk(&random), walk(&straight))
}

fn one_over_eight() -> f64 {
    let ring = random_ring(1 << 20, 1);
    1.0 / over(20, walkers::<8>(&ring), walk(&ring))
}

/// `N` walkers on a ring, who go on where they stopped.
pub fn walkers<const N: usize>(ring: &[Place]) -> impl FnMut() {
    let mut at = [0; N];
    // They begin far apart, so that none walks through lines that another one fetched.
    for (number, walker) in at.iter_mut().enumerate() {
        *walker = number * (ring.len() / N);
    }
    move || at = follow_many(ring, at, HOPS)
}

fn same_set(stride: usize) -> f64 {
    let (many, few) =
        (spaced_ring(32, stride, 1), spaced_ring(8, stride, 1));
    over(60, walk(&many), walk(&few))
}

/// Fifteen times: how much longer two threads take if their counters share a line. In rising order.
#[must_use]
pub fn rounds_of_sharing() -> Vec<f64> {
    let near = Box::new(Neighbors::default());
    let far = Box::new([Alone::default(), Alone::default()]);
    let mut rounds: Vec<f64> = (0..15)
        .map(|_| {
            let shared = race([&near.0[0], &near.0[1]], 100_000);
            let apart = race([&far[0].0, &far[1].0], 100_000);
            shared.as_secs_f64() / apart.as_secs_f64()
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds
}
