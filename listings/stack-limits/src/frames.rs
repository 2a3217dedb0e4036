//! How many bytes of stack one level of a recursion takes, for recursive functions
//! of the kinds that people write.
//!
//! Each function calls [`bottom`] where its recursion ends, and nowhere else, so
//! that the frame of an ordinary level is the one that it would have without the
//! measurement.

use std::cell::Cell;
use std::fmt::Write;
use std::hint::black_box;

thread_local! {
    static LOWEST: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Notes how far down the stack reaches here.
#[inline(never)]
pub fn bottom() {
    let local = 0_u8;
    let here = (&raw const local).addr();
    LOWEST.with(|lowest| lowest.set(lowest.get().min(here)));
}

/// The bytes of stack that `run` adds for each level: it is run with 8 and with 16
/// levels. `None` when the distance is not a whole number of bytes a level.
pub fn bytes_a_level(run: fn(u32)) -> Option<usize> {
    let lowest = |levels| {
        LOWEST.set(usize::MAX);
        run(black_box(levels));
        LOWEST.get()
    };
    let distance = lowest(8).checked_sub(lowest(16))?;
    distance.is_multiple_of(8).then_some(distance / 8)
}

/// A recursive function and the name under which its frame is reported.
pub struct Example {
    /// What it does, for a reader.
    pub name: &'static str,
    /// Runs it with the given number of levels.
    pub run: fn(u32),
}

/// The examples, in the order in which they are reported.
pub const EXAMPLES: [Example; 13] = [
    example("fib", |levels| {
        black_box(fib(levels));
    }),
    example("drop of a boxed list", drop_list),
    example("sum over a list", |levels| {
        black_box(sum(&list(levels)));
    }),
    example("folder sizes, for loop", |levels| {
        black_box(size_by_loop(&nested(levels)));
    }),
    example("folder sizes, iterator", |levels| {
        black_box(size_by_iterator(&nested(levels)));
    }),
    example("parser that returns a Result", |levels| {
        let list = "{".repeat(levels as usize);
        black_box(parse(&mut list.chars()))
            .expect("the list is well formed");
    }),
    example("expression evaluation", |levels| {
        let mut expression = Expression::Number(1.0);
        for _ in 0..levels {
            expression = Expression::Sum(
                Box::new(expression),
                Box::new(Expression::Number(1.0)),
            );
        }
        black_box(evaluate(&expression)).expect("nothing is divided");
    }),
    example("search in a tree, by depth", |levels| {
        let edges: Vec<Vec<usize>> =
            (1..=levels as usize).map(|next| vec![next]).collect();
        let mut seen = vec![false; edges.len() + 1];
        visit(&edges, 0, &mut seen);
    }),
    example("flood fill", |levels| {
        fill(&mut vec![false; levels as usize + 2], 1);
    }),
    example("merge sort", |levels| {
        let mut numbers: Vec<u32> = (0..1 << levels).rev().collect();
        merge_sort(&mut numbers);
        assert!(numbers.is_sorted());
    }),
    example("search with a Vec a call", |levels| {
        black_box(longest_path(&nested(levels)));
    }),
    example("text made with format!", |levels| {
        black_box(path(&nested(levels)));
    }),
    example("a buffer of 1 KiB", |levels| {
        black_box(copy(levels));
    }),
];

const fn example(name: &'static str, run: fn(u32)) -> Example {
    Example { name, run }
}

#[inline(never)]
fn fib(n: u32) -> u64 {
    if n < 2 {
        bottom();
        return n.into();
    }
    fib(n - 1) + fib(n - 2)
}

#[inline(never)]
fn merge_sort(numbers: &mut [u32]) {
    if numbers.len() < 2 {
        return bottom();
    }
    let (left, right) = numbers.split_at_mut(numbers.len() / 2);
    merge_sort(left);
    merge_sort(right);
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) =
        (left.iter().peekable(), right.iter().peekable());
    while let Some(next) = match (left.peek(), right.peek()) {
        (Some(l), Some(r)) if l > r => right.next(),
        (Some(_), _) => left.next(),
        (None, _) => right.next(),
    } {
        merged.push(*next);
    }
    numbers.copy_from_slice(&merged);
}

enum List {
    Node(u64, Box<List>),
    End(End),
}

struct End;

impl Drop for End {
    fn drop(&mut self) {
        bottom();
    }
}

fn list(length: u32) -> List {
    (0..length).fold(List::End(End), |list, number| {
        List::Node(number.into(), Box::new(list))
    })
}

fn drop_list(levels: u32) {
    drop(black_box(list(levels)));
}

