//! The tests that you see. The grader has more of the same kinds.

use reuse_buffer::{Entry, log, log_into};

fn entry(source: &str, seconds: u64) -> Entry<'_> {
    let reading = 0.25;
    Entry {
        source,
        seconds,
        reading,
    }
}

fn lines(entries: &[Entry<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    log(entries, |line| lines.push(line.to_owned()));
    lines
}

#[test]
fn an_entry_is_a_line() {
    assert_eq!(lines(&[entry("pump", 90)]), ["[000090] pump: 0.250"]);
}

#[test]
fn a_line_does_not_hold_the_one_before() {
    let seen = lines(&[entry("pressure", 7), entry("fan", 8)]);
    assert_eq!(seen, ["[000007] pressure: 0.250", "[000008] fan: 0.250"]);
}

#[test]
fn a_hundred_lines_are_one_allocation() {
    let entries = vec![entry("pump", 1); 100];
    let mut bytes = 0;
    let ((), usage) = probe::thread(|| log(&entries, |line| bytes += line.len()));
    assert_eq!(bytes, 2000);
    assert_eq!(usage.allocations, 1, "one block for all lines");
}

#[test]
fn lines_go_through_a_given_buffer() {
    let mut buffer = String::with_capacity(100);
    let mut seen = Vec::new();
    log_into(&mut buffer, &[entry("fan", 8)], |line| {
        seen.push(line.to_owned())
    });
    assert_eq!(seen, ["[000008] fan: 0.250"]);
}
