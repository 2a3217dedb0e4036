//! Ctrl-C, and runs within runs. Each test starts this program again, because an interrupt
//! concerns a whole process and is for good.

#![cfg(target_os = "linux")]

mod common;

use std::time::{Duration, Instant};
use std::{env, process, thread};

use common::{HANGS, Mark, output, run, shell, wait_for_output};
use runner::{Capture, Command, Exit, Running, interrupt};

fn part(name: &str, mark: &Mark) -> Command {
    let ours = env::current_exe().expect("we have a file");
    let command = Command::new(ours).args(["--ignored", "--nocapture", "--exact", name]);
    mark.put_on(command.capture(Capture::Merged))
}

fn send(signal: &str, running: &Running) {
    output(&shell(&format!("kill -{signal} {}", running.pid())));
}

/// A child with a child, in a group of their own, that carry our mark.
fn family() -> Command {
    shell("sleep 60 & echo ready; wait").pass([Mark::NAME])
}

#[test]
#[ignore = "a part of another test"]
fn part_that_exits_on_an_interrupt() {
    interrupt::install(|| process::exit(130)).expect("nobody else handles it");
    let _ = family().capture(Capture::Inherit).run();
    // The callback exits while this waits.
    thread::sleep(HANGS);
}

#[test]
fn ctrl_c_ends_the_children_and_then_lets_the_program_exit() {
    for signal in ["INT", "TERM"] {
        let mark = Mark::new();
        let running = part("part_that_exits_on_an_interrupt", &mark).start().expect("it starts");
        wait_for_output(&running, "ready");
        send(signal, &running);
        let outcome = running.wait().expect("we did not fail");
        assert_eq!(outcome.exit, Exit::Exited(130), "{outcome:?}");
        assert_eq!(outcome.survivors, 0, "it cleaned up itself");
        mark.assert_gone();
    }
}

#[test]
#[ignore = "a part of another test"]
fn part_that_ends_all_runs() {
    let running = family().start().expect("it starts");
    wait_for_output(&running, "ready");
    assert!(!interrupt::requested());
    assert!(interrupt::end_all_runs(HANGS));
    assert!(interrupt::requested());
    assert_eq!(running.wait().expect("we did not fail").exit, Exit::Interrupted);
    let error = shell("true").run().expect_err("it is too late");
    assert_eq!(error.to_string(), "`sh` is not started: the run was interrupted");
}

#[test]
fn after_an_interrupt_all_runs_have_ended_and_none_is_started() {
    let mark = Mark::new();
    let outcome = run(&part("part_that_ends_all_runs", &mark));
    let text = runner::text::printable(&outcome.output);
    assert!(outcome.exit.success(), "{text}");
    assert!(text.contains("1 passed"), "{text}");
    assert_eq!(outcome.survivors, 0, "it cleaned up itself");
}

#[test]
#[ignore = "a part of other tests"]
fn part_that_runs_a_family() {
    let _ = family().capture(Capture::Inherit).run();
}

#[test]
fn ending_a_run_ends_the_runs_within_it() {
    let mark = Mark::new();
    let running = part("part_that_runs_a_family", &mark).start().expect("it starts");
    wait_for_output(&running, "ready");
    running.cancel();
    assert_eq!(running.wait().expect("we did not fail").exit, Exit::Canceled);
    mark.assert_gone();
}

#[test]
#[ignore = "a part of another test"]
fn part_that_runs_one_child() {
    let _ = shell("echo child $$; exec sleep 60").pass([Mark::NAME]).capture(Capture::Inherit).run();
}

#[test]
fn a_child_dies_with_a_runner_that_is_killed() {
    let mark = Mark::new();
    let ours = env::current_exe().expect("we have a file");
    let part = r#""$0" --ignored --nocapture --exact part_that_runs_one_child"#;
    let script = format!("{part} & echo runner $!; wait; exec sleep 60");
    let around = mark.put_on(shell(&script).arg(ours)).start().expect("it starts");
    let runner = number_after(&around, "runner ");
    let child = number_after(&around, "child ");
    output(&shell(&format!("kill -KILL {runner}")));
    let start = Instant::now();
    while mark.alive().contains(&child) {
        assert!(start.elapsed() < HANGS, "it lives on");
        thread::sleep(Duration::from_millis(5));
    }
    // What lives around the runner has no part in that.
    assert!(mark.alive().contains(&around.pid()));
}

/// Waits for a line with this beginning, and reads the number behind it.
fn number_after(running: &Running, beginning: &str) -> u32 {
    wait_for_output(running, beginning);
    loop {
        let text = String::from_utf8(running.output_so_far()).expect("we know what they write");
        let (_, rest) = text.split_once(beginning).expect("it was there already");
        if let Some((number, _)) = rest.split_once('\n') {
            return number.parse().expect("a process id");
        }
    }
}