#[inline(never)]
fn sum(list: &List) -> u64 {
    match list {
        List::Node(number, rest) => number.wrapping_mul(3) ^ sum(rest),
        List::End(End) => {
            bottom();
            0
        }
    }
}

struct Folder {
    bytes: u64,
    folders: Vec<Folder>,
}

/// A folder with folders in it, `levels` levels deep below it.
fn nested(levels: u32) -> Folder {
    let empty = Folder { bytes: 1, folders: Vec::new() };
    (0..levels)
        .fold(empty, |inner, _| Folder { bytes: 1, folders: vec![inner] })
}

#[inline(never)]
fn size_by_loop(folder: &Folder) -> u64 {
    if folder.folders.is_empty() {
        bottom();
    }
    let mut bytes = folder.bytes;
    for inner in &folder.folders {
        bytes += size_by_loop(inner);
    }
    bytes
}

#[inline(never)]
fn size_by_iterator(folder: &Folder) -> u64 {
    if folder.folders.is_empty() {
        bottom();
    }
    folder.bytes + folder.folders.iter().map(size_by_iterator).sum::<u64>()
}

#[inline(never)]
fn parse(list: &mut std::str::Chars<'_>) -> Result<u64, String> {
    let mut files = 0;
    loop {
        match list.next() {
            Some('{') => files += parse(list)?,
            Some(';') => files += 1,
            Some('}') => return Ok(files),
            None => {
                bottom();
                return Ok(files);
            }
            Some(other) => return Err(format!("unexpected {other:?}")),
        }
    }
}

enum Expression {
    Number(f64),
    Sum(Box<Expression>, Box<Expression>),
}

#[inline(never)]
fn evaluate(expression: &Expression) -> Result<f64, String> {
    match expression {
        Expression::Number(number) => {
            bottom();
            Ok(*number)
        }
        Expression::Sum(left, right) => {
            let sum = evaluate(left)? + evaluate(right)?;
            if sum.is_finite() {
                Ok(sum)
            } else {
                Err(format!("{sum} is too large"))
            }
        }
    }
}

#[inline(never)]
fn visit(edges: &[Vec<usize>], node: usize, seen: &mut [bool]) {
    if std::mem::replace(&mut seen[node], true) {
        return;
    }
    let Some(next) = edges.get(node) else {
        return bottom();
    };
    for &node in next {
        visit(edges, node, seen);
    }
}

/// Fills a row of cells in both directions, beginning at cell 1; the outermost are
/// walls.
#[inline(never)]
fn fill(cells: &mut [bool], at: usize) {
    if at == 0 || at + 1 == cells.len() {
        return bottom();
    }
    if std::mem::replace(&mut cells[at], true) {
        return;
    }
    fill(cells, at + 1);
    fill(cells, at - 1);
}

#[inline(never)]
fn longest_path(folder: &Folder) -> usize {
    let mut lengths: Vec<usize> =
        folder.folders.iter().map(longest_path).collect();
    lengths.sort_unstable();
    match lengths.last() {
        Some(longest) => longest + 1,
        None => {
            bottom();
            1
        }
    }
}

#[inline(never)]
fn path(folder: &Folder) -> String {
    let mut text = format!("{}/", folder.bytes);
    match folder.folders.first() {
        Some(inner) => write!(text, "{}", path(inner))
            .expect("a String takes all text"),
        None => bottom(),
    }
    text
}

#[inline(never)]
fn copy(levels: u32) -> u32 {
    let mut buffer = [0_u8; 1024];
    black_box(&mut buffer);
    let below = if levels == 0 {
        bottom();
        0
    } else {
        copy(levels - 1)
    };
    below + u32::from(black_box(&buffer)[0])
}

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, bottom, bytes_a_level};
    use std::hint::black_box;

    fn keeps<const N: usize>(levels: u32) {
        let mut kept = [0_u8; N];
        black_box(&mut kept);
        if levels == 0 {
            bottom();
        } else {
            keeps::<N>(levels - 1);
        }
        black_box(&kept);
    }

    #[test]
    fn a_level_that_keeps_more_takes_that_much_more() {
        let small = bytes_a_level(keeps::<256>).unwrap();
        let large = bytes_a_level(keeps::<768>).unwrap();
        assert!(small >= 256);
        assert_eq!(large - small, 512);
    }

    #[test]
    fn every_example_takes_whole_words_of_stack_a_level() {
        for example in EXAMPLES {
            let bytes = bytes_a_level(example.run);
            assert!(
                bytes.is_some_and(|bytes| bytes % 8 == 0),
                "{}: {bytes:?}",
                example.name
            );
        }
    }
}
