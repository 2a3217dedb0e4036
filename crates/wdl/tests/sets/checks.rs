//! `wdl set check`.

use crate::desk::Desk;
use snapbox::str;

const SOLUTION: &str = "week/suites/stack-limits/big-buffer/solution.rs";

#[test]
fn a_right_set_is_shown_as_a_table() {
    let desk = Desk::with_set("stack-limits/big-buffer heap/one-allocation");
    desk.change("week/set.toml", "# weight = 1.5\n# points = { values", "weight = 1.5\n# points = { values");
    desk.change("week/set.toml", "# points = { text = 2, one-request = 3", "points = { text = 4, one-request = 3");
    desk.check().is(
        0,
        str![[r#"
week/set.toml: Week
exercise                 points  weight  worth  seconds
stack-limits/big-buffer      12     1.5     18[..]right
heap/one-allocation          12       1     12[..]right
all                                         30
The suites are the course's own, and anybody can read their solutions: a grade says that the work is right, and not whose it is.
`wdl set new --variant SEED` asks something else, and `--private` copies the suites to be changed.

"#]],
        "",
    );
}

#[test]
fn a_solution_that_fails_and_a_starter_that_passes_are_told_at_once() {
    let desk = Desk::with_set("stack-limits/big-buffer heap/one-allocation --private");
    desk.change(SOLUTION, "sized(vec![0; N].into_boxed_slice())", "Box::new([0; N])");
    let text = desk.read("week/suites/heap/one-allocation/solution.rs");
    let marks = ["// SOLUTION\n", "// STARTER\n", "// END\n"];
    let lines = text.split_inclusive('\n').filter(|line| !marks.iter().any(|mark| line.ends_with(mark)));
    let lines: String = lines.filter(|line| !line.contains("todo!")).collect();
    desk.write("week/suites/heap/one-allocation/solution.rs", &lines);
    std::fs::remove_file(desk.path("week/secret")).expect("it is there");
    let answer = desk.check();
    answer.is(
        1,
        str![[r#"
week/set.toml: Week
exercise                 points  weight  worth  seconds
stack-limits/big-buffer      12       1     12[..]wrong
heap/one-allocation          10       1     10[..]wrong
all                                         22

"#]],
        str![[r#"
week/suites/stack-limits/big-buffer/solution.rs: [..]
week/suites/heap/one-allocation/solution.rs: the starter that it makes passes: there is nothing to do

"#]],
    );
}

#[test]
fn every_fault_of_the_file_is_told_with_its_line() {
    let desk = Desk::with_set("stack-limits/big-buffer heap/one-allocation");
    let text = desk.read("week/set.toml");
    // What is told, and how it should begin: with the file and the line of the text that was put there.
    let told = |from: &str, to: &str| {
        assert_eq!(text.matches(from).count(), 1, "`{from}`");
        let broken = text.replace(from, to);
        desk.write("week/set.toml", &broken);
        let answer = desk.set("check week");
        assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{answer:#?}");
        let line = 1 + broken[..broken.rfind(to).expect("it was put there")].matches('\n').count();
        let (place, told) = answer.stderr.split_once(": ").expect("a fault has a place");
        assert_eq!(place, format!("week/set.toml:{line}"), "{told}");
        told.trim_end().to_owned()
    };
    assert_eq!(told("id = \"week\"", "id = week"), "string values must be quoted, expected literal string");
    assert!(told("missing = \"zero\"", "mising = \"zero\"").starts_with("unknown field `mising`"));
    assert_eq!(
        told("# points = { values = 2", "points = { value = 2"),
        "`exercise` 1, `points`, `value`: `stack-limits/big-buffer` has no such criterion; it has values, small-stack, \
         once, panic, untouched"
    );
    assert_eq!(
        told("id = \"heap/one-allocation", "id = \"stack-limits/big-buffer"),
        "`exercise` 2, `id`: `stack-limits/big-buffer` is there twice"
    );
    assert!(
        told("id = \"heap/one-allocation", "id = \"heap/none").starts_with("there is no exercise `heap/none`; is it `")
    );
    let told_of_exercises = told("# exercises = \"exercises\"", "exercises = \".\"");
    assert!(
        told_of_exercises.contains("is no workspace of exercises: it has no package `probe`"),
        "{told_of_exercises}"
    );
    assert!(told("# suites = \"suites\"", "suites = \"suites\"").starts_with("there is no folder "));
}

#[test]
fn a_set_that_is_not_there_says_how_one_begins() {
    Desk::new().set("check week").is(
        1,
        "",
        str![[r#"
week: there is no such file; `wdl set new` begins a set

"#]],
    );
}
