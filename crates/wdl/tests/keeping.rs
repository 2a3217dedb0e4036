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
    let told = "; changed since, and not passing now\n";
    course.wdl("list").says(0, &["✓ passed   count            Count down (check, 5 min)", told]);
    course.wdl("progress").says(0, &["passed   count            2 checks, 0 hints", told]);
    assert_eq!(progress(&course)["exercises"]["count"]["attempts"], 2);
    assert_eq!(progress(&course)["exercises"]["count"]["last"]["outcome"], "failed");
}

#[test]
fn of_files_that_were_not_checked_nothing_is_claimed() {
    let course = Course::new("unchecked");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    course.answer("7");
    course.wdl("check count").says(1, &[]);
    course.answer("8");
    course.wdl("list").says(0, &["(check, 5 min); changed since\n"]);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("list").says(0, &["✓ passed   count            Count down (check, 5 min)\n"]);
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
    answer.says(0, &["passed (2 of 2 visible", "next: twice"]);
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
fn a_reset_of_a_passed_exercise_makes_it_the_next_again_and_says_so() {
    let course = Course::new("reset-passed");
    course.wdl("manifest");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &["next: twice"]);
    let answer = course.wdl("reset count");
    answer.says(
        0,
        &["`count` counts as started again", "`wdl reset count --undo` brings them back, and the pass with them"],
    );
    course.wdl("progress").says(0, &["0 of 2 passed", "next: count"]);
    let again = course.wdl("reset count");
    assert!(!again.stdout.contains("started again"), "{}", again.stdout);
}

#[test]
fn an_undone_reset_brings_back_the_files_and_the_pass() {
    let course = Course::new("undo");
    course.wdl("manifest");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    course.wdl("reset count").says(0, &[]);
    course.wdl("check count").says(1, &["a `todo!`"]);
    let kept = "what was there is kept in .wdl/backups/count/2";
    let answer = course.wdl("reset count --undo");
    answer.says(0, &["brought back numbers/count/src/lib.rs", kept, "`count` counts as passed again"]);
    assert_eq!(course.read("numbers/count/src/lib.rs"), SOLUTION);
    assert_eq!(course.read(".wdl/backups/count/2/src/lib.rs"), common::STARTER);
    course.wdl("list").says(0, &["✓ passed   count            Count down (check, 5 min)\n", "1 of 2 passed"]);
}

#[test]
fn an_undo_can_be_undone() {
    let course = Course::new("undo-undo");
    course.wdl("manifest");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("reset count").says(0, &[]);
    for text in [SOLUTION, common::STARTER, SOLUTION] {
        course.wdl("reset count --undo").says(0, &["brought back"]);
        assert_eq!(course.read("numbers/count/src/lib.rs"), text);
    }
    course.write("numbers/count/src/lib.rs", common::STARTER);
    course.wdl("reset count --undo").says(0, &["count is as in .wdl/backups/count/4; nothing to bring back"]);
}

#[test]
fn an_undo_brings_no_pass_back_for_files_that_did_not_pass() {
    let course = Course::new("undo-other");
    course.wdl("manifest");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    course.answer("7");
    let answer = course.wdl("reset count");
    answer.says(0, &["counts as started again", "`wdl reset count --undo` brings them back\n"]);
    let answer = course.wdl("reset count --undo");
    answer.says(0, &["brought back numbers/count/src/lib.rs"]);
    assert!(!answer.stdout.contains("passed"), "{}", answer.stdout);
    course.wdl("list").says(0, &["started  count", "0 of 2 passed"]);
}

#[test]
fn tests_that_were_reset_come_back_too() {
    let course = Course::new("undo-tests");
    course.wdl("manifest");
    course.write("numbers/count/tests/visible.rs", "// mine\n");
    course.wdl("reset count --tests").says(0, &["`wdl reset count --undo` brings them back\n"]);
    course.wdl("reset count --undo").says(0, &["brought back numbers/count/tests/visible.rs"]);
    assert_eq!(course.read("numbers/count/tests/visible.rs"), "// mine\n");
    course.wdl("reset count --tests --undo").notes(2, &["cannot be used with"]);
}

#[test]
fn an_undo_without_a_copy_says_so_and_changes_nothing() {
    let course = Course::new("undo-nothing");
    course.wdl("manifest");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("reset count --undo").notes(1, &["there is no copy of `count` to bring back: a reset keeps one"]);
    assert_eq!(course.read("numbers/count/src/lib.rs"), SOLUTION);
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
}

#[test]
fn after_the_last_hint_it_is_said_what_else_helps() {
    let course = Course::new("no-more-hints");
    course.wdl("hint count --next");
    course.wdl("hint count --next");
    course.wdl("hint count --next").says(0, &["hint 3 of 3"]);
    let texts = ["there are no more hints", "Read ../src/numbers/counting.md once more", "no solutions in this copy"];
    course.wdl("hint count --next").says(0, &texts);
    course.write("../tests/suites/numbers/count/solution.rs", "// SOLUTION\n// END\n");
    let allowed = "`wdl solution count` shows a solution after you passed; before that, only with `--anyway --anyway`.";
    course.wdl("hint count --next").says(0, &["there are no more hints", allowed]);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    course.wdl("hint count --next").says(0, &["`wdl solution count` shows a solution: you have passed."]);
    assert_eq!(progress(&course)["exercises"]["count"]["hints"], 3);
}
