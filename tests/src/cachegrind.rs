//! The reference of the exercise `cache-sim` beside simulators that others wrote, on a real program.
//!
//! One tool of valgrind writes down every access of a program to memory, another one simulates a cache on the way.
//! The accesses, put through the reference, must miss as often as the other tool says.

use anyhow::{Context, Result, bail, ensure};
use cache_sim::{Cache, Geometry};
use runner::{Command, Limits};
use std::path::{Path, PathBuf};

#[rustfmt::skip]
#[allow(dead_code, unreachable_pub)]
#[path = "../suites/cache/cache-sim/solution.rs"]
mod cache_sim;

/// The program: a whole one, with its start and its end.
const PROGRAM: &str = include_str!("cachegrind/walk.txt");
/// Caches that are compared, small enough for a small program to overflow them. Cachegrind takes only powers of two.
const GEOMETRIES: [[usize; 3]; 5] = [[1024, 1, 32], [4096, 2, 64], [8192, 4, 64], [32768, 8, 64], [2048, 32, 64]];

/// Compares the reference with cachegrind, for each geometry.
///
/// # Errors
/// When valgrind cannot be run, and when the misses differ by more than the two traces may.
pub fn agrees() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let program = compiled(folder.path())?;
    let trace = trace(&program, folder.path())?;
    ensure!(trace.len() > 100_000, "lackey saw only {} accesses", trace.len());
    for [size, ways, line] in GEOMETRIES {
        let counted = Counted::by_cachegrind(&program, [size, ways, line], folder.path())?;
        let replayed = Counted::by_reference(&trace, Geometry { size, ways, line })?;
        // They are two runs: a handful of accesses differ, like those that happen only under a condition.
        let close = |a: u64, b: u64| a.abs_diff(b) <= a / 1000;
        ensure!(close(counted.accesses, replayed.accesses), "the tools saw different runs: {counted:?}, {replayed:?}");
        ensure!(
            close(counted.misses, replayed.misses),
            "{size} bytes, {ways} ways, lines of {line}: cachegrind says {counted:?}, the reference {replayed:?}"
        );
    }
    Ok(())
}

/// What one simulator says of a run.
#[derive(Debug)]
struct Counted {
    accesses: u64,
    misses: u64,
}

impl Counted {
    /// As cachegrind counts: an access that crosses a line is one, and it misses if one of its lines does; one that
    /// reads and then writes is one as well; and none is longer than a line. The first two are in its manual, under "Cache
    /// Simulation Specifics", the third in its `cg_main.c`, where events of data are made.
    fn by_reference(trace: &[(u64, u64)], geometry: Geometry) -> Result<Self> {
        let Ok(mut cache) = Cache::new(geometry) else { bail!("the reference refuses {geometry:?}") };
        let mut misses = 0;
        for (address, bytes) in trace {
            misses += u64::from(cache.touch(*address, (*bytes).min(geometry.line as u64)) > 0);
        }
        Ok(Self { accesses: trace.len() as u64, misses })
    }

    fn by_cachegrind(program: &Path, [size, ways, line]: [usize; 3], folder: &Path) -> Result<Self> {
        let out = folder.join("cachegrind.out");
        let data = format!("--D1={size},{ways},{line}");
        // The others have lines of the same length: the shortest of them is the longest access.
        let rest = [format!("--I1=32768,8,{line}"), format!("--LL=1048576,16,{line}")];
        let target = format!("--cachegrind-out-file={}", out.display());
        let options = ["--tool=cachegrind", "--cache-sim=yes", &target, &data, &rest[0], &rest[1]];
        valgrind(&options, program)?;
        let text = fs_err::read_to_string(&out)?;
        let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        let events: Vec<&str> = line("events:").split_whitespace().collect();
        let summary: Vec<&str> = line("summary:").split_whitespace().collect();
        let count = |name: &str| -> Result<u64> {
            let place = events.iter().position(|event| *event == name);
            let count = place.and_then(|place| summary.get(place));
            Ok(count.with_context(|| format!("cachegrind's file has no {name}"))?.parse()?)
        };
        Ok(Self { accesses: count("Dr")? + count("Dw")?, misses: count("D1mr")? + count("D1mw")? })
    }
}

/// A program without libraries, so that no loader takes part.
fn compiled(folder: &Path) -> Result<PathBuf> {
    let (source, program) = (folder.join("walk.rs"), folder.join("walk"));
    fs_err::write(&source, PROGRAM)?;
    let outcome = Command::new("rustc")
        .args(["--edition=2024", "-O", "-Ctarget-feature=+crt-static", "-o"])
        .args([&program, &source])
        .cwd(crate::root())
        .limits(Limits::tool())
        .run()?;
    ensure!(outcome.exit.success(), "{}", runner::text::printable(&outcome.stderr));
    Ok(program)
}

/// Addresses and lengths of all accesses to data, in their order.
fn trace(program: &Path, folder: &Path) -> Result<Vec<(u64, u64)>> {
    let log = folder.join("trace.txt");
    let target = format!("--log-file={}", log.display());
    valgrind(&["--tool=lackey", "--trace-mem=yes", &target], program)?;
    let text = fs_err::read_to_string(&log)?;
    // ` L 1ffefffe50,8`: a load. Stores are S, and M is both. Instructions begin with `I`, remarks with `==`.
    let accesses = text.lines().filter_map(|line| line.strip_prefix(" ")?.split_once(' '));
    let access = |(_, place): (&str, &str)| {
        let (address, bytes) = place.split_once(',').with_context(|| format!("lackey wrote `{place}`"))?;
        Ok((u64::from_str_radix(address, 16)?, bytes.parse()?))
    };
    accesses.map(access).collect()
}

fn valgrind(options: &[&str], program: &Path) -> Result<()> {
    let outcome =
        Command::new("valgrind").args(options).arg(program).limits(Limits { aslr: false, ..Limits::tool() }).run()?;
    ensure!(
        outcome.exit.success(),
        "valgrind {options:?} {}:\n{}",
        outcome.exit,
        runner::text::printable(&outcome.stderr)
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::cache_sim::{Access, Cache, Geometry};

    /// Mattson, Gecsei, Slutz and Traiger (1970): a line is in a set of `ways` lines that replaces the one used longest
    /// ago if and only if fewer than `ways` other lines of the set were used since its last use.
    #[test]
    fn the_reference_hits_where_stack_distances_say_so() {
        for (ways, sets) in [(1, 1), (2, 3), (4, 8), (7, 5)] {
            let Ok(mut cache) = Cache::new(Geometry { size: ways * sets * 32, ways, line: 32 }) else {
                panic!("there is a cache of {sets} sets of {ways} lines");
            };
            let mut used: Vec<u64> = Vec::new();
            let mut random = 7_u64;
            for _ in 0..4000 {
                random = random.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
                let address = (random >> 33) % (2 * 32 * (ways * sets) as u64);
                let line = address / 32;
                let since = used.iter().rev().take_while(|other| **other != line);
                let mut others: Vec<u64> =
                    since.filter(|other| **other % sets as u64 == line % sets as u64).copied().collect();
                others.sort_unstable();
                others.dedup();
                let hit = used.contains(&line) && others.len() < ways;
                assert_eq!(cache.access(address) == Access::Hit, hit, "{ways} ways, {sets} sets, address {address}");
                used.push(line);
            }
        }
    }
}
