//! `wdl submit`: what is packed, what is said of it, and that no earlier archive gets lost.

mod common;

use common::{Answer, Course, SOLUTION};
use std::fs;

const ARCHIVE: &str = "submission-count.zip";

fn bytes(course: &Course, name: &str) -> Vec<u8> {
    fs::read(course.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[track_caller]
fn says_nothing_of_doubt(answer: &Answer) {
    assert!(!answer.stdout.contains("though"), "{}", answer.stdout);
}

#[test]
fn a_submission_holds_the_listed_files_and_nothing_else_under_the_name_of_the_exercise() {
    let course = Course::new("submission");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.write("numbers/count/src/diary.rs", "");
    let answer = course.wdl("submit count");
    answer
        .says(0, &["✓ passed (2 of 2 visible, 1 graded later), count", "submission-count.zip holds count/src/lib.rs"]);
    says_nothing_of_doubt(&answer);
    let file = fs::File::open(course.folder.join(ARCHIVE)).expect("it was written");
    let mut archive = zip::ZipArchive::new(file).expect("it is an archive");
    assert_eq!(archive.len(), 1);
    let file = archive.by_name("count/src/lib.rs").expect("it is the listed one");
    assert_eq!(std::io::read_to_string(file).expect("it is text"), SOLUTION);
}

#[test]
fn what_does_not_pass_is_packed_and_said_to_be_so() {
    let course = Course::new("submit-doubt");
    course.wdl("submit count").says(
        0,
        &[
            "✗ not yet (0 of 2 visible, 1 graded later), count: Count down\n",
            "submission-count.zip holds count/src/lib.rs\n",
            "packed, though it does not pass yet: a grader gives points only for what holds\n",
        ],
    );
    course.answer("\"three\"");
    let said = "packed, though it does not compile: a grader gives it no points\n";
    course.wdl("submit count").says(0, &["✗ does not compile, count: Count down\n", said]);
    course.write("numbers/count/Cargo.toml", "[package\n");
    course.wdl("submit count").says(0, &["packed, though it could not be checked; `wdl check count` says why\n"]);
}

#[test]
fn tests_that_were_edited_are_told_before_anything_is_handed_in() {
    let course = Course::new("submit-edited");
    course.wdl("manifest");
    let tests = course.read("numbers/count/tests/visible.rs");
    course.write("numbers/count/tests/visible.rs", &tests.replace("1_000_000", "2"));
    course.wdl("submit count").says(0, &["is not the course's any more, so a pass would not count", "not pass yet"]);
    course.answer("n.min(3)");
    let doubt = "packed, though it passed other tests than the course's: a grader has tests of its own\n";
    course.wdl("submit count").says(0, &["uses what is not allowed", doubt]);
}

#[test]
fn a_machine_on_which_nothing_can_be_checked_still_packs() {
    let course = Course::new("submit-unchecked");
    let answer = common::run(&course.command("submit count").env("PATH", ""));
    answer.says(
        0,
        &["holds count/src/lib.rs", "packed, though it could not be checked: cannot find the program `cargo`"],
    );
}

#[test]
fn what_was_checked_for_a_submission_is_remembered() {
    let course = Course::new("submit-remembered");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("submit count").says(0, &[]);
    course.wdl("progress").says(0, &["1 of 2 passed", "passed   count            1 check, 0 hints"]);
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let course = Course::new("submit-same");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("submit count").says(0, &[]);
    let first = bytes(&course, ARCHIVE);
    course.wdl("submit count").says(0, &["submission-count.zip is unchanged; it holds count/src/lib.rs"]);
    fs::remove_file(course.folder.join(ARCHIVE)).expect("it can be deleted");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("submit count").says(0, &["submission-count.zip holds count/src/lib.rs"]);
    assert_eq!(bytes(&course, ARCHIVE), first);
    assert!(!course.folder.join(".wdl/backups").exists());
}

#[test]
fn an_earlier_archive_that_differs_is_kept() {
    let course = Course::new("submit-earlier");
    course.wdl("submit count").says(0, &[]);
    for (number, body) in [(1, "n + 1"), (2, "n + 2")] {
        let before = bytes(&course, ARCHIVE);
        course.answer(body);
        let kept = format!(".wdl/backups/count/submission-{number}.zip");
        let said = format!("the earlier submission-count.zip held something else; it is kept as {kept}\n");
        course.wdl("submit count").says(0, &[&said, "submission-count.zip holds count/src/lib.rs"]);
        assert_eq!(bytes(&course, &kept), before);
        assert_ne!(bytes(&course, ARCHIVE), before);
    }
    course.wdl("reset count --undo").notes(1, &["there is no copy of `count`"]);
}

#[test]
fn where_an_earlier_archive_cannot_be_kept_it_stays() {
    let course = Course::new("submit-no-copy");
    course.write(".wdl", "in the way");
    course.write(ARCHIVE, "something of yours");
    course.wdl("submit count").notes(1, &["`count` is not packed: no copy of the earlier archive can be kept"]);
    assert_eq!(course.read(ARCHIVE), "something of yours");
}

#[test]
fn an_exercise_that_cannot_be_packed_keeps_no_other_from_it() {
    let course = Course::new("submit-missing");
    course.delete("numbers/count/src/lib.rs");
    let answer = course.wdl("submit count twice");
    answer.says(1, &["not run, count", "submission-twice.zip holds twice/src/lib.rs"]);
    answer.notes(1, &["`count` is not packed: "]);
}

#[test]
fn without_a_name_everything_that_passed_is_packed() {
    let course = Course::new("submit-passed");
    course.wdl("submit").notes(2, &["nothing is passed yet"]);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    let answer = course.wdl("submit");
    answer.says(0, &["submission-count.zip"]);
    assert!(!answer.stdout.contains("twice"), "{}", answer.stdout);
    course.answer("7");
    course.wdl("submit").says(0, &["✗ not yet", "packed, though it does not pass yet"]);
}
