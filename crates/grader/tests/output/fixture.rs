//! A small class: five students, two exercises, and one of every kind of trouble.

use model::class::{
    Attempt, Class, ManualCriterion, ManualPoints, Missing, Row, Set, SetExercise, Student, VERSION, Work,
};
use model::graded::Graded;
use model::late::{Attempts, Extension, LatePolicy, Submitted};
use model::points::Points;
use model::redact::{StudentReport, Visibility};
use model::report::{CriterionReport, Finding, Outcome, Report};
use model::time::Time;
use std::collections::BTreeMap;

/// What a program may print, and what must never reach a page as it is.
pub(crate) const HOSTILE: &str =
    "\u{1b}[31m<script>alert('x')</script>]]>&amp;\0\u{202e}live\u{2066}\u{ffff}\r\n```\n# @all";

/// A name that a spreadsheet would run.
pub(crate) const FORMULA: &str = "=HYPERLINK(\"http://evil.example\",\"click\")";

pub(crate) fn time(text: &str) -> Time {
    text.parse().expect("a time of the fixture")
}

pub(crate) fn date() -> Time {
    time("2026-11-21T18:00:00+01:00")
}

fn exercise(exercise: &str, title: &str, read: &str, points: u32, manual: Vec<ManualCriterion>) -> SetExercise {
    let (exercise, title, read) = (exercise.to_owned(), title.to_owned(), read.to_owned());
    SetExercise { exercise, title, read, points, weight: Points::whole(1), manual }
}

pub(crate) fn set() -> Set {
    let words = ManualCriterion {
        id: "words".into(),
        title: "The comment says who owns the buffer".into(),
        points: Points::whole(4),
    };
    Set {
        id: "week-5".into(),
        title: "Week 5: lists & vectors".into(),
        due: Some(time("2026-11-15T23:59:00+01:00")),
        late: LatePolicy { grace_minutes: 15, percent_per_day: 10, cap_percent: 50, last_day: None },
        attempts: Attempts::default(),
        visibility: Visibility::All,
        missing: Missing::Zero,
        exercises: vec![
            exercise("stack-limits/drop-list", "A list that does not recurse", "stack-limits/cures", 8, vec![]),
            exercise("heap/my-vec", "A vector of your own", "heap/growth", 10, vec![words]),
        ],
    }
}

fn finding(case: &str, tried: &str, expected: &str, got: &str) -> Finding {
    Finding {
        case: case.into(),
        tried: tried.into(),
        expected: expected.into(),
        got: got.into(),
        why: "A list that forgets its nodes never overflows. It leaks instead.".into(),
        read: "stack-limits/cures".into(),
        next: "Take each node out of its box before the box is dropped.".into(),
    }
}

pub(crate) fn criterion(id: &str, title: &str, of: u32, outcome: Outcome, finding: Option<Finding>) -> CriterionReport {
    let points = if outcome == Outcome::Passed { of } else { 0 };
    CriterionReport { id: id.into(), title: title.into(), points, of, outcome, finding }
}

pub(crate) fn report(exercise: &str, criteria: Vec<CriterionReport>) -> Report {
    let sum = |part: fn(&CriterionReport) -> u32| criteria.iter().map(part).sum();
    let worst = |criterion: &CriterionReport| !matches!(criterion.outcome, Outcome::Passed | Outcome::NotRun);
    Report {
        version: model::report::VERSION,
        exercise: exercise.into(),
        outcome: criteria.iter().find(|c| worst(c)).map_or(Outcome::Passed, |c| c.outcome),
        points: sum(|criterion| criterion.points),
        of: sum(|criterion| criterion.of),
        seed: 424_242,
        message: String::new(),
        criteria,
    }
}

const CONTENTS: &str = "The list holds what it should";
const DEPTH: &str = "A long list can be dropped in a small stack";

fn list(contents: Outcome, depth: Outcome, found: Option<Finding>) -> Report {
    let (first, second) = if contents == Outcome::Passed { (None, found) } else { (found, Some(waiting())) };
    let second = second.filter(|_| depth != Outcome::Passed);
    let criteria =
        vec![criterion("contents", CONTENTS, 3, contents, first), criterion("depth", DEPTH, 5, depth, second)];
    report("stack-limits/drop-list", criteria)
}

/// As the grader tells it.
fn waiting() -> Finding {
    let next = "meet `contents`, then this one is looked at".to_owned();
    Finding { read: String::new(), next, ..finding("", "nothing yet: `contents` comes first", "", "") }
}

fn vector(outcome: Outcome) -> Report {
    let found = finding("grow", "push a thousand values", "at most 11 allocations", "1000 allocations");
    let found = Finding { read: "heap/growth".into(), ..found };
    let found = (outcome != Outcome::Passed).then_some(found);
    report("heap/my-vec", vec![criterion("growth", "Pushing allocates seldom", 10, outcome, found)])
}

