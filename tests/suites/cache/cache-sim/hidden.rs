//! Cases for `cache-sim`: which set, which line goes, which lines are touched, geometries,
//! requests and cost.

use cache_sim::{Access, Cache, Geometry, Refused};
use obs::Obs;

/// A cache that can be; without it, there is nothing to look at.
fn with_sets(o: &mut Obs, sets: u64, ways: u64, line: u64) -> Option<Cache> {
    let size = (sets * ways * line) as usize;
    let (ways, line) = (ways as usize, line as usize);
    let made = Cache::new(Geometry { size, ways, line });
    if made.is_err() {
        o.see::<[usize; 3]>("a geometry that was refused", [size, ways, line]);
    }
    made.ok()
}

fn letter(access: Access) -> char {
    match access {
        Access::Hit => 'h',
        Access::Miss => 'm',
    }
}

fn see_counts(o: &mut Obs, cache: &Cache) {
    o.see::<[u64; 2]>("hits and misses", [cache.hits(), cache.misses()]);
}

/// Random accesses to so many lines behind `from`, told as letters.
fn see_walk(o: &mut Obs, cache: &mut Cache, from: u64, lines: u64) {
    let line = cache.geometry().line as u64;
    let walk: String = (0..o.size())
        .map(|_| letter(cache.access(from + o.below(lines * line))))
        .collect();
    o.see::<String>("hits and misses of a walk, in their order", walk);
    see_counts(o, cache);
}

fn direct_mapped(o: &mut Obs) {
    for bits in 0..4 {
        let (sets, line) = (1 << bits, 16 << o.below(4));
        let Some(mut cache) = with_sets(o, sets, 1, line) else {
            return;
        };
        let from = 1 + o.below(1 << 40);
        see_walk(o, &mut cache, from, 2 * sets);
        let Geometry { size, ways, line } = cache.geometry();
        o.see::<[usize; 3]>("the geometry of the cache", [size, ways, line]);
    }
}

fn odd_sets(o: &mut Obs) {
    for sets in [3, 5, 6, 7] {
        let Some(mut cache) = with_sets(o, sets, 1, 64) else {
            return;
        };
        let from = 1 + o.below(1 << 40);
        see_walk(o, &mut cache, from, 2 * sets);
    }
}

fn line_zero(o: &mut Obs) {
    let Some(mut cache) = with_sets(o, 4, 2, 64) else {
        return;
    };
    let addresses = [o.below(64), o.below(64), 64 + o.below(64), o.below(64)];
    let seen: String = addresses.map(|a| letter(cache.access(a))).iter().collect();
    o.see::<String>("accesses to the first two lines of memory", seen);
}

fn last_line(o: &mut Obs) {
    for line in [1, 64] {
        let Some(mut cache) = with_sets(o, 2, 2, line) else {
            return;
        };
        let last = u64::MAX - o.below(line);
        let seen: String = [last, u64::MAX]
            .map(|a| letter(cache.access(a)))
            .iter()
            .collect();
        o.see::<String>("accesses to the last line of memory", seen);
    }
}

fn sweep(o: &mut Obs) {
    for ways in [2, 3, 4, 8] {
        let Some(mut cache) = with_sets(o, 1, ways, 32) else {
            return;
        };
        let from = 32 * (1 + o.below(1 << 30));
        let seen: String = (0..o.size())
            .map(|step| letter(cache.access(from + step % (ways + 1) * 32)))
            .collect();
        o.see::<String>("sweeps over one line more than a set has places", seen);
    }
}

fn order(o: &mut Obs) {
    for ways in [3, 4, 8] {
        let Some(mut cache) = with_sets(o, 1, ways, 64) else {
            return;
        };
        let from = 64 * (1 + o.below(1 << 30));
        see_walk(o, &mut cache, from, ways + 2);
    }
}

/// The same cache, kept in another way: with the time at which each place was used.
struct Timed {
    ways: usize,
    line: u64,
    places: Vec<(u64, u64)>,
    now: u64,
}

impl Timed {
    fn hits(&mut self, address: u64) -> bool {
        self.now += 1;
        let number = address / self.line;
        let sets = (self.places.len() / self.ways) as u64;
        let first = (number % sets) as usize * self.ways;
        let set = &mut self.places[first..first + self.ways];
        let known = set
            .iter()
            .position(|(time, known)| *time > 0 && *known == number);
        let oldest = (0..set.len()).min_by_key(|place| set[*place].0);
        if let Some(place) = known.or(oldest) {
            set[place] = (self.now, number);
        }
        known.is_some()
    }
}

