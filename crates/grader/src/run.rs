//! One case in a process of its own, and what it saw.

use crate::compile::{Flavor, LIBRARIES, Place};
use anyhow::{Context, Result};
use model::exercise::CaseLimits;
use model::quantity::parse_bytes;
use model::report::Outcome;
use obs::{Kind, Record, Records};
use runner::jail::{Grant, Profile, Right};
use runner::{Command, Exit, Limits, Signal};
use std::path::Path;
use std::time::Duration;

/// What a case saw, and how its process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// Records of kinds `See` and `Meter`, in the order written.
    pub records: Vec<Record>,
    /// How it ended: `Passed` when it came to its end.
    pub ended: Outcome,
    /// The same for a person; empty when it came to its end.
    pub how: String,
}

/// What a driver is told.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The case.
    pub case: &'a str,
    /// The seed of its inputs.
    pub seed: u64,
    /// Its size.
    pub size: u64,
}

/// A driver may write this much; what is more is a flood.
const OUTPUT: u64 = 4 << 20;

/// What the sanitizer does: leaks are counted by other means, and limits are set before it begins.
const ASAN: &str = "detect_leaks=0:abort_on_error=0:exitcode=99:color=never:disable_coredump=0";

/// Memory that the sanitizer uses for itself, freed blocks that it keeps among it.
const SANITIZER: u64 = 512 << 20;

/// Distance of a fault from the stack pointer up to which it is the stack that was left. A compiler's
/// probes touch page after page, so a real overflow lies within a page or two.
const NEAR_STACK: u64 = 64 << 10;

/// Runs one case.
///
/// # Errors
/// When the driver cannot be started, or the limits are no sizes.
pub(crate) fn case(
    driver: &Path,
    input: Input<'_>,
    limits: &CaseLimits,
    flavor: Flavor,
    place: Place<'_>,
) -> Result<Transcript> {
    let memory = parse_bytes(&limits.memory).with_context(|| format!("`{}` is no size", limits.memory))?;
    let limits = Limits {
        wall: Duration::from_secs_f64(limits.wall_seconds),
        cpu_seconds: Some(limits.cpu_seconds),
        grace: Duration::ZERO,
        address_space: None,
        // The sanitizer keeps shadows of all addresses and freed blocks: what is in use is all that can be bounded.
        data: (flavor != Flavor::Asan).then_some(memory),
        resident: (flavor == Flavor::Asan).then_some(2 * memory + SANITIZER),
        file_size: 0,
        output: OUTPUT,
        flood: OUTPUT,
        ..Limits::listing()
    };
    let command = Command::new(driver)
        .bare()
        .stdin(format!("{} {} {}\n", input.case, input.seed, input.size))
        .env("ASAN_OPTIONS", ASAN)
        // Threads would each reserve an arena of their own.
        .env("MALLOC_ARENA_MAX", "2")
        .limits(limits);
    let (profile, view) = view(driver, flavor);
    let outcome = place.room.run(&command, profile, view, place.budget)?;
    Ok(transcript(&outcome.output, &outcome.stderr, outcome.exit))
}

/// What a driver sees: itself. Under the sanitizer also libraries, and of `/proc` what its uid may read.
fn view(driver: &Path, flavor: Flavor) -> (Profile, Vec<Grant>) {
    let mut view = vec![Grant::new(driver, Right::Execute)];
    if flavor != Flavor::Asan {
        return (Profile::Run, view);
    }
    view.extend(LIBRARIES.iter().map(|path| Grant::new(path, Right::Execute)));
    view.push(Grant::new("/proc", Right::Read));
    (Profile::Sanitized, view)
}

fn transcript(output: &[u8], stderr: &[u8], exit: Exit) -> Transcript {
    let mut records = Records::new(output);
    let all: Vec<Record> = records.by_ref().collect();
    let last = all.last().cloned();
    let (ended, how) = ending(exit, last.as_ref(), !records.rest().is_empty(), stderr);
    let seen = all.into_iter().filter(|record| matches!(record.kind, Kind::See | Kind::Meter)).collect();
    Transcript { records: seen, ended, how }
}

