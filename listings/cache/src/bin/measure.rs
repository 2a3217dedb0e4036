//! Measures what the chapter shows: how far each part of the memory is, what order and layout cost, and
//! how often the ratios that the chapter asserts kept their bounds.

use cache::lists;
use cache::maps;
use cache::model::{counted, measured};
use cache::ratios::{self, RATIOS, over, walk, walkers};
use cache::rings::{
    Place, follow, random_ring, spaced_ring, straight_ring,
};
use cache::stations;
use measure::{Figures, Program, Record, Slices};
use std::hint::black_box;
use std::io;
use std::process::Command;
use std::time::Instant;

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// Lines of the cache in a KiB.
const LINES: usize = KIB / 64;

/// How often the asserted ratios are taken, each time in a new process.
const RUNS: usize = 20;

const PROGRAM: Program<'_> = Program {
    chapter: "cache",
    book: include_str!("../../../../data/cache.jsonl"),
};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["model", "stride", bytes] => {
            model_stride(number(bytes));
            return Ok(());
        }
        ["model", "set", lines, apart] => {
            model_set(number(lines), number(apart));
            return Ok(());
        }
        ["ratios"] => {
            all_ratios();
            return Ok(());
        }
        _ => {}
    }
    let first = arguments.first().map(String::as_str);
    let (out, progress) = (&mut io::stdout(), &mut io::stderr());
    PROGRAM.run(first, out, progress, |figures| {
        if cfg!(debug_assertions) {
            // Unoptimized code would be timed, not the memory.
            return Ok(());
        }
        described(figures)?;
        figures.step("misses of the model")?;
        model(figures)?;
        figures.step("the asserted ratios, twenty times")?;
        held(figures)?;
        // After the children, which start on any core.
        measure::pin(0);
        figures.step("the staircase")?;
        staircase(figures)?;
        figures.step("maps by rows and by columns")?;
        columns(figures)?;
        figures.step("records and fields")?;
        records(figures)?;
        figures.step("vectors and lists")?;
        readings(figures)?;
        figures.step("lines that share a set")?;
        sets(figures)?;
        figures.step("lines that share a page")?;
        pages(figures)?;
        figures.step("several walkers")?;
        many_walkers(figures)
    })
}

