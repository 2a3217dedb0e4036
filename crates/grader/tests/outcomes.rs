//! Submissions that misbehave, and what is said of them: one small exercise, graded for real.

mod small;

use grader::grade::{Options, Submission};
use model::report::{Outcome, Report};
use small::Small;
use std::sync::LazyLock;

static SMALL: LazyLock<Small> = LazyLock::new(Small::new);

fn graded(source: &str) -> Report {
    let options = Options { seed: 5, reversed: false };
    SMALL.grader.grade(&SMALL.task, &Submission::of_text(source), options).expect("the grader does its work")
}

/// Grades the body of `double`.
fn body(code: &str) -> Report {
    graded(&format!("pub fn double(n: u64) -> u64 {{\n    {code}\n}}\n"))
}

/// How the first criterion comes out, and what was seen in place of the right value.
fn first(report: &Report) -> (Outcome, &str) {
    let criterion = &report.criteria[0];
    (criterion.outcome, criterion.finding.as_ref().map_or("", |finding| finding.got.as_str()))
}

#[test]
fn a_right_answer_earns_every_point() {
    let report = body("n + n");
    assert_eq!((report.outcome, report.points, report.of), (Outcome::Passed, 3, 3));
}

#[test]
fn a_grading_with_many_seeds_says_what_one_with_each_says() {
    let half = Submission::of_text("pub fn double(n: u64) -> u64 {\n    if n % 2 == 0 { n + n } else { 0 }\n}\n");
    let options: Vec<Options> = (0..4).map(|seed| Options { seed, reversed: seed > 1 }).collect();
    let each = SMALL.grader.grade_each(&SMALL.task, &half, &options).expect("the grader does its work");
    let grade = |options: &Options| SMALL.grader.grade(&SMALL.task, &half, *options).expect("the grader does its work");
    assert_eq!(each, options.iter().map(grade).collect::<Vec<_>>());
}

#[test]
fn a_wrong_answer_is_told_with_what_was_tried_expected_and_got() {
    let report = body("n + 2");
    let finding = report.criteria[0].finding.as_ref().expect("something is wrong");
    assert_eq!(finding.tried, "the double of a random number");
    assert_ne!(finding.expected, finding.got);
    assert_eq!((finding.why.as_str(), finding.read.as_str(), finding.next.as_str()), ("A reason.", "heap", "A step."));
    assert_eq!(report.criteria[1].outcome, Outcome::NotRun);
}

#[test]
fn an_answer_that_costs_too_much_keeps_its_other_points() {
    let report = body("vec![n, n].iter().sum()");
    assert_eq!((report.points, report.criteria[1].outcome), (2, Outcome::Failed));
    let finding = report.criteria[1].finding.as_ref().expect("something is wrong");
    assert_eq!((finding.expected.as_str(), finding.got.as_str()), ("at most 0", "1"));
}

#[test]
fn what_is_allocated_in_another_thread_counts_too() {
    let report = body("std::thread::spawn(move || vec![n, n].iter().sum()).join().unwrap()");
    assert_eq!(report.criteria[1].outcome, Outcome::Failed, "{report:#?}");
}

#[test]
fn a_panic_is_a_failure_that_quotes_it() {
    assert_eq!(first(&body("todo!(\"not {n} yet\")")).0, Outcome::Failed);
    assert!(first(&body("panic!(\"out of {}\", \"order\")")).1.contains("it panicked: out of order"));
}

#[test]
fn an_endless_loop_takes_too_long() {
    assert_eq!(first(&body("loop { std::hint::black_box(n); }")).0, Outcome::Timeout);
}

#[test]
fn endless_recursion_is_a_stack_overflow_in_any_thread() {
    let recursion = "fn down(n: u64) -> u64 { if n == u64::MAX { 0 } else { 1 + down(n + 1) } }";
    assert_eq!(first(&body(&format!("{recursion}\n    down(n)"))).0, Outcome::StackOverflow);
    let report = body(&format!("{recursion}\n    std::thread::spawn(move || down(n)).join().unwrap()"));
    assert_eq!(first(&report).0, Outcome::StackOverflow);
    let frame = body(
        "fn fill<const N: usize>() -> u64 { let block = [1u8; N]; std::hint::black_box(&block); 0 }\n    n + fill::<10_000_000>()",
    );
    assert_eq!(first(&frame).0, Outcome::StackOverflow);
}

#[test]
fn asking_for_too_much_memory_is_told_from_a_crash() {
    let report = body("let block = vec![1u8; 300 << 20];\n    n + u64::from(block[0])");
    assert_eq!(first(&report).0, Outcome::Memory, "{report:#?}");
    assert_eq!(first(&body("let mut all = Vec::new();\n    loop { all.push(n); }")).0, Outcome::Memory);
}

#[test]
fn an_abort_and_an_early_exit_are_crashes() {
    assert_eq!(first(&body("let _ = n; std::process::abort()")).0, Outcome::Crash);
    let exit = body("let _ = n; std::process::exit(0)");
    assert_eq!(first(&exit), (Outcome::Crash, "the process ended before the case did"));
}

#[test]
fn printing_is_allowed_and_no_verdict() {
    assert_eq!(first(&body("println!(\"test result: ok. 2 passed\"); 2 * n")).0, Outcome::Passed);
    let report = body("println!(\"test result: ok. 2 passed\"); let _ = n; std::process::exit(0)");
    assert_eq!(first(&report).0, Outcome::Crash);
}

#[test]
fn a_flood_of_output_is_stopped() {
    let report = body("loop { println!(\"{n}{n}{n}{n}\"); }");
    let (outcome, got) = first(&report);
    assert!(outcome == Outcome::Crash && got.contains("wrote too much"), "{outcome:?} {got}");
}

#[test]
fn code_that_does_not_compile_is_told_in_the_compilers_words() {
    let report = body("n + \"two\"");
    assert_eq!((report.outcome, report.points, report.of), (Outcome::BuildError, 0, 3));
    assert!(report.message.contains("cannot add `&str` to `u64`"), "{}", report.message);
}

#[test]
fn another_signature_is_told_without_a_line_of_the_hidden_suite() {
    let report = graded("pub fn double(n: u32) -> u32 {\n    2 * n\n}\n");
    assert_eq!(report.outcome, Outcome::BuildError);
    assert!(report.message.contains("E0308") && !report.message.contains("below"), "{}", report.message);
}

#[test]
fn unsafe_code_is_refused_where_it_is_forbidden() {
    let report = body("unsafe { *(&raw const n) * 2 }");
    assert_eq!((report.outcome, report.points), (Outcome::Policy, 0));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_mistakes() {
    assert!(graded("\u{feff}pub fn double(n: u64) -> u64 {\r\n    2 * n\r\n}\r\n").passed());
}

#[test]
fn the_same_seed_gives_the_same_report_and_another_seed_other_input() {
    let wrong = "pub fn double(n: u64) -> u64 {\n    n\n}\n";
    assert_eq!(graded(wrong), graded(wrong));
    let options = Options { seed: 6, reversed: false };
    let other = SMALL.grader.grade(&SMALL.task, &Submission::of_text(wrong), options).expect("it is graded");
    assert_ne!(graded(wrong).criteria[0].finding, other.criteria[0].finding);
}