fn another_simulator(o: &mut Obs) {
    let mut different = 0;
    for _ in 0..6 {
        let (sets, ways) = (1 << o.below(6), 1 + o.below(8));
        let line = 16 << o.below(4);
        let Some(mut cache) = with_sets(o, sets, ways, line) else {
            return;
        };
        let mut timed = Timed {
            ways: ways as usize,
            line,
            places: vec![(0, 0); (sets * ways) as usize],
            now: 0,
        };
        let (from, bytes) = (o.below(1 << 40), 2 * sets * ways * line);
        let mut near = 0;
        for _ in 0..o.size() {
            // Half of the accesses lie close behind the one before them, as in a program.
            near = if o.below(2) == 0 {
                o.below(bytes)
            } else {
                near + o.below(40)
            };
            let hit = cache.access(from + near) == Access::Hit;
            different += u64::from(hit != timed.hits(from + near));
        }
        see_counts(o, &cache);
    }
    o.meter(
        "accesses of which another simulator says something else",
        different,
    );
}

fn long(o: &mut Obs) {
    let Some(mut cache) = with_sets(o, 2, 4, 64) else {
        return;
    };
    let from = 64 * (1 + o.below(1 << 30));
    for _ in 0..o.size() {
        cache.access(from + o.below(11) * 64);
    }
    see_counts(o, &cache);
}

fn crossing(o: &mut Obs) {
    let line = 16 << o.below(3);
    let Some(mut cache) = with_sets(o, 8, 2, line) else {
        return;
    };
    let from = 1 + o.below(1 << 40);
    for _ in 0..o.size() {
        let (address, bytes) = (from + o.below(40 * line), 1 + o.below(4 * line));
        o.see::<u64>(
            "misses of an access to several lines",
            cache.touch(address, bytes),
        );
    }
    see_counts(o, &cache);
}

fn ends_of_lines(o: &mut Obs) {
    let Some(mut cache) = with_sets(o, 16, 4, 64) else {
        return;
    };
    let mut end = 64 * (1 + o.below(1 << 30));
    for bytes in [1, 2, 4, 8, 64] {
        end += 128;
        let misses = cache.touch(end - bytes, bytes);
        o.see::<u64>("misses of an access that ends with its line", misses);
    }
    see_counts(o, &cache);
}

fn no_bytes(o: &mut Obs) {
    let Some(mut cache) = with_sets(o, 4, 2, 64) else {
        return;
    };
    for address in [0, 64, o.below(1 << 40), u64::MAX] {
        o.see::<u64>("misses of an access to no byte", cache.touch(address, 0));
    }
    see_counts(o, &cache);
}

fn end_of_memory(o: &mut Obs) {
    let Some(mut cache) = with_sets(o, 4, 2, 16) else {
        return;
    };
    for bytes in [1, 4, 40] {
        let (before, beyond) = (o.below(40), 1 + o.below(9));
        let misses = cache.touch(u64::MAX - before, bytes);
        o.see::<u64>("misses close to the last byte of memory", misses);
        let misses = cache.touch(u64::MAX - before, before + beyond);
        o.see::<u64>("misses up to the last byte of memory", misses);
    }
    o.see::<u64>(
        "misses of the last byte alone",
        cache.touch(u64::MAX, u64::MAX),
    );
    see_counts(o, &cache);
}

fn answer(size: usize, ways: usize, line: usize) -> &'static str {
    match Cache::new(Geometry { size, ways, line }) {
        Ok(_) => "a cache",
        Err(Refused::Zero) => "Zero",
        Err(Refused::Line) => "Line",
        Err(Refused::Sets) => "Sets",
        Err(Refused::Memory) => "Memory",
    }
}

fn zeros(o: &mut Obs) {
    let some = 1 + o.below(9) as usize;
    let zeros = [
        answer(0, some, 64),
        answer(64 * some, 0, 64),
        answer(64 * some, some, 0),
        answer(0, 0, 0),
        answer(48, 0, 48),
    ];
    o.see::<[&str; 5]>("what `new` says to a zero", zeros);
}