/// How a case ended: from wait status, fault address and last record, never from what was printed.
fn ending(exit: Exit, last: Option<&Record>, foreign: bool, stderr: &[u8]) -> (Outcome, String) {
    let told = |outcome, how: String| (outcome, how);
    match (exit, last.map(|record| (record.kind, record))) {
        (Exit::Exited(0), Some((Kind::End, _))) if !foreign => (Outcome::Passed, String::new()),
        (Exit::Exited(0), _) => told(Outcome::Crash, "the process ended before the case did".into()),
        (Exit::Exited(101), Some((Kind::Panic, record))) => {
            told(Outcome::Failed, format!("it panicked: {}", record.value))
        }
        (Exit::Exited(99), _) => told(Outcome::Crash, sanitizer(stderr)),
        (Exit::Signaled(signal), Some((Kind::Fault, record))) if is_overflow(signal, record) => {
            told(Outcome::StackOverflow, format!("its stack overflowed ({signal})"))
        }
        (Exit::Signaled(signal), Some((Kind::Fault, record))) if is_want_of_memory(signal, record) => {
            told(Outcome::Memory, "it asked for more memory than it may have".into())
        }
        (Exit::Signaled(signal), _) => told(Outcome::Crash, crash(signal)),
        (Exit::TimedOut | Exit::OutOfCpu, _) => told(Outcome::Timeout, format!("it {exit}")),
        (Exit::TooMuchMemory, _) => told(Outcome::Memory, format!("it {exit}")),
        (exit, _) => told(Outcome::Crash, format!("it {exit}")),
    }
}

fn crash(signal: Signal) -> String {
    match signal.name() {
        Some("SIGSEGV" | "SIGBUS") => format!("it accessed memory that is not there ({signal})"),
        Some("SIGABRT") => format!("it aborted ({signal})"),
        _ => format!("it was killed by {signal}"),
    }
}

/// Whether a fault lies where the stack ends: near the stack pointer.
fn is_overflow(signal: Signal, fault: &Record) -> bool {
    if !matches!(signal.name(), Some("SIGSEGV" | "SIGBUS")) {
        return false;
    }
    let number = |text: &str| u64::from_str_radix(text, 16).ok();
    let Some((address, stack)) = fault.value.split_once(' ') else { return false };
    match (number(address), number(stack)) {
        (Some(address), Some(stack)) => address.abs_diff(stack) <= NEAR_STACK,
        _ => false,
    }
}

/// Whether it aborted after the allocator had refused something.
fn is_want_of_memory(signal: Signal, fault: &Record) -> bool {
    let refused = fault.value.split(' ').next().and_then(|number| u64::from_str_radix(number, 16).ok());
    signal.name() == Some("SIGABRT") && refused.is_some_and(|refused| refused > 0)
}

/// The sanitizer's own name for what it found. The verdict is its exit code; this only explains it.
fn sanitizer(stderr: &[u8]) -> String {
    let text = runner::text::printable(stderr);
    let line = text.lines().find_map(|line| line.split_once("ERROR: AddressSanitizer: "));
    let name = line.and_then(|(_, rest)| rest.split_whitespace().next()).unwrap_or("an invalid access");
    format!("AddressSanitizer found {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: Kind, value: &str) -> Record {
        Record { kind, label: "11".into(), value: value.into() }
    }

    #[test]
    fn a_case_passes_only_when_it_says_its_end_last_and_exits_with_zero() {
        let end = record(Kind::End, "");
        assert_eq!(ending(Exit::Exited(0), Some(&end), false, b"").0, Outcome::Passed);
        assert_eq!(ending(Exit::Exited(0), Some(&end), true, b"").0, Outcome::Crash);
        assert_eq!(ending(Exit::Exited(0), None, false, b"").0, Outcome::Crash);
        assert_eq!(ending(Exit::Exited(1), Some(&end), false, b"").0, Outcome::Crash);
        assert_eq!(ending(Exit::TimedOut, Some(&end), false, b"").0, Outcome::Timeout);
    }

    #[test]
    fn an_overflow_is_a_fault_near_the_stack_pointer_and_nothing_else() {
        let signal = Exit::Signaled(Signal::from_name("SIGSEGV").unwrap());
        let near = record(Kind::Fault, "00007fffff7fffe8 00007fffff800000");
        let null = record(Kind::Fault, "0000000000000008 00007fffff800000");
        assert_eq!(ending(signal, Some(&near), false, b"").0, Outcome::StackOverflow);
        assert_eq!(ending(signal, Some(&null), false, b"").0, Outcome::Crash);
        assert_eq!(ending(signal, None, false, b"has overflowed its stack").0, Outcome::Crash);
    }
}
