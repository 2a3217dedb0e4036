//! Measures what the chapter shows: what each pattern saves in time and where it loses, and how often the
//! ratios that the chapter asserts kept their bounds. With the feature `allocators` it compares those, too.

use measure::{Figures, Program, Record};
use patterns::ratios::{self, RATIOS};
use std::io;
use std::process::Command;

/// How often the asserted ratios are taken, each time in a new process.
const RUNS: usize = 20;

const PROGRAM: Program<'_> = Program {
    chapter: "patterns",
    book: include_str!("../../../../data/patterns.jsonl"),
};

fn main() -> io::Result<()> {
    let first = std::env::args().nth(1);
    if first.as_deref() == Some("ratios") {
        for (_, _, take) in RATIOS {
            println!("{}", take());
        }
        return Ok(());
    }
    let (out, progress) = (&mut io::stdout(), &mut io::stderr());
    PROGRAM.run(first.as_deref(), out, progress, |figures| {
        if cfg!(debug_assertions) {
            // Unoptimized code would be timed, not the patterns.
            return Ok(());
        }
        figures.step("the asserted ratios, twenty times")?;
        held(figures)?;
        // After the children, which start on any core.
        measure::pin(0);
        figures.step("growing vectors, copies and small lists")?;
        requests(figures)?;
        figures.step("trees")?;
        trees(figures)?;
        figures.step("boxes, enums and owners")?;
        loops(figures)?;
        allocators::compare(figures)
    })
}

fn timed(
    figures: &mut Figures<'_>,
    series: &str,
    x: usize,
    ratio: f64,
    label: &str,
) -> io::Result<()> {
    let places = if ratio < 10.0 { 100.0 } else { 10.0 };
    let ratio = (ratio * places).round() / places;
    figures.take(Record::timed(series, ratio).at(x as u64).labeled(label))
}

fn held(figures: &mut Figures<'_>) -> io::Result<()> {
    let program = std::env::current_exe()?;
    let mut runs: Vec<Vec<f64>> = Vec::new();
    for _ in 0..RUNS {
        let child = Command::new(&program).arg("ratios").output()?;
        let text = String::from_utf8_lossy(&child.stdout).into_owned();
        let numbers: Vec<f64> =
            text.lines().filter_map(|line| line.parse().ok()).collect();
        if numbers.len() != RATIOS.len() {
            let said = String::from_utf8_lossy(&child.stderr).into_owned();
            return Err(io::Error::other(said));
        }
        runs.push(numbers);
    }
    for (at, (name, bound, _)) in RATIOS.into_iter().enumerate() {
        let column = || runs.iter().map(|run| run[at]);
        let kept = column().filter(|ratio| *ratio >= bound).count();
        let x = at + 1;
        let record = Record::counted("runs-that-held", kept as u64, "runs");
        figures.take(record.at(x as u64).labeled(name))?;
        let least = column().fold(f64::INFINITY, f64::min);
        timed(figures, "smallest-of-runs", x, least, name)?;
        let most = column().fold(0.0, f64::max);
        timed(figures, "largest-of-runs", x, most, name)?;
    }
    Ok(())
}

fn requests(figures: &mut Figures<'_>) -> io::Result<()> {
    for count in [10, 100, 1000, 10_000, 100_000] {
        let ratio = ratios::growing(count as u64);
        let label = count.to_string();
        timed(figures, "growing-over-reserved", count, ratio, &label)?;
    }
    let ratio = ratios::format_over_write();
    timed(figures, "format-over-write", 100, ratio, "100 lines")?;
    for bytes in [16, 64, 256, 1024, 4096, 16_384] {
        let [_, cloned, kept] = ratios::copies(bytes);
        let label = bytes.to_string();
        timed(figures, "clone-over-borrow", bytes, cloned, &label)?;
        timed(figures, "kept-over-borrow", bytes, kept, &label)?;
    }
    for tags in [1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 16] {
        let [_, reserved, small] = ratios::tags(tags);
        let (x, label) = (tags as usize, tags.to_string());
        timed(figures, "reserved-over-growing", x, reserved, &label)?;
        timed(figures, "small-over-growing", x, small, &label)?;
    }
    let ratio = ratios::moved();
    timed(figures, "moved-small-over-vector", 64, ratio, "room for 64")
}

fn trees(figures: &mut Figures<'_>) -> io::Result<()> {
    for levels in [5, 10, 15, 18] {
        let nodes = (1 << levels) - 1;
        let ratio = ratios::boxes_over_arena(levels);
        let label = format!("{nodes} nodes");
        timed(figures, "boxes-over-arena", nodes, ratio, &label)?;
    }
    Ok(())
}

fn loops(figures: &mut Figures<'_>) -> io::Result<()> {
    for count in [1000, 3000, 10_000, 30_000, 100_000, 300_000] {
        let [_, random, boxed, both] = ratios::loops(count);
        let label = count.to_string();
        timed(figures, "enum-at-random", count, random, &label)?;
        timed(figures, "boxed-in-order", count, boxed, &label)?;
        timed(figures, "boxed-at-random", count, both, &label)?;
    }
    let [string, _, arc] = ratios::owners();
    timed(figures, "clone-over-rc", 1, string, "a String")?;
    timed(figures, "clone-over-rc", 2, arc, "an Arc")
}

#[cfg(not(feature = "allocators"))]
mod allocators {
    use measure::Figures;
    use std::io;

    /// Nothing: other allocators are built only for those who ask.
    pub(super) fn compare(_figures: &mut Figures<'_>) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "allocators")]
mod allocators {
    use super::timed;
    use measure::{Figures, Slices};
    use mimalloc::MiMalloc;
    use patterns::blocks::{batch, pairs, sizes};
    use std::alloc::System;
    use std::io;
    use tikv_jemallocator::Jemalloc;

    /// The same requests to three allocators of one process, each as a multiple of the system's.
    pub(super) fn compare(figures: &mut Figures<'_>) -> io::Result<()> {
        figures.step("three allocators")?;
        for (x, name, bytes) in [
            (1, "one of 64 bytes", 64),
            (2, "one of 4 KiB", 4096),
            (3, "one of 64 KiB", 65_536),
        ] {
            let timings = Slices::new(300)
                .case("system", || pairs(&System, bytes, 2000))
                .case("mimalloc", || pairs(&MiMalloc, bytes, 2000))
                .case("jemalloc", || pairs(&Jemalloc, bytes, 2000))
                .interleave();
            timed(figures, "mimalloc", x, timings[1].ratio, name)?;
            timed(figures, "jemalloc", x, timings[2].ratio, name)?;
        }
        for (x, name, most) in [
            (4, "1000 of 64 bytes", 64),
            (5, "1000 of 8 to 512 bytes", 512),
        ] {
            let (sizes, order) = sizes(1000, most);
            let timings = Slices::new(300)
                .case("system", || batch(&System, &sizes, &order))
                .case("mimalloc", || batch(&MiMalloc, &sizes, &order))
                .case("jemalloc", || batch(&Jemalloc, &sizes, &order))
                .interleave();
            timed(figures, "mimalloc", x, timings[1].ratio, name)?;
            timed(figures, "jemalloc", x, timings[2].ratio, name)?;
        }
        Ok(())
    }
}
