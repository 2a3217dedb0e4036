//! `wdl` without a command: it waits for changes, goes on after a pass, and ends when it is told to.

#![cfg(unix)]

mod common;

use common::{Course, SOLUTION, wait_for};
use runner::{Command, Exit, Running};

fn interrupt(running: &Running) {
    Command::new("kill").args(["-INT", &running.pid().to_string()]).run().expect("kill starts");
}

fn works_until_all_is_passed(name: &str, line: &str) {
    let course = Course::new(name);
    let running = course.command(line).start().expect("wdl starts");
    wait_for(&running, "waiting for a change of count", 1);
    course.answer("n + 1");
    wait_for(&running, "waiting for a change of count", 2);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    wait_for(&running, "waiting for a change of twice", 1);
    course.write("numbers/twice/src/lib.rs", "pub fn twice(n: u64) -> u64 {\n    n + n\n}\n");
    let outcome = running.wait().expect("wdl can be followed");
    let said = String::from_utf8_lossy(&outcome.output).into_owned();
    assert_eq!(outcome.exit, Exit::Exited(0), "{said}");
    for text in [
        "begin     numbers/count/src/lib.rs:5",
        "got       1",
        "✓ passed (2 of 2 visible, 1 graded later), count",
        "all exercises are passed",
    ] {
        assert!(said.contains(text), "`{text}` is not in\n{said}");
    }
}

#[test]
fn a_saved_file_is_checked_and_a_pass_leads_on() {
    works_until_all_is_passed("watch", "");
}

#[test]
fn an_exercise_that_is_named_comes_first_and_the_others_follow() {
    let course = Course::new("watch-named");
    let running = course.command("twice").start().expect("wdl starts");
    wait_for(&running, "waiting for a change of twice", 1);
    course.write("numbers/twice/src/lib.rs", "pub fn twice(n: u64) -> u64 {\n    n + n\n}\n");
    wait_for(&running, "waiting for a change of count", 1);
}

#[test]
fn an_exercise_that_is_named_and_passed_waits_for_a_change() {
    let course = Course::new("watch-passed");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    let running = course.command("count").start().expect("wdl starts");
    wait_for(&running, "waiting for a change of count", 1);
    course.write("numbers/count/src/lib.rs", &format!("//! Counted.\n\n{SOLUTION}"));
    wait_for(&running, "waiting for a change of twice", 1);
}

#[test]
fn where_the_system_does_not_tell_of_changes_they_are_looked_for() {
    works_until_all_is_passed("watch-poll", "--poll");
}

#[test]
fn a_change_during_a_check_begins_it_anew() {
    let course = Course::new("watch-change");
    course.answer("loop { std::hint::spin_loop() }\n    #[allow(unreachable_code)]\n    n");
    let running = course.command("").start().expect("wdl starts");
    wait_for(&running, "begin", 1);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    wait_for(&running, "waiting for a change of twice", 1);
    assert!(!String::from_utf8_lossy(&running.output_so_far()).contains("took too long"));
}

#[test]
fn a_touched_file_that_holds_the_same_is_not_checked() {
    let course = Course::new("watch-touch");
    let running = course.command("").start().expect("wdl starts");
    wait_for(&running, "waiting for a change", 1);
    course.write("numbers/count/src/lib.rs", common::STARTER);
    std::thread::sleep(std::time::Duration::from_millis(300));
    course.answer("n + 1");
    wait_for(&running, "waiting for a change", 2);
    let said = String::from_utf8_lossy(&running.output_so_far()).into_owned();
    assert_eq!(said.matches("not yet (0 of 2 visible, 1 graded later), count").count(), 2, "{said}");
}

#[test]
fn an_interrupt_ends_the_wait() {
    let course = Course::new("interrupt-wait");
    let running = course.command("").start().expect("wdl starts");
    wait_for(&running, "waiting for a change", 1);
    interrupt(&running);
    assert_eq!(running.wait().expect("wdl can be followed").exit, Exit::Exited(130));
}

#[test]
fn an_interrupt_ends_a_check_and_leaves_no_process_and_no_verdict() {
    let course = Course::new("interrupt-check");
    course.answer("std::fs::write(\"running\", \"\").unwrap();\n    loop { std::hint::spin_loop() }\n    #[allow(unreachable_code)]\n    n");
    let running = course.command("check count --seconds 60").start().expect("wdl starts");
    let begun = course.folder.join("numbers/count/running");
    while !begun.exists() {
        assert!(!running.is_finished(), "the check ended: {:?}", String::from_utf8(running.output_so_far()));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    interrupt(&running);
    let outcome = running.wait().expect("wdl can be followed");
    assert_eq!(outcome.exit, Exit::Exited(130));
    assert_eq!(outcome.survivors, 0, "wdl ends what it started by itself");
    assert_eq!(String::from_utf8_lossy(&outcome.output), "");
    assert!(!course.folder.join(".wdl/progress.json").exists());
}
