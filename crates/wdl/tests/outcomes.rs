//! What `wdl check` says of every way in which an exercise can come out.

mod common;

use common::{Course, SOLUTION, run};

#[test]
fn a_solution_passes() {
    let course = Course::new("solution");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course
        .wdl("check count")
        .says(0, &["✓ passed (2 of 2 visible, 1 graded later), count", "graded later: It costs", "next: twice"]);
}

#[test]
fn a_wrong_answer_is_told_with_what_was_expected_and_what_came() {
    let course = Course::new("wrong");
    course.answer("n.min(2)");
    course.wdl("check count").says(
        1,
        &[
            "not yet (0 of 2 visible, 1 graded later), count",
            "tried     three takes three steps: from 3 to 2 to 1 to 0\n",
            "expected  3\n",
            "got       2\n",
            "where     numbers/count/tests/visible.rs:10\n",
            "why       Every step is a frame on the stack.\n",
            "read      ../src/numbers/counting.md\n",
            "next      Begin with what is true of zero.",
        ],
    );
}

#[test]
fn a_wrong_answer_keeps_its_words_when_another_test_takes_the_process_with_it() {
    let course = Course::new("both");
    course.answer("if n < 9 { n.min(2) } else { 1 + count(n + 1) }");
    course.wdl("check count").says(1, &["overflowed its stack: A long way", "expected  3\n", "got       2\n"]);
}

#[test]
fn a_starter_that_waits_for_code_is_told_with_its_line() {
    let course = Course::new("starter");
    course.wdl("check count").says(1, &["a `todo!` that waits for your code", "where     numbers/count/src/lib.rs:5"]);
}

#[test]
fn a_panic_in_the_solution_is_told_with_its_line() {
    let course = Course::new("panic");
    course.answer("[0, 1][n as usize]");
    let answer = course.wdl("check count");
    answer.says(1, &["index out of bounds", "where     numbers/count/src/lib.rs:2"]);
}

#[test]
fn an_endless_loop_is_a_timeout_with_the_names_of_what_did_not_end() {
    let course = Course::new("endless");
    course.answer("if n > 3 { loop { std::hint::spin_loop() } }\n    n");
    let answer = course.wdl("check count --seconds 2");
    answer.says(3, &["✓ passed: The number of steps", "took too long: A long way", "stopped after 2 s", "--seconds 4"]);
}

