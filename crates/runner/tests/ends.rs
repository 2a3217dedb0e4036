//! How children end, and how that is told.

#![cfg(unix)]

mod common;

use std::time::{Duration, Instant};

use common::{HANGS, Mark, output, run, seconds, shell, wait_for_output};
use runner::{Command, Exit, Limits, RunnerError, Signal, tool};

#[test]
fn a_child_that_ends_by_itself_is_told_with_its_code() {
    for code in [0, 1, 101, 255] {
        let outcome = run(&shell(&format!("exit {code}")));
        assert_eq!(outcome.exit, Exit::Exited(code));
        assert_eq!(outcome.exit.success(), code == 0);
    }
}

#[test]
fn a_signal_that_kills_a_child_is_named() {
    for (name, number) in [("SIGSEGV", 11), ("SIGABRT", 6), ("SIGKILL", 9), ("SIGTERM", 15)] {
        let outcome = run(&shell(&format!("kill -{} $$", name.trim_start_matches("SIG"))));
        let signal = Signal::from_name(name).expect(name);
        assert_eq!(outcome.exit, Exit::Signaled(signal));
        assert_eq!(outcome.exit.to_string(), format!("was killed by {name} ({number})"));
    }
}

#[test]
fn a_signal_without_a_name_is_told_by_its_number() {
    assert_eq!(Signal(60).to_string(), "signal 60");
    assert_eq!(Signal::from_name("SIGNONE"), None);
}

#[test]
fn a_child_that_loops_is_killed_at_its_deadline() {
    let start = Instant::now();
    let outcome = run(&shell("while :; do :; done").limits(seconds(0.3)));
    assert_eq!(outcome.exit, Exit::TimedOut);
    assert!(outcome.wall >= Duration::from_millis(300), "{outcome:?}");
    assert!(start.elapsed() < HANGS);
}

#[test]
fn a_child_that_ignores_sigterm_is_killed_after_the_grace() {
    let grace = Duration::from_millis(200);
    let limits = Limits { grace, ..Limits::listing() };
    let command = shell("trap '' TERM; echo ready; while :; do :; done").limits(limits);
    let running = command.start().expect("it starts");
    wait_for_output(&running, "ready");
    let start = Instant::now();
    running.cancel();
    let outcome = running.wait().expect("we did not fail");
    assert_eq!(outcome.exit, Exit::Canceled);
    assert!(start.elapsed() >= grace, "it was given no time");
    assert!(start.elapsed() < HANGS);
}

#[test]
fn a_child_that_minds_sigterm_has_time_for_its_last_words() {
    let limits = Limits { grace: HANGS, ..Limits::listing() };
    let script = "trap 'echo bye; exit 0' TERM; echo ready; while :; do :; done";
    let running = shell(script).limits(limits).start().expect("it starts");
    wait_for_output(&running, "ready");
    running.cancel();
    let outcome = running.wait().expect("we did not fail");
    assert_eq!(outcome.exit, Exit::Canceled);
    assert_eq!(outcome.output, b"ready\nbye\n");
}

#[test]
fn a_child_that_stops_itself_is_killed_at_its_deadline() {
    let limits = Limits { grace: Duration::from_millis(100), ..seconds(0.3) };
    let outcome = run(&shell("kill -STOP $$").limits(limits));
    assert_eq!(outcome.exit, Exit::TimedOut);
}

#[test]
fn a_child_that_uses_up_its_processor_time_is_told_apart_from_one_that_is_killed() {
    let limits = Limits { cpu_seconds: Some(1), wall: 3 * HANGS, ..Limits::listing() };
    for script in ["while :; do :; done", "trap '' XCPU; while :; do :; done"] {
        let outcome = run(&shell(script).limits(limits.clone()));
        assert_eq!(outcome.exit, Exit::OutOfCpu, "{script}");
    }
}

#[test]
fn processor_time_and_memory_are_reported() {
    let busy = shell("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done");
    let outcome = run(&busy);
    assert!(outcome.cpu > Duration::from_millis(5), "{outcome:?}");
    let block = run(&shell("exec dd if=/dev/zero of=/dev/null bs=64M count=1"));
    assert!(block.exit.success(), "{block:?}");
    assert!(block.max_rss_bytes >= 64 << 20, "{block:?}");
}