fn refused(exercise: &str, of: u32, outcome: Outcome, message: &str) -> Report {
    Report::refused(exercise, of, 424_242, outcome, message)
}

fn attempt(submitted: &str, report: Report) -> Attempt {
    let graded = Graded {
        key: "0f".repeat(16),
        files: BTreeMap::from([("src/lib.rs".to_owned(), "ab".repeat(32))]),
        suite: "cd".repeat(32),
        kit: "ef".repeat(32),
        held: "launcher".into(),
        ignored: vec!["target/: a folder that nobody needs".into()],
        report,
    };
    Attempt { submitted: Submitted::At(time(submitted)), graded }
}

fn student(id: &str, name: &str, login: &str, section: &str, canvas: &str) -> Student {
    Student {
        id: id.into(),
        name: name.into(),
        login: Some(login.into()),
        email: Some(format!("{login}@uni.example")),
        section: Some(section.into()),
        columns: BTreeMap::from([("ID".to_owned(), canvas.to_owned())]),
    }
}

fn work(attempts: Vec<Attempt>, words: Option<&str>, points: Option<u32>) -> Work {
    let remark = words.unwrap_or_default().to_owned();
    let given = ManualPoints { id: "words".into(), points: points.map(Points::whole), remark };
    Work { attempts, manual: if words.is_some() { vec![given] } else { Vec::new() } }
}

const SUNDAY: &str = "2026-11-15T20:00:00+01:00";
const TUESDAY: &str = "2026-11-17T09:30:00+01:00";

/// Everything right, in time; a second attempt counts.
fn passed() -> Vec<Work> {
    let (first, second) = (list(Outcome::Failed, Outcome::NotRun, None), list(Outcome::Passed, Outcome::Passed, None));
    let attempts = vec![attempt("2026-11-14T10:00:00+01:00", first), attempt(SUNDAY, second)];
    vec![work(attempts, None, None), work(vec![attempt(SUNDAY, vector(Outcome::Passed))], Some("Well said."), Some(4))]
}

/// Wrong, late, and printing what it should not.
fn failed() -> Vec<Work> {
    let found = finding("order", "push 1, 2, 3 and read them", "[3, 2, 1]", HOSTILE);
    let list = list(Outcome::Failed, Outcome::NotRun, Some(found));
    let remark = "Who frees it? <b>Say so</b>, *please*.";
    vec![
        work(vec![attempt(TUESDAY, list)], None, None),
        work(vec![attempt(TUESDAY, vector(Outcome::Failed))], Some(remark), Some(1)),
    ]
}

/// Breaks a rule, and does not compile.
fn refusals() -> Vec<Work> {
    let rule = "src/lib.rs:3: `#[global_allocator]` is not allowed";
    let error = "error[E0382]: borrow of moved value: `list`\n --> src/lib.rs:9:5\n  |\n9 |     list.push(1);\n";
    vec![
        work(vec![attempt(SUNDAY, refused("stack-limits/drop-list", 8, Outcome::Policy, rule))], None, None),
        work(vec![attempt(SUNDAY, refused("heap/my-vec", 10, Outcome::BuildError, error))], Some(""), Some(0)),
    ]
}

/// Too slow; the other one right, with an extension, and a person has yet to look at it.
fn slow() -> Vec<Work> {
    let found = finding("drop", "drop 1,000,000 nodes", "an end", "no end after 10 seconds");
    let list = list(Outcome::Passed, Outcome::Timeout, Some(found));
    vec![
        work(vec![attempt(TUESDAY, list)], None, None),
        work(vec![attempt(TUESDAY, vector(Outcome::Passed))], Some(""), None),
    ]
}

pub(crate) fn class() -> Class {
    let set = set();
    let row = |student, extension, works| Row::settled(&set, student, extension, works).expect("it can be settled");
    let rows = vec![
        row(student("1001", "Jörg Müller", "jmueller", "A", "71"), None, passed()),
        row(student("1002", "Łucja \"Lu\" O'Neil, Jr.", "loneil", "A", "72"), None, failed()),
        row(student("1003", FORMULA, "+formula", "B", "73"), None, refusals()),
        row(student("1004", "שרה כהן", "scohen", "B", "74"), Some(Extension::Days(3)), slow()),
        row(student("1005", "👩‍💻 Ada <script>alert(1)</script>", "ada", "B", "75"), None, vec![Work::default(); 2]),
    ];
    Class { version: VERSION, date: date(), set, rows }
}

/// What one student may see of the attempts that count.
pub(crate) fn reports(class: &Class, row: usize, visibility: Visibility) -> Vec<StudentReport> {
    let counted = class.rows[row].entries.iter().filter_map(|entry| entry.counted());
    counted.map(|attempt| attempt.graded.for_student(visibility)).collect()
}