fn number(text: &str) -> usize {
    text.parse().expect("the parent gives numbers")
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

fn model_stride(stride: usize) {
    let mut bytes = vec![1; MIB];
    measured(&mut || maps::touch(&mut bytes, stride));
}

fn model_set(lines: usize, apart: usize) {
    let ring = spaced_ring(lines, apart / 64, 1);
    let at = follow(&ring, 0, lines);
    measured(&mut || {
        black_box(follow(&ring, at, 10_000));
    });
}

/// What the system says of the caches.
fn described(figures: &mut Figures<'_>) -> io::Result<()> {
    for cache in measure::caches() {
        let bytes = Record::counted("cache-bytes", cache.bytes, "bytes");
        figures.take(bytes.at(cache.level))?;
        let ways = Record::counted("cache-ways", cache.ways, "ways");
        figures.take(ways.at(cache.level))?;
    }
    Ok(())
}

/// Simulated misses; none where valgrind is not installed.
fn model(figures: &mut Figures<'_>) -> io::Result<()> {
    for stride in [1_usize, 2, 4, 8, 16, 32, 64, 128, 256, 512] {
        let args = ["model", "stride", &stride.to_string()];
        let Some(counts) = counted(&args)? else { return Ok(()) };
        let per_kib = counts.first as f64 / KIB as f64;
        let per_kib = (per_kib * 100.0).round() / 100.0;
        let record =
            Record::simulated("misses-by-stride", per_kib, "misses");
        let label = format!("{stride} B");
        figures.take(record.at(stride as u64).labeled(&label))?;
    }
    for (series, apart) in
        [("model-same-set", "4096"), ("model-many-sets", "4160")]
    {
        for lines in 4..=16_usize {
            let args = ["model", "set", &lines.to_string(), apart];
            let Some(counts) = counted(&args)? else { return Ok(()) };
            let per_hop = counts.first as f64 / 10_000.0;
            let per_hop = (per_hop * 100.0).round() / 100.0;
            let record = Record::simulated(series, per_hop, "misses");
            figures.take(record.at(lines as u64))?;
        }
    }
    Ok(())
}

/// In the child: each ratio once, and two ways to time one walk.
fn all_ratios() {
    for (_, _, take) in RATIOS {
        println!("{}", take());
    }
    // A walk that stays in the second cache, timed on average and at best.
    let ring = random_ring(256 * LINES, 1);
    let mut walk = walk(&ring);
    let times: Vec<f64> = (0..100)
        .map(|_| {
            let start = Instant::now();
            walk();
            start.elapsed().as_secs_f64()
        })
        .collect();
    println!("{}", times.iter().sum::<f64>() / 100.0);
    println!("{}", times.iter().copied().fold(f64::INFINITY, f64::min));
}

fn held(figures: &mut Figures<'_>) -> io::Result<()> {
    let program = std::env::current_exe()?;
    let mut runs: Vec<Vec<f64>> = Vec::new();
    for _ in 0..RUNS {
        let child = Command::new(&program).arg("ratios").output()?;
        let text = String::from_utf8_lossy(&child.stdout).into_owned();
        let numbers: Vec<f64> =
            text.lines().filter_map(|line| line.parse().ok()).collect();
        if numbers.len() != RATIOS.len() + 2 {
            let said = String::from_utf8_lossy(&child.stderr).into_owned();
            return Err(io::Error::other(said));
        }
        runs.push(numbers);
    }
    let column = |at: usize| runs.iter().map(move |run| run[at]);
    let least = |at| column(at).fold(f64::INFINITY, f64::min);
    let most = |at| column(at).fold(0.0, f64::max);
    for (at, (name, bound, _)) in RATIOS.into_iter().enumerate() {
        let kept = column(at).filter(|&ratio| bound.holds(ratio)).count();
        let x = at + 1;
        let record = Record::counted("runs-that-held", kept as u64, "runs");
        figures.take(record.at(x as u64).labeled(name))?;
        timed(figures, "smallest-of-runs", x, least(at), name)?;
        timed(figures, "largest-of-runs", x, most(at), name)?;
    }
    for (at, name) in ["mean", "shortest"].into_iter().enumerate() {
        let column = RATIOS.len() + at;
        let spread = most(column) / least(column);
        timed(figures, "spread-of-statistic", at + 1, spread, name)?;
    }
    Ok(())
}

fn staircase(figures: &mut Figures<'_>) -> io::Result<()> {
    let kib = [
        4, 8, 16, 32, 48, 64, 128, 256, 512, 1024, 1536, 2048, 4096, 8192,
        16_384, 32_768, 65_536, 131_072, 262_144,
    ];
    let near = random_ring(4 * LINES, 1);
    // Four sweeps, and the best of each size: whoever else uses the machine takes lines of a ring away,
    // and may do so for as long as one sweep lasts.
    let mut best = [f64::INFINITY; 19];
    for _ in 0..4 {
        for (size, best) in kib.into_iter().zip(&mut best) {
            let far = random_ring(size * LINES, 1);
            let rounds = if size <= 8192 { 200 } else { 40 };
            *best = over(rounds, walk(&far), walk(&near)).min(*best);
        }
    }
    for (size, ratio) in kib.into_iter().zip(best) {
        timed(figures, "staircase", size * KIB, ratio, &label(size))?;
    }
    for size in [16, 256, 4096, 65_536] {
        let far = random_ring(size * LINES, 1);
        let ratio = over(80, walk(&far), || {
            (0..20_000).fold(0_u64, |sum, _| sum + black_box(3))
        });
        timed(
            figures,
            "hop-in-additions",
            size * KIB,
            ratio,
            &label(size),
        )?;
    }
    Ok(())
}

fn label(kib: usize) -> String {
    match kib {
        0..1024 => format!("{kib} KiB"),
        _ if kib.is_multiple_of(1024) => format!("{} MiB", kib / 1024),
        _ => format!("{:.1} MiB", kib as f64 / 1024.0),
    }
}

fn columns(figures: &mut Figures<'_>) -> io::Result<()> {
    for width in [64, 256, 512, 1000, 1024, 2000, 2048, 4000, 4096] {
        let map = maps::map(width);
        let rounds = if width > 1024 { 30 } else { 200 };
        let ratio = over(
            rounds,
            || maps::by_columns(&map, width),
            || maps::by_rows(&map, width),
        );
        let label = width.to_string();
        timed(figures, "columns-over-rows", width, ratio, &label)?;
    }
    let ratio = ratios::every_over_eighth();
    timed(figures, "every-over-eighth", 16 * MIB, ratio, "16 MiB")
}

fn records(figures: &mut Figures<'_>) -> io::Result<()> {
    for count in [1000, 10_000, 100_000, 1_000_000] {
        let records = stations::records(count);
        let fields = stations::fields(count);
        let ratio = over(
            100,
            || stations::rain_of_records(&records),
            || stations::rain_of_fields(&fields),
        );
        let label = count.to_string();
        timed(figures, "records-over-fields", count, ratio, &label)?;
    }
    Ok(())
}

fn readings(figures: &mut Figures<'_>) -> io::Result<()> {
    for count in [1000, 10_000, 100_000, 1_000_000] {
        let vector = lists::vector(count);
        let list = lists::list(count);
        let shuffled = lists::shuffled_list(count);
        let timings = Slices::new(if count > 100_000 { 20 } else { 200 })
            .case("vector", || lists::sum(&vector))
            .case("list", || lists::sum(&list))
            .case("shuffled", || lists::sum(&shuffled))
            .interleave();
        let label = count.to_string();
        let [list, shuffled] = [timings[1].ratio, timings[2].ratio];
        timed(figures, "list-over-vector", count, list, &label)?;
        timed(figures, "shuffled-over-vector", count, shuffled, &label)?;
    }
    Ok(())
}

fn sets(figures: &mut Figures<'_>) -> io::Result<()> {
    for (series, stride) in
        [("hops-in-one-set", 64), ("hops-in-many-sets", 65)]
    {
        let few = spaced_ring(4, stride, 1);
        for count in 4..=16 {
            let ring = spaced_ring(count, stride, 1);
            let ratio = over(500, walk(&ring), walk(&few));
            let label = count.to_string();
            timed(figures, series, count, ratio, &label)?;
        }
    }
    Ok(())
}

fn pages(figures: &mut Figures<'_>) -> io::Result<()> {
    let near = random_ring(64, 1);
    for power in 5..=14 {
        let count = 1 << power;
        let label = count.to_string();
        let spread = spaced_ring(count, 65, 1);
        let ratio = over(300, walk(&spread), walk(&near));
        timed(figures, "a-page-each", count, ratio, &label)?;
        let packed = random_ring(count, 1);
        let ratio = over(300, walk(&packed), walk(&near));
        timed(figures, "packed", count, ratio, &label)?;
    }
    Ok(())
}

fn many_walkers(figures: &mut Figures<'_>) -> io::Result<()> {
    let ring: Vec<Place> = random_ring(64 * KIB * LINES, 1);
    let straight = straight_ring(64 * KIB * LINES);
    let timings = Slices::new(100)
        .case("1", walk(&ring))
        .case("2", walkers::<2>(&ring))
        .case("4", walkers::<4>(&ring))
        .case("8", walkers::<8>(&ring))
        .case("16", walkers::<16>(&ring))
        .case("32", walkers::<32>(&ring))
        .interleave();
    for timing in timings {
        let count = number(&timing.name);
        let times = 1.0 / timing.ratio;
        timed(figures, "one-over-walkers", count, times, &timing.name)?;
    }
    let ratio = over(40, walk(&ring), walk(&straight));
    timed(figures, "random-over-straight", 64 * MIB, ratio, "64 MiB")?;
    let rounds = ratios::rounds_of_sharing();
    for (x, name, at) in
        [(1, "4th smallest", 3), (2, "middle", 7), (3, "4th largest", 11)]
    {
        timed(figures, "one-line-over-two", x, rounds[at], name)?;
    }
    Ok(())
}
