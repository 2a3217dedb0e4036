use super::*;
use model::report::{Outcome, Report};
use std::collections::BTreeMap;

fn at(text: &str) -> Submitted {
    Submitted::At(text.parse().unwrap())
}

const MONDAY: &str = "2026-11-23T10:00:00Z";
const TUESDAY: &str = "2026-11-24T10:00:00Z";

fn entry(path: &str, content: &str, submitted: Submitted) -> Entry {
    let (key, content) = (Some(format!("key-{content}")), Some(content.to_owned()));
    Entry {
        student: "s1".into(),
        exercise: "c/e".into(),
        path: path.into(),
        submitted,
        is_told: false,
        key,
        content,
        fault: None,
    }
}

fn ledger(entries: Vec<Entry>) -> Ledger {
    Ledger {
        version: VERSION,
        set: "set.toml".into(),
        date: MONDAY.parse().unwrap(),
        entries,
        nothing: Vec::new(),
        doubts: Vec::new(),
    }
}

fn graded(source: &str) -> Graded {
    Graded {
        key: format!("verdict-on-{source}"),
        files: BTreeMap::from([("src/lib.rs".to_owned(), source.to_owned())]),
        suite: String::new(),
        kit: String::new(),
        held: "open".into(),
        ignored: Vec::new(),
        report: Report::refused("c/e", 5, 1, Outcome::Failed, ""),
    }
}

#[test]
fn what_is_handed_over_again_keeps_its_time_wherever_it_lies_now() {
    let mut ledger = ledger(vec![entry("again/s1", "a", at(TUESDAY))]);
    ledger.remember(self::ledger(vec![entry("first/s1", "a", at(MONDAY))]), Path::new("download"));
    assert_eq!(ledger.entries, [entry("again/s1", "a", at(MONDAY))]);
}

#[test]
fn that_something_was_late_can_become_a_time_and_never_the_other_way() {
    let mut ledger = ledger(vec![entry("s1", "a", at(TUESDAY))]);
    ledger.remember(self::ledger(vec![entry("s1", "a", Submitted::Late)]), Path::new("download"));
    assert_eq!(ledger.entries[0].submitted, at(TUESDAY));
    let mut ledger = self::ledger(vec![entry("s1", "a", Submitted::Unknown)]);
    ledger.remember(self::ledger(vec![entry("s1", "a", at(MONDAY))]), Path::new("download"));
    assert_eq!(ledger.entries[0].submitted, at(MONDAY));
}

#[test]
fn a_teacher_can_correct_a_time() {
    let told = Entry { is_told: true, ..entry("s1", "a", at(MONDAY)) };
    let mut ledger = ledger(vec![told.clone()]);
    ledger.remember(self::ledger(vec![entry("s1", "a", at(TUESDAY))]), Path::new("download"));
    assert_eq!(ledger.entries, [told]);
}

#[test]
fn what_was_wrong_in_another_download_is_still_wrong() {
    let doubt = |text: &str, source: &str| Doubt { student: None, text: text.into(), source: source.into() };
    let mut before = ledger(Vec::new());
    before.doubts = vec![doubt("mended", "first"), doubt("still there", "second")];
    let mut ledger = ledger(Vec::new());
    ledger.remember(before, Path::new("first"));
    assert_eq!(ledger.doubts, [doubt("still there", "second")]);
}

#[test]
fn an_earlier_attempt_stays_and_comes_first() {
    let mut ledger = ledger(vec![entry("s1.zip", "b", Submitted::InTime)]);
    ledger.remember(self::ledger(vec![entry("s1.zip", "a", Submitted::InTime)]), Path::new("download"));
    let contents: Vec<_> = ledger.entries.iter().map(|entry| entry.content.as_deref().unwrap()).collect();
    assert_eq!(contents, ["a", "b"]);
}

#[test]
fn what_was_begun_and_not_graded_is_no_attempt_of_its_own() {
    let mut begun = entry("s1", "a", Submitted::InTime);
    (begun.key, begun.content) = (None, None);
    let mut ledger = ledger(vec![entry("s1", "a", Submitted::InTime)]);
    ledger.remember(self::ledger(vec![begun]), Path::new("download"));
    assert_eq!(ledger.entries.len(), 1);
}

#[test]
fn grading_again_changes_the_verdict_unless_the_work_was_changed() {
    let mut entry = entry("s1", "", at(MONDAY));
    entry.take(Ok(graded("a")));
    let before = entry.clone();
    entry.take_again(Ok(Graded { key: "another-suite".into(), ..graded("a") }));
    assert_eq!((entry.key.as_deref(), &entry.submitted, &entry.fault), (Some("another-suite"), &at(MONDAY), &None));
    entry.take_again(Ok(graded("b")));
    assert_eq!(entry.key.as_deref(), Some("another-suite"));
    assert!(entry.fault.as_ref().is_some_and(|fault| fault.contains("was changed")), "{entry:?}");
    assert_eq!(entry.content, before.content);
}

#[test]
fn a_ledger_that_was_written_is_read_as_the_same() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path().join("graded"));
    assert!(!folder.is_used());
    let ledger = ledger(vec![entry("s1", "a", Submitted::Late)]);
    folder.write(&ledger).unwrap();
    assert!(folder.is_used());
    assert_eq!(folder.read().unwrap(), ledger);
}
