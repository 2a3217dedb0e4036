//! Measures what the chapter shows: what a block costs by its size, beside the same bytes on the
//! stack; what the system's part costs; and what reading costs in both places.

use heap::work::{
    self, fill_heap, fill_stack, pair, touch_heap, touch_stack,
};
use measure::{Figures, Program, Record, Slices, Timing};
use std::hint::black_box;
use std::io;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Bytes, how often they are taken in a slice, and how: of the stack and of the heap.
type Case = (usize, u32, fn(), fn());

const PROGRAM: Program<'_> = Program {
    chapter: "heap",
    book: include_str!("../../../../data/heap.jsonl"),
};

fn main() -> io::Result<()> {
    let first = std::env::args().nth(1);
    let (out, progress) = (&mut io::stdout(), &mut io::stderr());
    PROGRAM.run(first.as_deref(), out, progress, |figures| {
        if cfg!(debug_assertions) {
            // Unoptimized code would be timed, not the allocator.
            return Ok(());
        }
        measure::pin(0);
        // Large blocks of this allocator get cheaper after the first one was
        // freed.
        pair(MIB);
        figures.step("one byte of a block")?;
        touch(figures)?;
        figures.step("every byte of a block")?;
        fill(figures)?;
        figures.step("blocks by size")?;
        pairs(figures)?;
        figures.step("reading")?;
        reads(figures)?;
        figures.step("the system")?;
        system(figures)
    })
}

/// A function, run often enough for a slice.
fn often(times: u32, act: impl Fn()) -> impl Fn() {
    move || (0..times).for_each(|_| act())
}

fn record(
    figures: &mut Figures<'_>,
    series: &str,
    bytes: usize,
    timing: &Timing,
) -> io::Result<()> {
    let record = Record::timed(series, rounded(timing.ratio));
    figures.take(record.at(bytes as u64).labeled(&size(bytes)))
}

fn touch(figures: &mut Figures<'_>) -> io::Result<()> {
    let cases: [Case; 6] = [
        (16, 10_000, touch_stack::<16>, touch_heap::<16>),
        (256, 10_000, touch_stack::<256>, touch_heap::<256>),
        (
            4 * KIB,
            10_000,
            touch_stack::<{ 4 * KIB }>,
            touch_heap::<{ 4 * KIB }>,
        ),
        (
            16 * KIB,
            5000,
            touch_stack::<{ 16 * KIB }>,
            touch_heap::<{ 16 * KIB }>,
        ),
        (
            128 * KIB,
            1000,
            touch_stack::<{ 128 * KIB }>,
            touch_heap::<{ 128 * KIB }>,
        ),
        (MIB, 200, touch_stack::<MIB>, touch_heap::<MIB>),
    ];
    for (bytes, times, on_stack, on_heap) in cases {
        let timings = Slices::new(300)
            .case("stack", often(times, on_stack))
            .case("heap", often(times, on_heap))
            .interleave();
        record(figures, "heap-over-stack-touch", bytes, &timings[1])?;
        if timings[1].ratio < 1.0 {
            let inverse = Record::timed(
                "stack-over-heap-touch",
                rounded(1.0 / timings[1].ratio),
            );
            let inverse = inverse.at(bytes as u64);
            figures.take(inverse.labeled(&size(bytes)))?;
        }
    }
    Ok(())
}

fn fill(figures: &mut Figures<'_>) -> io::Result<()> {
    let cases: [Case; 6] = [
        (16, 10_000, fill_stack::<16>, fill_heap::<16>),
        (256, 10_000, fill_stack::<256>, fill_heap::<256>),
        (
            4 * KIB,
            2000,
            fill_stack::<{ 4 * KIB }>,
            fill_heap::<{ 4 * KIB }>,
        ),
        (
            16 * KIB,
            500,
            fill_stack::<{ 16 * KIB }>,
            fill_heap::<{ 16 * KIB }>,
        ),
        (
            128 * KIB,
            50,
            fill_stack::<{ 128 * KIB }>,
            fill_heap::<{ 128 * KIB }>,
        ),
        (MIB, 5, fill_stack::<MIB>, fill_heap::<MIB>),
    ];
    for (bytes, times, on_stack, on_heap) in cases {
        let timings = Slices::new(300)
            .case("stack", often(times, on_stack))
            .case("heap", often(times, on_heap))
            .interleave();
        record(figures, "heap-over-stack-fill", bytes, &timings[1])?;
    }
    Ok(())
}

