//! Children that are watched: how they start, what is seen of them while they are stopped, and that
//! nothing is left of them.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

mod common;

use std::time::Instant;

use common::{HANGS, Mark, seconds, shell};
use runner::traced::{Event, Traced};
use runner::{Command, Exit, Limits, RunnerError, Signal};

/// Starts a child, or says why not: some containers let nobody watch a program.
fn traced(command: Command) -> Option<Traced> {
    match command.trace() {
        Ok(traced) => Some(traced),
        Err(RunnerError::Untraceable { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

/// Lets a stopped thread go on, and passes a signal on unless it is ours.
fn resume(thread: i32, signal: i32) {
    let passed = if matches!(signal, libc::SIGTRAP | libc::SIGSTOP) { 0 } else { signal };
    // SAFETY: the request takes numbers only.
    unsafe { libc::ptrace(libc::PTRACE_CONT, thread, 0_usize, passed as usize) };
}

/// Lets the child run to its end, and gives all that happened on the way.
fn run(child: &mut Traced) -> Vec<Event> {
    resume(child.pid(), 0);
    let mut events = Vec::new();
    loop {
        let event = child.wait().expect("the child is ours");
        events.push(event);
        match event {
            Event::Stopped { thread, signal } => resume(thread, signal.0),
            Event::Syscall { thread }
            | Event::Cloned { thread, .. }
            | Event::Forked { thread }
            | Event::Replaced { thread } => resume(thread, 0),
            Event::ThreadEnded { .. } => {}
            Event::Ended => return events,
        }
    }
}

#[test]
fn a_watched_child_is_stopped_before_it_does_anything() {
    let Some(mut child) = traced(shell("echo hello; echo trouble >&2; exit 7")) else { return };
    assert_eq!(child.output_so_far(), b"");
    assert_eq!(run(&mut child).last(), Some(&Event::Ended));
    assert_eq!(child.output_so_far(), b"hello\n");
    let outcome = child.finish().expect("it is gone");
    assert_eq!((outcome.exit, outcome.stderr.as_slice()), (Exit::Exited(7), &b"trouble\n"[..]));
}

#[test]
fn its_environment_is_not_ours_and_its_name_does_not_tell_where_it_is() {
    let Some(mut child) = traced(Command::new("env").limits(Limits::listing())) else { return };
    run(&mut child);
    let environment = String::from_utf8(child.finish().expect("it is gone").output).expect("it is text");
    let names: Vec<&str> = environment.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect();
    assert_eq!(names, ["LANG", "LC_ALL", "TZ", "WDL_RUN"]);
}

#[test]
fn a_signal_is_seen_before_it_kills() {
    let Some(mut child) = traced(shell("kill -SEGV $$")) else { return };
    let events = run(&mut child);
    let signal = Signal::from_name("SIGSEGV").expect("it has a name");
    assert!(events.contains(&Event::Stopped { thread: child.pid(), signal }), "{events:?}");
    assert_eq!(child.finish().expect("it is gone").exit, Exit::Signaled(signal));
}

#[test]
fn a_child_that_loops_is_killed_at_its_deadline_though_nobody_looks() {
    let start = Instant::now();
    let Some(mut child) = traced(shell("while :; do :; done").limits(seconds(0.3))) else { return };
    run(&mut child);
    assert_eq!(child.stopped(), Some(Exit::TimedOut));
    assert_eq!(child.finish().expect("it is gone").exit, Exit::TimedOut);
    assert!(start.elapsed() < HANGS);
}

#[test]
fn a_flood_is_stopped() {
    let limits = Limits { output: 1000, flood: 100_000, ..Limits::listing() };
    let Some(mut child) = traced(shell("while :; do echo water; done").limits(limits)) else { return };
    run(&mut child);
    let outcome = child.finish().expect("it is gone");
    assert_eq!((outcome.exit, outcome.output.len()), (Exit::TooMuchOutput, 1000));
}

#[test]
fn starting_a_process_is_told_and_nothing_of_it_is_left() {
    let mark = Mark::new();
    let Some(mut child) = traced(mark.put_on(shell("sleep 100 & sleep 100 & exit 0"))) else { return };
    let events = run(&mut child);
    assert!(events.iter().any(|event| matches!(event, Event::Forked { .. })), "{events:?}");
    child.finish().expect("it is gone");
    assert_eq!(mark.alive(), [0_u32; 0]);
}

#[test]
fn a_child_that_is_dropped_in_the_middle_is_gone() {
    let mark = Mark::new();
    let Some(child) = traced(mark.put_on(shell("sleep 100"))) else { return };
    drop(child);
    assert_eq!(mark.alive(), [0_u32; 0]);
}

#[test]
fn a_program_that_does_not_exist_is_told_as_everywhere() {
    let error = Command::new("./no/such/program").trace().err().expect("there is none");
    assert!(matches!(error, RunnerError::Missing { .. }), "{error}");
}
