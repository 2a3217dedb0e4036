//! What is kept of a child's output, and what it may read.

#![cfg(unix)]

mod common;

use std::thread;

use common::{output, run, shell};
use runner::{Capture, Exit, Limits, text};

#[test]
fn merged_output_stands_in_the_order_in_which_it_was_written() {
    let outcome = run(&shell("i=0; while [ $i -lt 300 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done"));
    let expected: String = (0..300).map(|i| format!("out {i}\nerr {i}\n")).collect();
    assert_eq!(String::from_utf8(outcome.output), Ok(expected));
    assert_eq!(outcome.stderr, b"");
}

#[test]
fn separate_output_is_kept_apart() {
    let outcome = run(&shell("echo out; echo err >&2; echo more").capture(Capture::Separate));
    assert_eq!(outcome.output, b"out\nmore\n");
    assert_eq!(outcome.stderr, b"err\n");
}

#[test]
fn both_pipes_are_read_at_once_so_that_neither_can_stop_the_child() {
    let script = "head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero; echo end >&2";
    let outcome = run(&shell(script).capture(Capture::Separate));
    assert_eq!(outcome.exit, Exit::Exited(0));
    assert_eq!((outcome.output.len(), outcome.stderr.len()), (300_000, 300_004));
}

#[test]
fn output_above_the_cap_is_counted_and_not_kept() {
    let limits = Limits { output: 1000, ..Limits::listing() };
    let outcome = run(&shell("head -c 5000 /dev/zero; echo end").limits(limits));
    assert_eq!(outcome.exit, Exit::Exited(0));
    assert_eq!((outcome.output.len(), outcome.dropped), (1000, 4004));
}

#[test]
fn a_child_that_ended_before_its_flood_was_seen_is_told_as_a_flood() {
    let limits = Limits { output: 10, flood: 4000, ..Limits::listing() };
    let outcome = run(&shell("head -c 5000 /dev/zero").limits(limits));
    assert_eq!(outcome.exit, Exit::TooMuchOutput);
}

#[test]
fn output_that_is_not_utf_8_is_kept_as_bytes_and_shown_escaped() {
    let outcome = run(&shell(r"printf 'caf\303\251 \377\t\033[31m\r\n'"));
    assert_eq!(outcome.output, b"caf\xc3\xa9 \xff\t\x1b[31m\r\n");
    assert_eq!(text::printable(&outcome.output), "café \\xFF\t\\u{1b}[31m\\r\n");
    assert_eq!(text::first_invalid(&outcome.output), Some(6));
    assert_eq!(text::first_invalid("café".as_bytes()), None);
}

#[test]
fn every_control_character_except_newline_and_tab_is_escaped() {
    for character in (0..=0x9f).filter_map(char::from_u32).filter(|c| c.is_control()) {
        let shown = text::printable(character.to_string().as_bytes());
        let kept = matches!(character, '\n' | '\t');
        assert_eq!(shown.contains(character), kept, "{character:?} is shown as {shown:?}");
        assert!(kept || shown.chars().all(|c| c.is_ascii_graphic()), "{shown:?}");
    }
}

#[test]
fn a_childs_stdin_is_empty_unless_bytes_are_given() {
    assert_eq!(output(&shell("cat; echo end")), "end\n");
    assert_eq!(output(&shell("cat; echo end").stdin("given\n")), "given\nend\n");
}

#[test]
fn a_child_may_answer_a_long_input_while_it_reads_it() {
    let bytes = vec![b'x'; 900_000];
    assert_eq!(run(&shell("cat").stdin(bytes.clone())).output, bytes);
}

#[test]
fn a_child_that_does_not_read_its_input_is_no_error() {
    assert_eq!(output(&shell("echo unread").stdin(vec![b'x'; 900_000])), "unread\n");
}

#[test]
fn fifty_runs_at_once_do_not_mix_their_outputs() {
    let run_one = |number: usize| {
        let script = format!("for i in 1 2 3 4 5; do echo {number} out; echo {number} err >&2; done");
        let expected = format!("{number} out\n{number} err\n").repeat(5);
        assert_eq!(output(&shell(&script)), expected);
    };
    thread::scope(|scope| {
        for number in 0..50 {
            scope.spawn(move || run_one(number));
        }
    });
}
