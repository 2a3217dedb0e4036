//! What work is worth, by example.

use super::*;
use crate::class::{Attempt, ManualCriterion, Missing};
use crate::graded::Graded;
use crate::late::{Attempts, Counts, LatePolicy};
use crate::redact::Visibility;
use crate::report::{Outcome, Report};
use crate::time::Time;

fn time(day: u32) -> Time {
    format!("2026-11-{day:02}T12:00:00+01:00").parse().unwrap()
}

fn set() -> Set {
    let exercise = SetExercise {
        exercise: "heap/my-vec".into(),
        title: "A vector of your own".into(),
        read: "heap/growth".into(),
        points: 10,
        weight: Points::hundredths(150),
        manual: vec![ManualCriterion { id: "words".into(), title: "It is explained".into(), points: Points::whole(2) }],
    };
    Set {
        id: "week-5".into(),
        title: "Week 5".into(),
        due: Some(time(20)),
        late: LatePolicy { grace_minutes: 10, percent_per_day: 25, cap_percent: 75, last_day: None },
        attempts: Attempts::default(),
        visibility: Visibility::Criterion,
        missing: Missing::Zero,
        exercises: vec![exercise],
    }
}

fn student() -> Student {
    let (id, name) = ("7".to_owned(), "Zoë".to_owned());
    Student { id, name, login: None, email: None, section: None, columns: Default::default() }
}

fn attempt(submitted: Submitted, points: u32) -> Attempt {
    let report = Report { points, ..Report::refused("heap/my-vec", 10, 1, Outcome::Failed, "") };
    let graded = Graded {
        key: String::new(),
        files: Default::default(),
        suite: String::new(),
        kit: String::new(),
        held: String::new(),
        ignored: Vec::new(),
        report,
    };
    Attempt { submitted, graded }
}

fn given(points: Option<u32>) -> ManualPoints {
    ManualPoints { id: "words".into(), points: points.map(Points::whole), remark: String::new() }
}

fn settled(set: &Set, attempts: Vec<Attempt>, manual: Vec<ManualPoints>) -> Result<Row, Unsettled> {
    Row::settled(set, student(), None, vec![Work { attempts, manual }])
}

#[test]
fn points_of_suite_and_people_are_cut_by_lateness_and_then_weighted() {
    let row = settled(&set(), vec![attempt(Submitted::At(time(21)), 8)], vec![given(Some(2))]).unwrap();
    // (8 + 2) less 25 percent, times 1.5.
    assert_eq!(row.score, Score { points: Points::hundredths(1125), of: Points::whole(18), is_final: true });
    assert_eq!(row.entries[0].earned, Points::whole(10));
}

#[test]
fn a_blank_manual_criterion_keeps_the_score_open() {
    for manual in [vec![], vec![given(None)]] {
        let row = settled(&set(), vec![attempt(Submitted::InTime, 8)], manual).unwrap();
        assert_eq!(row.score, Score { points: Points::whole(12), of: Points::whole(18), is_final: false });
    }
}

#[test]
fn who_handed_in_nothing_has_nothing_and_that_is_final() {
    let row = settled(&set(), vec![], vec![]).unwrap();
    assert!(row.is_missing());
    assert_eq!(row.score, Score { points: Points::ZERO, of: Points::whole(18), is_final: true });
}

#[test]
fn the_best_attempt_is_the_one_that_earns_most_after_its_penalty() {
    let mut set = set();
    set.attempts.counts = Counts::Best;
    let late_and_right = attempt(Submitted::At(time(22)), 10);
    let row = settled(&set, vec![late_and_right, attempt(Submitted::At(time(19)), 6)], vec![]).unwrap();
    assert_eq!(row.entries[0].counts, Some(0));
    assert_eq!(row.entries[0].counted().unwrap().submitted, Submitted::At(time(19)));
}

#[test]
fn a_fault_names_student_exercise_and_attempt() {
    let attempts = vec![attempt(Submitted::InTime, 1), attempt(Submitted::Late, 1)];
    let error = settled(&set(), attempts, vec![]).unwrap_err().to_string();
    assert!(
        error.starts_with("Zoë (7), `heap/my-vec`: attempt 2: it is marked late, but nothing says when"),
        "{error}"
    );
}

#[test]
fn points_that_do_not_exist_are_refused() {
    let why = |manual| settled(&set(), vec![], manual).unwrap_err().why;
    let (given, of) = (Points::whole(3), Points::whole(2));
    assert_eq!(why(vec![super::tests::given(Some(3))]), Why::TooMany { id: "words".into(), given, of });
    assert_eq!(why(vec![super::tests::given(None), super::tests::given(None)]), Why::Twice("words".into()));
    let unknown = ManualPoints { id: "style".into(), points: None, remark: String::new() };
    assert_eq!(why(vec![unknown]), Why::UnknownCriterion("style".into()));
    let error = Row::settled(&set(), student(), None, vec![]).unwrap_err().why;
    assert_eq!(error, Why::Count { exercises: 1, works: 0 });
}
