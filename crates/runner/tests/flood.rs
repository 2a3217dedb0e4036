//! Floods of output. Alone in its program, because it watches the memory of the whole process.

#![cfg(target_os = "linux")]

mod common;

use common::{run, shell};
use runner::{Exit, Limits};

const MIB: u64 = 1 << 20;

/// Largest resident set of this process so far.
fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("/proc is mounted");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("it has a peak");
    let number = line.trim().trim_end_matches(" kB").trim();
    number.parse::<u64>().expect("kibibytes") * 1024
}

#[test]
fn a_flood_of_output_is_capped_and_does_not_exhaust_our_memory() {
    run(&shell("echo warm-up"));
    let before = peak_bytes();

    let limits = Limits { flood: 1024 * MIB, ..Limits::listing() };
    let outcome = run(&shell("exec head -c 209715200 /dev/zero").limits(limits));
    assert_eq!(outcome.exit, Exit::Exited(0));
    assert_eq!(outcome.output.len() as u64, MIB);
    assert_eq!(outcome.dropped, 199 * MIB);

    let outcome = run(&shell("yes"));
    assert_eq!(outcome.exit, Exit::TooMuchOutput);
    assert_eq!(outcome.output.len() as u64, MIB);
    assert!(outcome.dropped >= 15 * MIB, "killed too early: {}", outcome.dropped);

    let grown = peak_bytes() - before;
    assert!(grown < 16 * MIB, "our own memory grew by {grown} bytes");
}
