//! The ratios of times that this chapter asserts. Each has a bound that it must keep on any machine, and
//! the bound is far from what was measured.

use crate::items::{self, kinds_at_random, kinds_sorted};
use crate::trees::{Boxed, InArena};
use crate::work;
use bumpalo::Bump;
use measure::Slices;
use smallvec::SmallVec;
use std::hint::black_box;
use std::rc::Rc;
use std::sync::Arc;

/// What is compared, the least that the ratio must be, and how it is taken.
pub type Ratio = (&'static str, f64, fn() -> f64);

/// All of them.
pub const RATIOS: [Ratio; 11] = [
    ("10 pushes, growing over reserved", 2.0, || growing(10)),
    ("format! over write!", 1.2, format_over_write),
    ("clone over borrow, 16 bytes", 3.0, || clone_over_borrow(16)),
    ("clone over borrow, 4096 bytes", 10.0, || clone_over_borrow(4096)),
    ("Vec over SmallVec, 4 tags", 1.2, || 1.0 / tags(4)[2]),
    ("SmallVec over reserved Vec, 9 tags", 1.05, || {
        let [_, reserved, small] = tags(9);
        small / reserved
    }),
    ("SmallVec of 64 over Vec, moved", 1.5, moved),
    ("boxes over arena, 1023 nodes", 2.5, || boxes_over_arena(10)),
    ("boxed over enum, one kind", 1.3, boxed_over_enum),
    ("enum, 100,000 at random over sorted", 2.0, random_over_sorted),
    ("Arc over Rc, cloned and dropped", 1.5, || owners()[2]),
];

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

fn often<R>(times: u32, act: impl Fn() -> R) -> impl Fn() {
    move || {
        for _ in 0..times {
            black_box(act());
        }
    }
}

/// Pushing `count` numbers into a vector that grows, over one with room.
#[must_use]
pub fn growing(count: u64) -> f64 {
    let times = u32::try_from(20_000 / count).unwrap_or(0).max(1);
    over(
        200,
        often(times, || work::push(count, 0)),
        often(times, || work::push(count, count as usize)),
    )
}

/// A hundred lines, formatted into strings of their own, over written at once.
#[must_use]
pub fn format_over_write() -> f64 {
    over(200, often(20, work::formatted), often(20, work::written))
}

fn clone_over_borrow(bytes: usize) -> f64 {
    copies(bytes)[1]
}

/// Looking at a text of so many bytes: borrowed, cloned, and copied into a string that is kept. Each as
/// a multiple of the first.
#[must_use]
pub fn copies(bytes: usize) -> [f64; 3] {
    let text = "x".repeat(bytes);
    let mut kept = text.clone();
    let timings = Slices::new(200)
        .case("borrow", often(1000, || work::look(&text)))
        .case("clone", often(1000, || work::look_at_copy(&text)))
        .case("kept", || {
            for _ in 0..1000 {
                work::look_at_kept(&text, &mut kept);
            }
        })
        .interleave();
    [0, 1, 2].map(|case| timings[case].ratio)
}

/// A list of so many tags in a vector that grows, one that asked once, and a small one. Each as a
/// multiple of the first.
#[must_use]
pub fn tags(count: u32) -> [f64; 3] {
    let timings = Slices::new(200)
        .case("growing", often(2000, || work::grown_tags(count)))
        .case("reserved", often(2000, || work::reserved_tags(count)))
        .case("small", often(2000, || work::small_tags(count)))
        .interleave();
    [0, 1, 2].map(|case| timings[case].ratio)
}

/// Turning round a list of a thousand lists: small ones with room for 64 numbers, over vectors.
#[must_use]
pub fn moved() -> f64 {
    let mut vectors = vec![vec![1_u32; 8]; 1000];
    let mut small: Vec<SmallVec<[u32; 64]>> =
        vectors.iter().map(|tags| SmallVec::from_slice(tags)).collect();
    over(
        200,
        || black_box(&mut small).reverse(),
        || black_box(&mut vectors).reverse(),
    )
}

/// Building and dropping a tree of so many levels, in boxes over in an arena that is used again.
#[must_use]
pub fn boxes_over_arena(levels: u32) -> f64 {
    let mut arena = Bump::new();
    let rounds = if levels > 12 { 20 } else { 200 };
    over(
        rounds,
        || drop(black_box(Boxed::tree(levels))),
        || {
            black_box(InArena::tree(&arena, levels));
            arena.reset();
        },
    )
}

fn boxed_over_enum() -> f64 {
    let kinds = vec![0; 1000];
    let (boxes, items) = (items::boxed(&kinds), items::together(&kinds));
    over(
        200,
        often(50, || items::sum_boxed(&boxes)),
        often(50, || items::sum(&items)),
    )
}

fn random_over_sorted() -> f64 {
    let [sorted, random, ..] = loops(100_000);
    random / sorted
}

/// The lines of so many items: in an enum, sorted and at random, then boxed, sorted and at random. Each
/// as a multiple of the first.
#[must_use]
pub fn loops(count: usize) -> [f64; 4] {
    let (sorted, random) = (kinds_sorted(count), kinds_at_random(count));
    let items = [&sorted, &random].map(|kinds| items::together(kinds));
    let boxes = [&sorted, &random].map(|kinds| items::boxed(kinds));
    let timings = Slices::new(200)
        .case("sorted", || items::sum(&items[0]))
        .case("random", || items::sum(&items[1]))
        .case("boxed", || items::sum_boxed(&boxes[0]))
        .case("boxed, random", || items::sum_boxed(&boxes[1]))
        .interleave();
    [0, 1, 2, 3].map(|case| timings[case].ratio)
}

/// Taking and giving back a text: cloned, as an `Rc`, as an `Arc`. The clone as a multiple of `Rc`, then
/// `Rc`, which is 1, and `Arc`.
#[must_use]
pub fn owners() -> [f64; 3] {
    let text = String::from("Ada Lovelace");
    let rc: Rc<str> = Rc::from("Ada Lovelace");
    let arc: Arc<str> = Arc::from("Ada Lovelace");
    let timings = Slices::new(200)
        .case("Rc", often(5000, || black_box(&rc).clone()))
        .case("String", often(5000, || black_box(&text).clone()))
        .case("Arc", often(5000, || black_box(&arc).clone()))
        .interleave();
    [1, 0, 2].map(|case| timings[case].ratio)
}
