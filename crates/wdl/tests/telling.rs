//! In which words `wdl check` tells a verdict, and that they agree with each other.

mod common;

use common::{Course, SOLUTION, run};

#[test]
fn code_that_is_still_to_be_written_gets_no_advice_for_wrong_code() {
    let course = Course::new("to-do");
    let answer = course.wdl("check count");
    answer.says(
        1,
        &[
            "expected  an answer\n",
            "got       a `todo!` that waits for your code\n",
            "why       Every step is a frame on the stack.\n",
            "next      write the code at `numbers/count/src/lib.rs:5`; numbers/count/README.md says what it must do, and \
             `wdl hint count` helps",
        ],
    );
    assert!(!answer.stdout.contains("Begin with what is true of zero."), "{}", answer.stdout);
    course.answer("if n > 3 { unimplemented!() }\n    n");
    course.wdl("check count").says(1, &["an `unimplemented!` that waits", "write the code at"]);
}

#[cfg(unix)]
#[test]
fn code_that_is_still_to_be_written_is_found_in_a_process_that_died() {
    let course = Course::new("to-do-in-drop");
    let drop = "impl Drop for Guard {\n    fn drop(&mut self) {\n        todo!()\n    }\n}\n\nstruct Guard;\n\n";
    let body = "    if n > 3 {\n        let _guard = Guard;\n        panic!(\"first\")\n    }\n    n\n";
    course.write("numbers/count/src/lib.rs", &format!("{drop}pub fn count(n: u64) -> u64 {{\n{body}}}\n"));
    let texts = ["✗ crashed: A long way", "a `todo!` that waits", "write the code at `numbers/count/src/lib.rs:3`"];
    course.wdl("check count").says(1, &texts);
}

#[test]
fn what_is_graded_later_keeps_the_headline_from_looking_complete() {
    let course = Course::new("later");
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(
        0,
        &[
            "✓ passed (2 of 2 visible, 1 graded later), count",
            "· graded later: It costs as much as there are steps\n",
            "1 criterion is still to be graded: the hidden suite checks it, and `wdl submit count` packs your work for it.",
        ],
    );
    course.answer("7");
    let answer = course.wdl("check count");
    answer.says(1, &["not yet (0 of 2 visible, 1 graded later), count"]);
    assert!(!answer.stdout.contains("still to be graded"), "{}", answer.stdout);
    course.wdl("check twice").says(1, &["not yet (0 of 1), twice"]);
}

#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
#[test]
fn where_the_hidden_suite_lies_it_can_be_run_at_once() {
    let course = Course::new("later-here");
    course.write("../tests/suites/numbers/count/solution.rs", SOLUTION);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(0, &["the hidden suite checks it, and `wdl check count --as-grader` runs it here."]);
}

#[test]
fn what_went_wrong_in_several_ways_is_headed_by_none_of_them() {
    let course = Course::new("ways");
    course.answer("if n > 3 { std::process::abort() }\n    n.min(2)");
    course.wdl("check count").says(
        1,
        &[
            "✗ not yet (0 of 2 visible, 1 graded later), count",
            "✗ not yet: The number of steps is right (three_takes_three_steps)",
            "✗ crashed: A long way can be counted (a_long_way_ends)",
            "expected  3\n",
        ],
    );
}

#[test]
fn what_went_wrong_in_one_way_is_headed_by_it() {
    let course = Course::new("one-way");
    course.answer("if n > 3 { std::process::abort() }\n    n");
    let headline = "✗ crashed (1 of 2 visible, 1 graded later), count";
    course.wdl("check count").says(1, &[headline, "✗ crashed: A long way can be counted (a_long_way_ends)"]);
}