#[test]
fn a_flood_is_stopped() {
    let course = Course::new("flood");
    course
        .answer("use std::io::Write;\n    while n > 3 { std::io::stdout().write_all(&[b'x'; 4096]).unwrap() }\n    n");
    course.wdl("check count").says(1, &["crashed: A long way", "it wrote more than 16 MiB"]);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_libtest_keeps_ends_at_the_limit_of_memory() {
    let course = Course::new("kept");
    course.answer("let line = \"x\".repeat(1 << 20);\n    while n > 3 { print!(\"{line}\") }\n    n");
    course.wdl("check count").says(3, &["used too much memory: A long way", "more memory than there is"]);
}

#[test]
fn a_stack_overflow_is_named_and_does_not_hide_the_other_verdicts() {
    let course = Course::new("overflow");
    course.answer("if n == 0 { 0 } else { std::hint::black_box(1 + count(n - 1)) }");
    course.wdl("check count").says(
        1,
        &["✓ passed: The number of steps", "overflowed its stack: A long way", "tests/visible.rs:14", "Use a loop."],
    );
}

#[cfg(unix)]
#[test]
fn an_abort_is_told_with_its_signal() {
    let course = Course::new("abort");
    course.answer("if n > 3 { std::process::abort() }\n    n");
    course.wdl("check count").says(1, &["✓ passed: The number of steps", "crashed: A long way", "SIGABRT"]);
}

#[test]
fn a_process_that_ends_by_itself_has_not_passed() {
    let course = Course::new("exit");
    course.answer("if n > 3 { std::process::exit(0) }\n    n");
    course.wdl("check count").says(1, &["crashed: A long way", "ended in the middle of the tests"]);
}

#[test]
fn a_build_error_is_shown_once_and_with_its_line() {
    let course = Course::new("build");
    course.answer("\"three\"");
    let answer = course.wdl("check count");
    answer
        .says(1, &["does not compile, count", "error[E0308]", "--> numbers/count/src/lib.rs:2:5", "where     numbers"]);
    assert_eq!(answer.stdout.matches("error[E0308]").count(), 1, "{}", answer.stdout);
}

#[test]
fn a_changed_signature_is_told_as_such() {
    let course = Course::new("signature");
    course.write("numbers/count/src/lib.rs", "pub fn amount(n: u64) -> u64 { n }\n");
    course
        .wdl("check count")
        .says(1, &["does not compile", "the tests do not fit your code", "src/lib.rs had at the start"]);
}

#[test]
fn a_missing_file_is_told_and_nothing_is_run() {
    for name in ["src/lib.rs", "tests/visible.rs", "Cargo.toml"] {
        let course = Course::new("missing-file");
        course.delete(&format!("numbers/count/{name}"));
        let said = format!("numbers/count/{name} is missing; no test was run");
        course.wdl("check count").says(1, &["not run, count", &said, "from where you got the course"]);
    }
}

#[test]
fn a_missing_file_comes_back_where_the_course_knows_it() {
    let course = Course::new("restored");
    assert_eq!(course.wdl("manifest").code, 0);
    course.delete("numbers/count/tests/visible.rs");
    course.wdl("check count").says(1, &["bring it back: `wdl reset count --tests`"]);
    course.wdl("reset count --tests").says(0, &["brought back numbers/count/tests/visible.rs"]);
    course.wdl("check count").says(1, &["a `todo!`"]);
}

#[test]
fn a_deleted_test_is_not_a_pass() {
    let course = Course::new("deleted-test");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    let tests = course.read("numbers/count/tests/visible.rs");
    let without = tests.split("#[test]\nfn a_long_way_ends").next().expect("there is a first part");
    course.write("numbers/count/tests/visible.rs", without);
    course.wdl("check count").says(1, &["not run: A long way", "it is not in numbers/count/tests/visible.rs"]);
}

#[test]
fn an_ignored_test_is_not_a_pass() {
    let course = Course::new("ignored-test");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    let tests = course.read("numbers/count/tests/visible.rs");
    course
        .write("numbers/count/tests/visible.rs", &tests.replace("#[test]\nfn a_long", "#[test]\n#[ignore]\nfn a_long"));
    course.wdl("check count").says(1, &["not run: A long way", "it is marked `#[ignore]`"]);
}

#[test]
fn a_pass_of_edited_tests_does_not_count() {
    let course = Course::new("edited");
    assert_eq!(course.wdl("manifest").code, 0);
    course.answer("n.min(3)");
    let tests = course.read("numbers/count/tests/visible.rs");
    course.write("numbers/count/tests/visible.rs", &tests.replace("1_000_000", "2"));
    course
        .wdl("check count")
        .says(1, &["uses what is not allowed", "is not the course's any more", "wdl reset count --tests"]);
    course.wdl("list").says(0, &["started  count"]);
}

#[test]
fn line_ends_of_another_system_are_no_edit() {
    let course = Course::new("line-ends");
    assert_eq!(course.wdl("manifest").code, 0);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    let tests = course.read("numbers/count/tests/visible.rs");
    course.write("numbers/count/tests/visible.rs", &tests.replace('\n', "\r\n"));
    course.wdl("check count").says(0, &["passed (2 of 2 visible"]);
}

#[test]
fn a_failing_test_of_ones_own_is_told_apart() {
    let course = Course::new("own-test");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    let tests = course.read("numbers/count/tests/visible.rs");
    course.write("numbers/count/tests/visible.rs", &format!("{tests}\n#[test]\nfn mine() {{\n    panic!()\n}}\n"));
    course.wdl("check count").says(1, &["the course's tests pass, and 1 of yours do not: mine"]);
}

#[test]
fn a_broken_manifest_of_cargo_is_not_blamed_on_the_solution() {
    let course = Course::new("broken-manifest");
    course.write("numbers/count/Cargo.toml", "[package\n");
    course.wdl("check count").says(1, &["does not compile", "bring numbers/count/Cargo.toml back"]);
    course.wdl("check twice").says(70, &["could not be graded", "your code is not to blame"]);
}

#[test]
fn what_cargo_cannot_get_is_our_fault() {
    let course = Course::new("surroundings");
    let manifest = course.read("numbers/count/Cargo.toml");
    course
        .write("numbers/count/Cargo.toml", &format!("{manifest}\n[dependencies]\nprobe = {{ path = \"../probe\" }}\n"));
    course.wdl("check count").says(70, &["could not be graded", "your code is not to blame", "wdl doctor"]);
    course.wdl("progress").says(0, &["0 of 2 passed"]);
}

#[test]
fn a_machine_without_cargo_is_our_fault() {
    let course = Course::new("no-cargo");
    run(&course.command("check count").env("PATH", "")).notes(70, &["cannot find the program `cargo`", "rustup"]);
}
