//! What is remembered, and that nothing of it gets lost.

mod common;

use common::{Course, SOLUTION};

fn progress(course: &Course) -> serde_json::Value {
    serde_json::from_str(&course.read(".wdl/progress.json")).expect("the progress is JSON")
}

#[test]
fn a_pass_is_remembered_and_a_later_change_is_told() {
    let course = Course::new("remembered");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    course.wdl("list").says(0, &["✓ passed   count", "1 of 2 passed"]);
    course.answer("7");
    course.wdl("check count").says(1, &[]);
    course.wdl("list").says(0, &["✓ passed   count", "changed since"]);
    assert_eq!(progress(&course)["exercises"]["count"]["attempts"], 2);
}

#[test]
fn what_was_done_under_an_earlier_name_counts() {
    let course = Course::new("renamed");
    let stored = r#"{ "version": 1, "exercises": { "countdown": { "state": "passed", "hints": 2, "attempts": 4 } } }"#;
    course.write(".wdl/progress.json", stored);
    course.wdl("progress").says(0, &["1 of 2 passed", "passed   count            4 checks, 2 hints"]);
    course.wdl("hint twice");
    let stored = progress(&course);
    assert_eq!(stored["exercises"]["count"]["state"], "passed");
    assert!(stored["exercises"].get("countdown").is_none());
}

#[test]
fn what_is_not_understood_is_kept() {
    let course = Course::new("unknown-members");
    let stored = r#"{ "version": 1, "theme": "dark",
        "exercises": { "gone": { "state": "passed" }, "count": { "state": "started", "streak": 3 } } }"#;
    course.write(".wdl/progress.json", stored);
    course.wdl("hint count");
    let stored = progress(&course);
    assert_eq!(stored["theme"], "dark");
    assert_eq!(stored["exercises"]["gone"]["state"], "passed");
    assert_eq!(stored["exercises"]["count"]["streak"], 3);
    assert_eq!(stored["exercises"]["count"]["hints"], 1);
}

#[test]
fn corrupt_progress_is_put_aside_and_told() {
    let course = Course::new("corrupt");
    for number in [1, 2] {
        course.write(".wdl/progress.json", "{ \"version\": 1, \"exer");
        let kept = format!(".wdl/progress.broken-{number}.json");
        course.wdl("hint count").notes(0, &["could not be understood", &kept]);
        assert_eq!(course.read(&kept), "{ \"version\": 1, \"exer");
        assert_eq!(progress(&course)["exercises"]["count"]["hints"], 1);
    }
}

#[test]
fn progress_of_a_newer_program_is_read_and_not_written() {
    let course = Course::new("newer");
    let stored = r#"{ "version": 2, "exercises": { "count": { "state": "passed" } } }"#;
    course.write(".wdl/progress.json", stored);
    course.wdl("hint twice").notes(0, &["written by a newer wdl"]);
    course.wdl("list").says(0, &["1 of 2 passed"]);
    assert_eq!(course.read(".wdl/progress.json"), stored);
}

/// A file in the place of the folder keeps even an administrator from writing there, as a folder without
/// the right to write keeps everybody else.
#[test]
fn where_nothing_can_be_written_checks_work_and_say_so() {
    let course = Course::new("unwritable");
    course.write(".wdl", "in the way");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    let answer = course.wdl("check count");
    answer.says(0, &["passed (2 of 2)", "next: twice"]);
    answer.notes(0, &["note: progress is not kept"]);
    assert_eq!(answer.stderr.matches("note:").count(), 1, "{}", answer.stderr);
    course.wdl("doctor").says(1, &["problem progress"]);
}

#[test]
fn a_reset_that_can_keep_no_copy_changes_nothing() {
    let course = Course::new("no-copy");
    course.wdl("manifest");
    course.write(".wdl", "in the way");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("reset count").notes(70, &["nothing is changed"]);
    assert_eq!(course.read("numbers/count/src/lib.rs"), SOLUTION);
}

#[test]
fn every_reset_keeps_a_copy_of_its_own() {
    let course = Course::new("copies");
    course.wdl("manifest");
    for (number, text) in [(1, "// first\n"), (2, "// second\n")] {
        course.write("numbers/count/src/lib.rs", text);
        let kept = format!(".wdl/backups/count/{number}");
        course.wdl("reset count").says(0, &["brought back numbers/count/src/lib.rs", &kept]);
        assert_eq!(course.read(&format!("{kept}/src/lib.rs")), text);
        assert_eq!(course.read("numbers/count/src/lib.rs"), common::STARTER);
    }
    course.wdl("reset count").says(0, &["nothing to bring back"]);
}

#[test]
fn a_reset_of_a_passed_exercise_makes_it_the_next_again() {
    let course = Course::new("reset-passed");
    course.wdl("manifest");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &["next: twice"]);
    course.wdl("reset count").says(0, &[]);
    course.wdl("progress").says(0, &["0 of 2 passed", "next: count"]);
}

#[test]
fn a_course_that_does_not_say_what_it_delivered_cannot_be_reset() {
    let course = Course::new("no-manifest");
    course.wdl("reset count").notes(70, &["nothing says how `count` was delivered"]);
}

#[test]
fn hints_come_one_by_one_and_are_remembered() {
    let course = Course::new("hints");
    course.wdl("hint count").says(0, &["hint 1 of 3", "What is the answer for zero?", "2 left"]);
    course.wdl("hint count").says(0, &["hint 1 of 3"]);
    course.wdl("hint count --next").says(0, &["hint 2 of 3", "1 left"]);
    course.wdl("hint count --next").says(0, &["hint 3 of 3", "This is the last hint."]);
    course.wdl("hint count --next").says(0, &["There are no more hints"]);
}
