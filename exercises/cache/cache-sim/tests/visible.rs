//! The tests that you see. The grader has more of the same kinds.

use cache_sim::Access::{Hit, Miss};
use cache_sim::{Access, Cache, Geometry, Refused};

const GEOMETRY: Geometry = Geometry {
    size: 1024,
    ways: 2,
    line: 64,
};

fn cache(size: usize, ways: usize, line: usize) -> Cache {
    Cache::new(Geometry { size, ways, line }).expect("there is such a cache")
}

fn refused(size: usize, ways: usize, line: usize) -> Option<Refused> {
    Cache::new(Geometry { size, ways, line }).err()
}

fn accesses(cache: &mut Cache, addresses: &[u64]) -> Vec<Access> {
    addresses
        .iter()
        .map(|address| cache.access(*address))
        .collect()
}

#[test]
fn bytes_of_one_line_come_together() {
    let mut cache = cache(1024, 2, 64);
    let seen = accesses(&mut cache, &[0x1000, 0x1001, 0x103f, 0x1040, 0x1000]);
    assert_eq!(seen, [Miss, Hit, Hit, Miss, Hit]);
    assert_eq!((cache.hits(), cache.misses()), (3, 2));
    assert_eq!(cache.geometry(), GEOMETRY);
}

#[test]
fn lines_of_one_set_push_each_other_out() {
    let mut cache = cache(256, 1, 64);
    let seen = accesses(&mut cache, &[0x1000, 0x1040, 0x1100, 0x1000, 0x1040]);
    assert_eq!(
        seen,
        [Miss, Miss, Miss, Miss, Hit],
        "0x1000 and 0x1100 are four lines apart, and there are four sets of one line"
    );
}

#[test]
fn the_line_used_longest_ago_makes_room() {
    let mut cache = cache(128, 2, 64);
    let (a, b, c) = (0x1000, 0x2000, 0x3000);
    let seen = accesses(&mut cache, &[a, b, a, c, a, b]);
    assert_eq!(
        seen,
        [Miss, Miss, Hit, Miss, Hit, Miss],
        "when c came, b had been used longest ago"
    );
}

#[test]
fn an_access_across_two_lines_uses_both() {
    let mut cache = cache(1024, 2, 64);
    assert_eq!(cache.touch(0x103c, 8), 2, "4 bytes in each of two lines");
    assert_eq!(cache.touch(0x1038, 4), 0, "both lines are there");
    assert_eq!(accesses(&mut cache, &[0x1000, 0x1040]), [Hit, Hit]);
    assert_eq!((cache.hits(), cache.misses()), (3, 2));
}

#[test]
fn a_geometry_that_cannot_be_is_refused() {
    assert_eq!(refused(1024, 0, 64), Some(Refused::Zero));
    assert_eq!(
        refused(1000, 2, 64),
        Some(Refused::Sets),
        "sets of 128 bytes"
    );
    assert_eq!(refused(48 << 10, 12, 64), None, "64 sets of 12 lines");
}

#[test]
fn accesses_ask_for_no_memory() {
    let mut cache = cache(1024, 2, 64);
    let (_, usage) = probe::thread(|| {
        for step in 0..1000 {
            cache.access(step * 40);
        }
    });
    assert_eq!(usage.allocations, 0);
}