#[test]
fn a_missing_program_is_our_failure_and_says_what_to_install() {
    let error = Command::new("no-such-program").run().expect_err("it does not exist");
    assert_eq!(
        error.to_string(),
        "cannot find the program `no-such-program`: install it, or add its directory to PATH"
    );
    let error = Command::new("python3").env("PATH", "/nowhere").run().expect_err("empty PATH");
    assert_eq!(error.to_string(), "cannot find the program `python3`: install Python 3 (package `python3`)");
    let error = Command::new("./no/such/file").run().expect_err("it does not exist");
    assert_eq!(
        error.to_string(),
        "cannot find the program `./no/such/file`: there is no such file; check the path, or \
         build it first"
    );
}

#[test]
fn a_file_that_may_not_be_executed_is_our_failure() {
    let error = Command::new("/etc/passwd").run().expect_err("it is no program");
    assert!(matches!(error, RunnerError::Spawn { .. }), "{error}");
    assert!(error.to_string().starts_with("cannot start `/etc/passwd`: "), "{error}");
    assert_eq!(tool::find("/etc/passwd"), None);
}

#[test]
fn a_missing_directory_is_our_failure_and_is_not_taken_for_a_missing_program() {
    let error = shell("pwd").cwd("/no/such/place").run().expect_err("no such directory");
    assert_eq!(error.to_string(), "cannot run `sh` in /no/such/place: there is no such directory");
}

#[test]
fn a_program_with_a_slash_is_relative_to_our_directory_and_not_to_the_childs() {
    let here = tempfile::tempdir_in(".").expect("a directory of ours");
    let script = here.path().join("where.sh");
    std::fs::write(&script, "#!/bin/sh\npwd\n").expect("a script");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&script, mode).expect("an executable script");
    let relative = std::path::Path::new("./").join(script.file_name().expect("it has a name"));
    assert!(Command::new(relative).run().is_err());
    assert_eq!(output(&Command::new(&script).cwd("/")), "/\n");
}

#[test]
fn a_child_beside_us_can_be_heard_and_canceled() {
    let mark = Mark::new();
    let command = mark.put_on(shell("echo ready; sleep 60"));
    let running = command.start().expect("it starts");
    wait_for_output(&running, "ready\n");
    assert!(mark.alive().contains(&running.pid()));
    assert!(!running.is_finished());
    running.cancel();
    let outcome = running.wait().expect("we did not fail");
    assert_eq!(outcome.exit, Exit::Canceled);
    assert_eq!(outcome.output, b"ready\n");
    mark.assert_gone();
}

#[test]
fn a_child_beside_us_ends_when_its_handle_is_dropped() {
    let mark = Mark::new();
    let command = mark.put_on(shell("echo ready; sleep 60")).limits(Limits::tool());
    let running = command.start().expect("it starts");
    wait_for_output(&running, "ready");
    let start = Instant::now();
    drop(running);
    assert!(start.elapsed() < HANGS);
    mark.assert_gone();
}

#[test]
fn a_child_beside_us_that_is_missing_is_told_at_the_start() {
    let error = Command::new("no-such-program").start().expect_err("it does not exist");
    assert!(matches!(error, RunnerError::Missing { .. }), "{error}");
}

#[test]
fn a_tool_is_asked_for_its_version() {
    let version = tool::version("rustc", &["--version"]).expect("the tests were compiled by it");
    assert!(version.text.starts_with("rustc 1."), "{version}");
    assert_eq!(version.numbers[0], 1);
    assert_eq!(version.numbers.len(), 3);
}

#[test]
fn a_tool_that_names_no_version_is_our_failure() {
    let error = tool::version("sh", &["-c", "echo none; exit 3"]).expect_err("no version");
    assert_eq!(
        error.to_string(),
        "cannot learn the version of `sh`: it exited with code 3 and wrote \"none\\n\"; \
         reinstall it"
    );
}
