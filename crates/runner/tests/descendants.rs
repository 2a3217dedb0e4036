//! What a child leaves behind, and children that start too many.

#![cfg(target_os = "linux")]

mod common;

use std::time::{Duration, Instant};

use common::{HANGS, Mark, output, run, shell, wait_for_output};
use runner::{Command, Exit, Limits};

/// Waits, in a script, until the last background process leads a group of its own.
const UNTIL_IT_LEFT: &str = r#"until [ "$(cut -d' ' -f5 /proc/$!/stat)" = $! ]; do sleep 0.02; done"#;

#[test]
fn a_grandchild_that_holds_the_pipe_does_not_hang_us_and_is_killed() {
    let mark = Mark::new();
    let outcome = run(&mark.put_on(shell("sleep 60 & echo done")));
    assert_eq!(outcome.exit, Exit::Exited(0));
    assert_eq!(outcome.output, b"done\n");
    assert_eq!(outcome.survivors, 1);
    assert!(outcome.wall < HANGS);
    mark.assert_gone();
}

#[test]
fn a_child_without_descendants_has_no_survivors() {
    assert_eq!(run(&shell("sleep 0.01 | cat; echo done")).survivors, 0);
}

#[test]
fn a_grandchild_that_left_the_group_with_setsid_is_killed() {
    let mark = Mark::new();
    let script = format!("setsid sleep 60 & {UNTIL_IT_LEFT}; echo left");
    let outcome = run(&mark.put_on(shell(&script)));
    assert_eq!(outcome.output, b"left\n");
    assert_eq!(outcome.survivors, 1);
    mark.assert_gone();
}

#[test]
fn a_grandchild_that_left_the_group_is_killed_with_a_child_that_we_end() {
    let mark = Mark::new();
    let script = format!("setsid sleep 60 & {UNTIL_IT_LEFT}; echo left; while :; do :; done");
    let running = mark.put_on(shell(&script)).start().expect("it starts");
    wait_for_output(&running, "left");
    running.cancel();
    let outcome = running.wait().expect("we did not fail");
    assert_eq!(outcome.exit, Exit::Canceled);
    assert_eq!(outcome.survivors, 1);
    mark.assert_gone();
}

#[test]
fn a_process_that_hides_from_us_with_our_pipe_in_its_hand_does_not_hang_us() {
    let script = r#"setsid env -i sleep 60 & while grep -q . /proc/$!/environ; do sleep 0.02; done
        echo $!"#;
    let start = Instant::now();
    let pid = output(&shell(script));
    assert!(start.elapsed() < HANGS);
    // The documented gap: it is not found. So this test must end it.
    output(&shell(&format!("kill -KILL {pid}")));
}

#[test]
fn grandchildren_that_ignore_sigterm_are_killed_after_the_grace() {
    let mark = Mark::new();
    let limits = Limits { grace: Duration::from_millis(100), ..Limits::listing() };
    let script = "trap '' TERM; (while :; do sleep 1; done) & (while :; do sleep 1; done) & echo ready; wait";
    let running = mark.put_on(shell(script)).limits(limits).start().expect("it starts");
    wait_for_output(&running, "ready");
    running.cancel();
    let outcome = running.wait().expect("we did not fail");
    assert_eq!(outcome.exit, Exit::Canceled);
    mark.assert_gone();
}

/// Doubles nine times, and stays: over a thousand processes, if nobody stops it. Not more, so
/// that a runner that fails this test does not take the machine down with it.
fn bomb(start: &str) -> (tempfile::TempDir, Command) {
    let directory = tempfile::tempdir().expect("a directory of ours");
    let script = format!(
        "[ ${{#1}} -ge 9 ] && exec sleep 60\n\
         {start} sh bomb x$1 & {start} sh bomb x$1 & wait\n"
    );
    std::fs::write(directory.path().join("bomb"), script).expect("a script");
    let limits = Limits { wall: HANGS, ..Limits::listing() };
    let command = shell("exec sh bomb").cwd(directory.path()).limits(limits);
    (directory, command)
}

#[test]
fn a_fork_bomb_is_stopped_and_leaves_no_process() {
    let mark = Mark::new();
    let (_directory, bomb) = bomb("");
    let start = Instant::now();
    let outcome = run(&mark.put_on(bomb));
    assert_eq!(outcome.exit, Exit::TooManyProcesses);
    assert!(start.elapsed() < HANGS);
    mark.assert_gone();
}

#[test]
fn a_fork_bomb_whose_processes_leave_the_group_is_stopped_and_leaves_no_process() {
    let mark = Mark::new();
    let (_directory, bomb) = bomb("setsid");
    let start = Instant::now();
    let outcome = run(&mark.put_on(bomb));
    assert_eq!(outcome.exit, Exit::TooManyProcesses);
    assert!(start.elapsed() < HANGS);
    mark.assert_gone();
}

#[test]
fn a_bomb_that_is_lit_late_is_stopped_as_well() {
    let mark = Mark::new();
    let bomb = mark.put_on(shell("sleep 1.5; for i in $(seq 200); do sleep 60 & done; wait"));
    let outcome = run(&bomb.limits(Limits { wall: HANGS, ..Limits::listing() }));
    assert_eq!(outcome.exit, Exit::TooManyProcesses);
    mark.assert_gone();
}

#[test]
fn many_processes_one_after_the_other_are_not_too_many() {
    let limits = Limits { processes: 8, ..Limits::listing() };
    let script = "i=0; while [ $i -lt 100 ]; do true | true; /bin/true; i=$((i+1)); done; echo end";
    assert_eq!(output(&shell(script).limits(limits)), "end\n");
}

#[test]
fn as_many_processes_as_allowed_may_live_at_once() {
    let limits = Limits { processes: 8, ..Limits::listing() };
    let script = "for i in 1 2 3 4 5 6 7; do sleep 1.2 & done; wait; echo end";
    assert_eq!(output(&shell(script).limits(limits)), "end\n");
}
