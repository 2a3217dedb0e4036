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
fn a_word_that_is_no_command_may_be_an_exercise() {
    let course = Course::new("first-word");
    for line in ["twice --once", "--once twice", "--plain numbers/twice --once"] {
        course.wdl(line).says(1, &["twice: Twice as much (check, 5 min)", "begin     numbers/twice/src/lib.rs:2"]);
    }
    for line in ["twice check", "twice count", "twice --next"] {
        let told =
            "nothing may follow the exercise `twice`; a command comes before the exercise, as in `wdl check twice`";
        course.wdl(line).notes(2, &[told]);
    }
}

#[test]
fn a_word_that_is_neither_a_command_nor_an_exercise_gets_the_nearest_of_both() {
    let course = Course::new("neither");
    let neither = |word: &str| format!("there is neither a command nor an exercise `{word}`; ");
    let advice = [
        ("chekc", "is it the command `check`?"),
        ("chekc count", "is it the command `check`?"),
        ("hnt count --next", "is it the command `hint`?"),
        ("cuont", "is it the exercise `count`?"),
        ("hind", "is it the command `hint`?"),
        ("something-else", "`wdl --help` shows the commands, and `wdl list` the exercises"),
    ];
    for (line, advice) in advice {
        let word = line.split(' ').next().unwrap_or(line);
        course.wdl(line).notes(2, &[&neither(word), advice]);
    }
    let listing = course.read("course.toml").replace("\"twice\"", "\"chick\", \"twice\"");
    course.write("course.toml", &listing);
    course.wdl("chekc").notes(2, &["is it the command `check`, or the exercise `chick`?"]);
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
fn a_solution_with_misplaced_marks_is_told_with_its_line() {
    let course = Course::new("solution-marks");
    course.write("../tests/suites/numbers/count/solution.rs", "// STARTER\n// todo!()\n// END\n");
    let told = "tests/suites/numbers/count/solution.rs: line 1: `// STARTER` does not belong here";
    course.wdl("solution count --anyway --anyway").notes(70, &[told]);
}

#[test]
fn completions_are_printed_without_a_course() {
    let course = Course::new("completions");
    run(&course.command("completions bash").cwd(Path::new("/"))).says(0, &["_wdl()"]);
}
