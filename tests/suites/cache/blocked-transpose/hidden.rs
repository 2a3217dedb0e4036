//! Cases for `blocked-transpose`: values, misses in a simulated cache, and memory.

use blocked_transpose::{Matrix, transpose};
use obs::Obs;
use std::cell::Cell;

const SMALL_STACK: usize = 64 * 1024;
/// Bytes of an element, and of a line of the simulated cache.
const ELEMENT: usize = 8;
const LINE: usize = 64;
const WAYS: usize = 4;
const SETS: usize = 8192 / LINE / WAYS;
/// No line has this number.
const EMPTY: usize = usize::MAX;

/// The lines in each set, the one used last in front.
struct Cache {
    sets: [Cell<[usize; WAYS]>; SETS],
    misses: Cell<u64>,
}

impl Cache {
    fn new() -> Self {
        Self {
            sets: [const { Cell::new([EMPTY; WAYS]) }; SETS],
            misses: Cell::new(0),
        }
    }

    fn access(&self, address: usize) {
        let line = address / LINE;
        let set = &self.sets[line % SETS];
        let mut lines = set.get();
        let found = lines.iter().position(|known| *known == line);
        if found.is_none() {
            self.misses.set(self.misses.get() + 1);
        }
        lines[..=found.unwrap_or(WAYS - 1)].rotate_right(1);
        lines[0] = line;
        set.set(lines);
    }
}

/// A matrix whose accesses go through a cache. What lies outside of it ends the case.
struct Traced<'a> {
    cache: &'a Cache,
    begin: usize,
    rows: usize,
    columns: usize,
    elements: Vec<u64>,
}

impl Traced<'_> {
    fn place(&self, row: usize, column: usize) -> usize {
        if row >= self.rows || column >= self.columns {
            panic!("there is no element in row {row} and column {column}");
        }
        let place = row * self.columns + column;
        self.cache.access(self.begin + ELEMENT * place);
        place
    }
}

impl Matrix for Traced<'_> {
    fn rows(&self) -> usize {
        self.rows
    }

    fn columns(&self) -> usize {
        self.columns
    }

    fn get(&self, row: usize, column: usize) -> u64 {
        self.elements[self.place(row, column)]
    }

    fn set(&mut self, row: usize, column: usize, value: u64) {
        let place = self.place(row, column);
        self.elements[place] = value;
    }
}

/// A matrix of random elements, and room for its transposition.
fn pair<'a>(
    o: &mut Obs,
    cache: &'a Cache,
    rows: usize,
    columns: usize,
) -> (Traced<'a>, Traced<'a>) {
    let begin = (1 << 24) + LINE * o.below(100) as usize;
    let size = rows * columns;
    let source = Traced {
        cache,
        begin,
        rows,
        columns,
        elements: (0..size).map(|_| o.below(1 << 30)).collect(),
    };
    let target = Traced {
        cache,
        begin: 4 * begin,
        rows: columns,
        columns: rows,
        elements: vec![u64::MAX; size],
    };
    (source, target)
}

fn see_values(o: &mut Obs, rows: usize, columns: usize) {
    let cache = Cache::new();
    let (source, mut target) = pair(o, &cache, rows, columns);
    transpose(&source, &mut target);
    o.see::<Vec<u64>>("the elements of the target", target.elements);
}

fn squares(o: &mut Obs) {
    for side in [2, 8, 16, 24] {
        see_values(o, side, side);
    }
}

fn shapes(o: &mut Obs) {
    for _ in 0..o.size() {
        let (rows, columns) = (1 + o.below(40) as usize, 1 + o.below(40) as usize);
        see_values(o, rows, columns);
    }
}

fn corners(o: &mut Obs) {
    for side in [8, 16] {
        let (down, across) = (1 + o.below(7) as usize, 1 + o.below(7) as usize);
        see_values(o, side + down, side + across);
    }
}

fn almost_nothing(o: &mut Obs) {
    let some = 1 + o.below(20) as usize;
    for (rows, columns) in [(1, 1), (1, some), (some, 1), (0, some), (some, 0), (0, 0)] {
        see_values(o, rows, columns);
    }
}

fn meter_misses(o: &mut Obs, rows: usize, columns: usize) {
    let cache = Cache::new();
    let (source, mut target) = pair(o, &cache, rows, columns);
    transpose(&source, &mut target);
    let moved =
        (0..rows).all(|row| target.elements[row] == source.elements[row * columns]);
    o.see::<bool>("whether the first column became the first row", moved);
    o.meter("misses", cache.misses.get());
}

/// A number of whole lines that is odd, so that the lines of a column lie in all sets.
fn whole_lines(o: &mut Obs, about: u64) -> usize {
    let lines = about / 8 + o.below(5);
    8 * (lines | 1) as usize
}

fn large(o: &mut Obs) {
    let size = o.size();
    let (rows, columns) = (whole_lines(o, size), whole_lines(o, size));
    meter_misses(o, rows, columns);
}

fn uneven(o: &mut Obs) {
    let size = o.size();
    let rows = whole_lines(o, size) + 1 + o.below(7) as usize;
    let columns = whole_lines(o, size) + 1 + o.below(7) as usize;
    meter_misses(o, rows, columns);
}

fn wide(o: &mut Obs) {
    let rows = 5 + o.below(3) as usize;
    let columns = 3000 + o.below(500) as usize;
    meter_misses(o, rows, columns);
}

fn tall(o: &mut Obs) {
    let rows = 3000 + o.below(500) as usize;
    let columns = 5 + o.below(3) as usize;
    meter_misses(o, rows, columns);
}

fn even_square(o: &mut Obs) {
    let side = o.size() as usize;
    meter_misses(o, side, side);
}

fn even_rows(o: &mut Obs) {
    let columns = 8 * (3 + o.below(4) as usize);
    meter_misses(o, 512, columns);
}

fn no_requests(o: &mut Obs) {
    let cache = Cache::new();
    let (rows, columns) = (20 + o.below(40) as usize, 20 + o.below(40) as usize);
    let (source, mut target) = pair(o, &cache, rows, columns);
    let (_, usage) = probe::process(|| transpose(&source, &mut target));
    o.see::<u64>("blocks that were asked for", usage.allocations);
}

fn small_stack(o: &mut Obs) {
    let size = o.size();
    let (rows, columns) = (whole_lines(o, size), whole_lines(o, size));
    let first: Vec<u64> = (0..rows).map(|_| o.below(1 << 30)).collect();
    let seen = probe::with_stack(SMALL_STACK, move || {
        let cache = Cache::new();
        let mut elements = vec![0; rows * columns];
        (0..rows).for_each(|row| elements[row * columns] = first[row]);
        let source = Traced {
            cache: &cache,
            begin: 1 << 20,
            rows,
            columns,
            elements,
        };
        let mut target = Traced {
            cache: &cache,
            begin: 1 << 24,
            rows: columns,
            columns: rows,
            elements: vec![1; rows * columns],
        };
        transpose(&source, &mut target);
        target.elements.iter().sum::<u64>()
    });
    o.see::<u64>(
        "the sum of a large matrix transposed in a small stack",
        seen,
    );
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::main(&[
        ("squares", squares),
        ("shapes", shapes),
        ("corners", corners),
        ("almost-nothing", almost_nothing),
        ("large", large),
        ("uneven", uneven),
        ("wide", wide),
        ("tall", tall),
        ("even-small", even_square),
        ("even-large", even_square),
        ("even-rows", even_rows),
        ("no-requests", no_requests),
        ("small-stack", small_stack),
    ])
}
