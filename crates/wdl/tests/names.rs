//! How the course and an exercise are found, and what the listing commands say.

mod common;

use common::{Course, SOLUTION, run};
use std::path::Path;

#[test]
fn an_exercise_is_named_with_or_without_its_chapter_or_by_an_earlier_name() {
    let course = Course::new("names");
    for name in ["count", "numbers/count", "countdown"] {
        course.wdl(&format!("hint {name}")).says(0, &["count: hint 1 of 3"]);
    }
}

#[test]
fn an_unknown_name_gets_the_nearest_one() {
    let course = Course::new("unknown");
    course.wdl("check cuont").notes(2, &["there is no exercise `cuont`; is it `count`?"]);
    course.wdl("check something-else").notes(2, &["`wdl list` shows all"]);
}

#[test]
fn inside_of_an_exercise_no_name_is_needed() {
    let course = Course::new("inside");
    run(&course.command("hint").cwd(course.folder.join("numbers/twice/src"))).says(0, &["twice: hint 1 of 3"]);
    run(&course.command("--once").cwd(course.folder.join("numbers/twice"))).says(1, &["twice: Twice as much (check"]);
    run(&course.command("hint").cwd(course.folder.join(".."))).says(0, &["count: hint 1 of 3"]);
}

#[test]
fn a_folder_without_a_course_is_told_and_the_variable_finds_it() {
    let course = Course::new("outside");
    let outside = |line: &str| course.command(line).cwd(Path::new("/"));
    run(&outside("list")).notes(2, &["there is no course here", "WDL_COURSE"]);
    run(&outside("list").env("WDL_COURSE", &course.folder)).says(0, &["0 of 2 passed"]);
    run(&outside("list").env("WDL_COURSE", "/nowhere")).notes(2, &["WDL_COURSE is `/nowhere`"]);
}

#[test]
fn an_exercise_that_is_listed_and_not_there_is_told_and_stops_nothing() {
    let course = Course::new("not-there");
    let listing = course.read("course.toml").replace("[\"count\"", "[\"lost\", \"count\"");
    course.write("course.toml", &listing);
    course.wdl("list").says(0, &["broken   lost", "its folder is missing", "new      count"]);
    course.wdl("check lost").notes(70, &["the course is at fault"]);
    course.wdl("doctor").says(1, &["problem course: numbers/lost", "next      get the course again"]);
    course.wdl("hint").says(0, &["count: hint 1"]);
}

#[test]
fn the_list_for_other_programs_holds_the_same() {
    let course = Course::new("json");
    let answer = course.wdl("list --json");
    let list: serde_json::Value = serde_json::from_str(&answer.stdout).expect("it is JSON");
    assert_eq!(list[0]["id"], "count");
    assert_eq!(list[1]["state"], "new");
    assert_eq!(list[1]["path"], "numbers/twice");
    let answer = course.wdl("progress --json");
    let progress: serde_json::Value = serde_json::from_str(&answer.stdout).expect("it is JSON");
    assert_eq!(progress["count"]["attempts"], 0);
}

#[test]
fn a_doctor_finds_nothing_in_a_good_course() {
    let course = Course::new("healthy");
    course.wdl("check");
    let answer = course.wdl("doctor --plain");
    answer.says(
        0,
        &[
            "well    toolchain: rustc ",
            "well    linker:",
            "well    crates:",
            "well    watching:",
            "2 exercises, all there",
        ],
    );
}

#[test]
fn a_lock_file_that_is_stale_is_found() {
    let course = Course::new("stale-lock");
    course.wdl("check");
    let lock = course.read("Cargo.lock").replace("name = \"twice\"", "name = \"thrice\"");
    course.write("Cargo.lock", &lock);
    course.wdl("doctor").says(1, &["problem crates: Cargo.lock does not fit the manifests"]);
}

#[test]
fn plain_output_has_neither_symbols_nor_colors() {
    let course = Course::new("plain");
    for line in ["list --plain", "check --plain", "--plain progress", "--plain --once"] {
        let answer = course.wdl(line);
        assert!(answer.stdout.is_ascii() && !answer.stdout.contains('\x1b'), "{}", answer.stdout);
    }
}

#[test]
fn a_submission_holds_the_listed_files_and_nothing_else() {
    let course = Course::new("submission");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.write("numbers/count/src/diary.rs", "");
    let answer = course.wdl("submit count");
    answer.says(0, &["submission-count.zip holds src/lib.rs"]);
    answer.notes(0, &["`count` is not passed yet"]);
    let file = std::fs::File::open(course.folder.join("submission-count.zip")).expect("it was written");
    let mut archive = zip::ZipArchive::new(file).expect("it is an archive");
    assert_eq!(archive.len(), 1);
    let file = archive.by_name("src/lib.rs").expect("it is the listed one");
    let text = std::io::read_to_string(file).expect("it is text");
    assert_eq!(text, SOLUTION);
}

#[test]
fn without_a_name_everything_that_passed_is_packed() {
    let course = Course::new("submit-passed");
    course.wdl("submit").notes(2, &["nothing is passed yet"]);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    course.wdl("submit").says(0, &["submission-count.zip"]);
    course.answer("n");
    course.wdl("submit").notes(0, &["was changed since it passed"]);
}

#[test]
fn a_solution_is_shown_after_a_pass_or_when_it_is_asked_for_twice() {
    let course = Course::new("show-solution");
    course.wdl("solution count").notes(1, &["there are no solutions in this copy"]);
    course.write("../tests/suites/numbers/count/solution.rs", "// SOLUTION\nthe one\n// STARTER\n// todo!()\n// END\n");
    course.wdl("solution count").notes(1, &["you have not passed"]);
    course.wdl("solution count --anyway").notes(1, &["give `--anyway` twice"]);
    assert_eq!(course.wdl("solution count --anyway --anyway").stdout, "the one\n");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &[]);
    assert_eq!(course.wdl("solution count").stdout, "the one\n");
}

#[test]
fn completions_are_printed_without_a_course() {
    let course = Course::new("completions");
    run(&course.command("completions bash").cwd(Path::new("/"))).says(0, &["_wdl()"]);
}