#[test]
fn the_exit_code_stands_for_the_worst_whatever_the_headline_says() {
    let course = Course::new("worst");
    course.answer("while n > 3 { std::hint::spin_loop() }\n    n.min(2)");
    let answer = course.wdl("check count --seconds 2");
    answer
        .says(3, &["✗ not yet (0 of 2", "✗ took too long: A long way can be counted (a_long_way_ends)", "got       2"]);
    assert!(!answer.stdout.contains("is the machine slow"), "{}", answer.stdout);
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn what_the_allocator_said_of_a_death_is_told() {
    let course = Course::new("double-free");
    let twice = "unsafe {\n        let block = std::alloc::alloc(layout);\n        std::alloc::dealloc(block, layout);\n        \
                 std::alloc::dealloc(block, layout);\n    }";
    course.answer(&format!("let layout = std::alloc::Layout::new::<u64>();\n    if n > 3 {{ {twice} }}\n    n"));
    course
        .wdl("check count")
        .says(1, &["got       the process was killed by SIGABRT (6): free(): double free detected"]);
}

#[cfg(unix)]
#[test]
fn memory_that_was_refused_is_told_with_its_size() {
    let course = Course::new("refused");
    course.answer("if n > 3 { std::hint::black_box(Vec::<u8>::with_capacity(1 << 46)); }\n    n");
    course.wdl("check count").says(3, &["the process died: memory allocation of 70368744177664 bytes failed\n"]);
}

#[cfg(unix)]
#[test]
fn what_a_sanitizer_said_of_a_death_is_told() {
    let course = Course::new("sanitizer");
    let report = "SUMMARY: AddressSanitizer: heap-use-after-free src/lib.rs:3:9 in count";
    let write =
        format!("std::io::Write::write_all(&mut std::io::stderr(), b\"{report}\\n==7==ABORTING\\n\").unwrap();");
    course.answer(&format!("if n > 3 {{ {write} std::process::exit(1) }}\n    n"));
    course.wdl("check count").says(1, &["✗ crashed: A long way", report]);
}

#[cfg(unix)]
#[test]
fn a_broken_promise_of_unsafe_code_is_told_with_its_line() {
    let course = Course::new("precondition");
    course.answer("let values = [0, 1, 2, 3];\n    unsafe { *values.get_unchecked(n as usize) }");
    let place = "where     numbers/count/src/lib.rs:3";
    course.wdl("check count").says(1, &["SIGABRT (6): unsafe precondition(s) violated: slice::get_unchecked", place]);
}

#[test]
fn the_test_that_decided_can_be_run_by_copying_a_line() {
    let course = Course::new("copy");
    course.answer("n.min(2)");
    course.wdl("check count").says(1, &["test      cargo test -p count three_takes_three_steps\n"]);
    let above = run(&course.command("check count").cwd(course.folder.join("..")));
    above.says(1, &["test      cargo test --manifest-path exercises/Cargo.toml -p count three_takes_three_steps\n"]);
}

#[test]
fn a_compile_error_is_explained_by_its_own_code() {
    let course = Course::new("explain");
    course.answer("\"three\"");
    course.wdl("check count").says(1, &["next      mend this first; `rustc --explain E0308` tells more\n"]);
    course.answer("n +");
    let answer = course.wdl("check count");
    answer.says(1, &["does not compile", "next      mend this first\n"]);
    assert!(!answer.stdout.contains("--explain"), "{}", answer.stdout);
}

#[test]
fn edited_tests_are_told_whatever_the_verdict() {
    let course = Course::new("edited-always");
    assert_eq!(course.wdl("manifest").code, 0);
    let tests = course.read("numbers/count/tests/visible.rs");
    course.write("numbers/count/tests/visible.rs", &tests.replace("1_000_000", "2"));
    let edited = "numbers/count/tests/visible.rs is not the course's any more, so ";
    course
        .wdl("check count")
        .says(1, &["a `todo!` that waits", edited, "a pass would not count", "reset count --tests"]);
    course.answer("\"three\"");
    course.wdl("check count").says(1, &["does not compile", edited]);
    course.answer("if n == 3 { std::process::abort() }\n    n");
    course.wdl("check count").says(1, &["crashed", edited]);
    course.write("numbers/count/src/lib.rs", SOLUTION);
    course.wdl("check count").says(1, &["uses what is not allowed", edited, "this does not count"]);
}