/// A block of each size, as a multiple of one of 16 bytes.
fn pairs(figures: &mut Figures<'_>) -> io::Result<()> {
    let sizes = [16, 64, 400, KIB, 4 * KIB, 64 * KIB, MIB];
    let mut slices = Slices::new(300);
    for bytes in sizes {
        slices = slices.case("pair", often(5000, move || pair(bytes)));
    }
    for (bytes, timing) in sizes.into_iter().zip(slices.interleave()) {
        record(figures, "pair-by-size", bytes, &timing)?;
    }
    Ok(())
}

/// Reading what is in both places and in the cache.
fn reads(figures: &mut Figures<'_>) -> io::Result<()> {
    // Eight copies in each region, read in turn: how the processor's cache places an array depends on
    // its address, and the minimum is that of the best placed one.
    let on_stack = black_box([const { work::Numbers([17; 1000]) }; 8]);
    let on_heap: Vec<_> =
        (0..8).map(|_| Box::new(work::Numbers([17; 1000]))).collect();
    let (mut stack_turns, mut heap_turns) =
        ((0..8).cycle(), (0..8).cycle());
    let timings = Slices::new(800)
        .case("stack", || {
            stack_turns.next().map(|turn| work::sums(&on_stack[turn].0))
        })
        .case("heap", || {
            heap_turns.next().map(|turn| work::sums(&on_heap[turn].0))
        })
        .interleave();
    let read =
        Record::timed("read-heap-over-stack", rounded(timings[1].ratio));
    figures.take(read.at(1).labeled("sum of 1000 numbers"))?;

    let on_stack = black_box(work::ring::<1024>());
    let on_heap = black_box(Box::new(work::ring::<1024>()));
    let timings = Slices::new(500)
        .case("stack", || work::follow(black_box(&on_stack), 100_000))
        .case("heap", || work::follow(black_box(&on_heap[..]), 100_000))
        .interleave();
    let read =
        Record::timed("read-heap-over-stack", rounded(timings[1].ratio));
    figures.take(read.at(2).labeled("following a ring"))
}

/// What the system does, as a multiple of a pair of 16 bytes.
#[cfg(unix)]
fn system(figures: &mut Figures<'_>) -> io::Result<()> {
    let timings = Slices::new(300)
        .case("pair", often(5000, || pair(16)))
        .case("call", often(5000, work::system_call))
        .case("mapping", often(100, || work::mapping(MIB, 0)))
        .case("page", often(100, || work::mapping(MIB, 64)))
        .interleave();
    // What remains of 64 first touches when the mapping itself is taken off.
    let pair = timings[0].minimum.as_nanos() as f64 / 5000.0;
    let per = |timing: &Timing, times: f64| {
        timing.minimum.as_nanos() as f64 / times / pair
    };
    let mapping = per(&timings[2], 100.0);
    let page = (per(&timings[3], 100.0) - mapping) / 64.0;
    let rows = [
        (1, "the smallest system call", per(&timings[1], 5000.0)),
        (2, "a new mapping, given back", mapping),
        (3, "the first touch of a page", page),
    ];
    for (x, label, ratio) in rows {
        let record = Record::timed("system-in-pairs", rounded(ratio));
        figures.take(record.at(x).labeled(label))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn system(_figures: &mut Figures<'_>) -> io::Result<()> {
    Ok(())
}

fn rounded(ratio: f64) -> f64 {
    let places = if ratio < 0.1 { 1000.0 } else { 100.0 };
    (ratio * places).round() / places
}

fn size(bytes: usize) -> String {
    match bytes {
        0..KIB => format!("{bytes} B"),
        KIB..MIB => format!("{} KiB", bytes / KIB),
        _ => format!("{} MiB", bytes / MIB),
    }
}
