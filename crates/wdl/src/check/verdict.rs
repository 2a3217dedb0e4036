//! Puts together what the tests said and what the exercise asks for.

use model::exercise::Criterion;
use model::report::{CriterionReport, Finding, Outcome, Report, VERSION};
use std::collections::BTreeSet;

use super::attempt::{Attempt, End};
use super::explain::{self, Explained};
use super::libtest::{Status, Tests};
use crate::course::Course;
use crate::entry::Entry;
use crate::place::Location;

/// The answer to one check.
#[derive(Debug)]
pub struct Verdict {
    /// What holds and what does not.
    pub report: Report,
    /// Where to look first.
    pub at: Option<Location>,
    /// What to do next, where no criterion says it.
    pub next: Option<String>,
    /// What the learner should know besides.
    pub note: Option<String>,
}

impl Verdict {
    /// A verdict without criteria: nothing was run.
    pub fn refused(entry: &Entry, outcome: Outcome, message: impl Into<String>, next: impl Into<String>) -> Self {
        let report = Report::refused(&name(entry), points(entry), 0, outcome, message);
        Self { report, at: None, next: Some(next.into()), note: None }
    }

    /// The criterion that is told in full. A test that was not run says the least, so another comes first.
    pub fn first(&self) -> Option<(&CriterionReport, &Finding)> {
        let criterion = &self.report.criteria[first(&self.report.criteria)?];
        Some((criterion, criterion.finding.as_ref()?))
    }

    /// What stands for all criteria in one word: the way in which they went wrong, if it is the same for all.
    pub fn summary(&self) -> Outcome {
        let silent = |outcome: &Outcome| matches!(outcome, Outcome::Passed | Outcome::NotRun);
        let criteria = self.report.criteria.iter().map(|criterion| criterion.outcome);
        let ways: BTreeSet<Outcome> = criteria.filter(|outcome| !silent(outcome)).collect();
        if ways.len() > 1 { Outcome::Failed } else { self.report.outcome }
    }
}

fn first(criteria: &[CriterionReport]) -> Option<usize> {
    let tells = |criterion: &CriterionReport| criterion.finding.is_some() && criterion.outcome != Outcome::NotRun;
    criteria.iter().position(tells).or_else(|| criteria.iter().position(|criterion| criterion.finding.is_some()))
}

fn name(entry: &Entry) -> String {
    format!("{}/{}", entry.about.chapter, entry.id())
}

fn points(entry: &Entry) -> u32 {
    entry.about.criterion.iter().map(|criterion| criterion.points).sum()
}

/// The visible tests, in the order in which a learner meets them.
pub(super) fn listed(entry: &Entry) -> impl Iterator<Item = &str> {
    entry.about.criterion.iter().flat_map(|criterion| &criterion.tests).map(String::as_str)
}

/// The verdict of a run.
pub(super) fn of(course: &Course, entry: &Entry, attempt: &Attempt, tests: &Tests) -> Verdict {
    if !tests.started {
        return explain::not_started(course, entry, attempt);
    }
    let (mut criteria, mut places) = (Vec::new(), Vec::new());
    for criterion in &entry.about.criterion {
        let outcome = outcome(criterion, attempt, tests);
        let wrong = outcome.as_ref().filter(|(_, outcome)| *outcome != Outcome::Passed);
        let explained =
            wrong.map(|(test, outcome)| explain::finding(course, entry, criterion, test, *outcome, attempt, tests));
        let (finding, at) = explained.map_or((None, None), |Explained { finding, at }| (Some(finding), at));
        // Where there is no visible test, only the grader looks.
        let outcome = outcome.map_or(Outcome::NotRun, |(_, outcome)| outcome);
        let (id, title, of) = (criterion.id.clone(), criterion.title.clone(), criterion.points);
        let points = if outcome == Outcome::Passed { of } else { 0 };
        criteria.push(CriterionReport { id, title, points, of, outcome, finding });
        places.push(at);
    }
    let first = first(&criteria);
    let at = first.and_then(|index| places.swap_remove(index));
    let next = explain::next(first.map(|index| &criteria[index]), attempt);
    Verdict { report: report(entry, attempt, tests, criteria), at, next, note: None }
}

fn report(entry: &Entry, attempt: &Attempt, tests: &Tests, criteria: Vec<CriterionReport>) -> Report {
    let seen = criteria.iter().zip(&entry.about.criterion).filter(|(_, criterion)| !criterion.tests.is_empty());
    let worst = seen.map(|(report, _)| report.outcome).max_by_key(|outcome| rank(*outcome));
    let (mut outcome, mut message) = (worst.unwrap_or(Outcome::NotRun), String::new());
    if outcome == Outcome::Passed && (attempt.end != End::Exited(0) || !tests.ended) {
        (outcome, message) = explain::passed_and_yet(entry, attempt, tests);
    }
    let points = criteria.iter().map(|criterion| criterion.points).sum();
    Report {
        version: VERSION,
        exercise: name(entry),
        outcome,
        points,
        of: self::points(entry),
        seed: 0,
        message,
        criteria,
    }
}

/// What stands for the whole exercise, when several things went wrong.
fn rank(outcome: Outcome) -> usize {
    use Outcome::*;
    let order = [Passed, NotRun, Failed, Crash, StackOverflow, Memory, Timeout, Policy, BuildError, GraderError];
    order.iter().position(|known| *known == outcome).unwrap_or(order.len())
}

/// How a criterion came out, and the test that decided it. `None` when no visible test checks it.
///
/// A test that says nothing has not passed: of several that did not pass, the first that failed decides,
/// because it can say why.
fn outcome<'a>(criterion: &'a Criterion, attempt: &Attempt, tests: &Tests) -> Option<(&'a str, Outcome)> {
    let outcomes = criterion.tests.iter().map(|test| (test.as_str(), of_test(test, attempt, tests)));
    // `max_by_key` gives the last of equals, and the first is wanted.
    outcomes.rev().max_by_key(|(_, outcome)| match outcome {
        Outcome::Passed => 0,
        Outcome::NotRun => 1,
        _ => 2,
    })
}

fn of_test(test: &str, attempt: &Attempt, tests: &Tests) -> Outcome {
    match tests.status.get(test) {
        Some(Status::Ok) => Outcome::Passed,
        Some(Status::Failed) => Outcome::Failed,
        Some(Status::Ignored) => Outcome::NotRun,
        None => match (tests.died.get(test), attempt.end) {
            (Some(death), _) => death.outcome,
            // libtest came to its end without it: it does not exist.
            (None, _) if tests.ended => Outcome::NotRun,
            (None, End::TestsTimedOut | End::BuildTimedOut) => Outcome::Timeout,
            (None, End::Flood | End::Bomb | End::Killed(_) | End::Exited(0)) => Outcome::Crash,
            (None, End::Exited(_)) => Outcome::NotRun,
        },
    }
}