fn odd_lines(o: &mut Obs) {
    let ways = 1 + o.below(9) as usize;
    let lines =
        [1, 2, 3, 24, 48, 64, 100, 128].map(|line| answer(4 * ways * line, ways, line));
    o.see::<[&str; 8]>("what `new` says to lines of all lengths", lines);
    o.see::<&str>("a line and a size that cannot be", answer(50, ways, 48));
}

fn odd_sizes(o: &mut Obs) {
    let (ways, line) = (2 + o.below(8) as usize, 16 << o.below(3));
    let (set, less) = (
        ways * line,
        1 + o.below(ways as u64 * line as u64 - 1) as usize,
    );
    let sizes = [
        set,
        set - less,
        2 * set,
        2 * set - less,
        3 * set + less,
        set + line,
    ];
    let sizes = sizes.map(|size| answer(size, ways, line));
    o.see::<[&str; 6]>(
        "what `new` says to sizes that are no whole number of sets",
        sizes,
    );
}

fn overflow(o: &mut Obs) {
    let less = o.below(1000) as usize;
    let half = 1_usize << 63;
    let answers = [
        answer(64, usize::MAX - less, 64),
        answer(64, half / 32, 64),
        answer(usize::MAX - less, 2, half),
        answer(half, 1, half),
        answer(4096, half / 2, 4),
    ];
    o.see::<[&str; 5]>("what `new` says to sets larger than memory", answers);
}

fn no_memory(o: &mut Obs) {
    let ways = 1 << o.below(4);
    o.see::<&str>("more lines than fit into memory", answer(1 << 62, ways, 1));
    let lines = 1 << (3 + o.below(5));
    let (answer, _) = probe::failing_after(0, || answer(lines * 64, ways.min(8), 64));
    o.see::<&str>("what `new` says when there is no memory", answer);
}

fn no_requests(o: &mut Obs) {
    let Some(mut cache) = with_sets(o, 16, 4, 64) else {
        return;
    };
    let from = o.below(1 << 40);
    let (_, usage) = probe::process(|| {
        for step in 0..o.size() {
            cache.access(from + step * 40);
            cache.touch(from + o.below(10_000), o.below(200));
        }
    });
    let requests = usage.allocations + usage.reallocations;
    o.see::<u64>("requests for memory while there were accesses", requests);
}

fn bytes(o: &mut Obs) {
    let ways = 2 << o.below(4);
    let sets = o.size() / ways;
    let (cache, usage) = probe::process(|| with_sets(o, sets, ways, 64));
    let Some(mut cache) = cache else {
        return;
    };
    o.meter("bytes that a new cache took", usage.peak_bytes);
    let from = o.below(1 << 40);
    let (_, usage) = probe::process(|| {
        (0..o.size()).for_each(|step| {
            cache.access(from + step * 64);
        });
    });
    o.see::<i64>("bytes more that a full cache has", usage.live_bytes());
    let (_, usage) = probe::process(|| drop(with_sets(o, 4, ways, 64)));
    o.see::<i64>("bytes left when a cache was dropped", usage.live_bytes());
}

fn cost_of_sets(o: &mut Obs) {
    let sets = o.size();
    let Some(mut cache) = with_sets(o, sets, 4, 64) else {
        return;
    };
    let from = 64 * o.below(1 << 30);
    o.cost("cost of accesses", || {
        (0..200).for_each(|step| {
            cache.access(from + step * 64 * 7);
        });
    });
}

fn cost_of_time(o: &mut Obs) {
    let Some(mut cache) = with_sets(o, 8, 4, 64) else {
        return;
    };
    let from = 64 * o.below(1 << 30);
    let accesses = o.size();
    o.cost("cost of accesses", || {
        (0..accesses).for_each(|step| {
            cache.access(from + step * 64 * 7);
        });
    });
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("direct-mapped", direct_mapped),
        ("odd-sets", odd_sets),
        ("line-zero", line_zero),
        ("last-line", last_line),
        ("sweep", sweep),
        ("order", order),
        ("another-simulator", another_simulator),
        ("long", long),
        ("crossing", crossing),
        ("ends-of-lines", ends_of_lines),
        ("no-bytes", no_bytes),
        ("end-of-memory", end_of_memory),
        ("zeros", zeros),
        ("odd-lines", odd_lines),
        ("odd-sizes", odd_sizes),
        ("overflow", overflow),
        ("no-memory", no_memory),
        ("no-requests", no_requests),
        ("bytes", bytes),
        ("cost-of-sets", cost_of_sets),
        ("cost-of-time", cost_of_time),
    ])
}
