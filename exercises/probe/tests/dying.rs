//! What kills a process, shown on a child: the same test, started again.

use probe::{failing_after, with_stack};
use std::hint::black_box;
use std::process::{Command, Output};

/// In the parent: runs the test `name` in a process of its own, and returns how that ended. In
/// that process: `None`.
fn child(name: &str) -> Option<Output> {
    const MARK: &str = "PROBE_TEST_IS_CHILD";
    if std::env::var_os(MARK).is_some() {
        return None;
    }
    let itself = std::env::current_exe().unwrap();
    let mut command = Command::new(itself);
    command.args(["--exact", name, "--nocapture"]);
    Some(command.env(MARK, "yes").output().unwrap())
}

fn assert_died(output: &Output, words: &str) {
    assert!(!output.status.success());
    if cfg!(unix) {
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(words), "{text}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        assert_eq!(output.status.signal(), Some(6), "it aborted");
    }
}

/// Goes `depth` calls deep, each with a frame of more than 1000 bytes.
fn dive(depth: u64) -> u64 {
    let frame = black_box([depth; 125]);
    match depth {
        0 => 0,
        _ => dive(depth - 1) + frame[7] / depth,
    }
}

#[test]
fn a_recursion_too_deep_for_its_stack_kills_the_process() {
    let name = "a_recursion_too_deep_for_its_stack_kills_the_process";
    let Some(output) = child(name) else {
        with_stack(256 * 1024, || dive(5000));
        return;
    };
    assert_died(&output, "thread 'with_stack'");
    assert_died(&output, "has overflowed its stack");
}

#[test]
fn the_same_recursion_fits_into_a_larger_stack() {
    assert_eq!(with_stack(64 << 20, || dive(5000)), 5000);
}

#[test]
fn a_push_that_is_refused_memory_aborts_the_process() {
    let name = "a_push_that_is_refused_memory_aborts_the_process";
    let Some(output) = child(name) else {
        failing_after(0, || black_box(Vec::new()).push(1_u64));
        return;
    };
    assert_died(&output, "memory allocation of 32 bytes failed");
}
