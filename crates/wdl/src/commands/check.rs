//! `wdl check`: one check, its verdict, and what is remembered of it.

use anyhow::Result;
use model::report::Outcome;

use super::Session;
use crate::check::{Verdict, check};
use crate::cli::Exit;
use crate::course::Course;
use crate::entry::Entry;
use crate::progress::{Last, State};
use crate::view;

/// Checks one exercise.
///
/// # Errors
/// When the exercise is unknown, or cargo cannot be run.
pub fn run(session: &mut Session, id: Option<&str>) -> Result<Exit> {
    let Some(entry) = session.meant(id)? else {
        session.console.say(ALL_PASSED);
        return Ok(Exit::Passed);
    };
    let exit = once(session, &entry, &mut || true)?;
    if exit == Some(Exit::Passed) {
        let next = session.next().map_or(ALL_PASSED.to_owned(), |next| {
            format!("next: {}, {} (`wdl` works on it with you)", next.id(), next.about.title)
        });
        session.console.say(&next);
    }
    Ok(exit.unwrap_or(Exit::Interrupted))
}

/// What there is to say at the end.
pub const ALL_PASSED: &str = "all exercises are passed";

/// Checks an exercise, tells the verdict and remembers it. `None` when the check was given up.
///
/// # Errors
/// When cargo cannot be run.
pub fn once(session: &mut Session, entry: &Entry, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Exit>> {
    let Some(verdict) = judge(session, entry, go_on)? else { return Ok(None) };
    session.console.say(&view::verdict(entry, &verdict, session.console.style()));
    if let Some(later) = graded_later(&session.course, entry, &verdict) {
        session.console.say(&format!("\n{later}"));
    }
    session.tell_notes();
    Ok(Some(exit(verdict.report.outcome)))
}

/// Checks an exercise and remembers the verdict. `None` when the check was given up.
///
/// # Errors
/// When cargo cannot be run.
pub(super) fn judge(session: &mut Session, entry: &Entry, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Verdict>> {
    let work = entry.work();
    let verdict = check(&session.course, entry, session.patience, go_on)?;
    if let Some(verdict) = &verdict {
        remember(session, entry, verdict, work);
    }
    Ok(verdict)
}

/// What a pass leaves open: the criteria that only the hidden suite checks, and how they come to be checked.
fn graded_later(course: &Course, entry: &Entry, verdict: &Verdict) -> Option<String> {
    let count = entry.about.criterion.iter().filter(|criterion| criterion.tests.is_empty()).count();
    if count == 0 || !verdict.report.passed() {
        return None;
    }
    let (criteria, them) = if count == 1 { ("criterion is", "it") } else { ("criteria are", "them") };
    let id = entry.id();
    let how = if cfg!(feature = "grader") && course.suite(entry).is_some() {
        format!("`wdl check {id} --as-grader` runs it here")
    } else {
        format!("`wdl submit {id}` packs your work for it")
    };
    Some(format!("{count} {criteria} still to be graded: the hidden suite checks {them}, and {how}."))
}

/// The exit code that stands for an outcome.
pub(super) fn exit(outcome: Outcome) -> Exit {
    match outcome {
        Outcome::Passed => Exit::Passed,
        Outcome::Timeout | Outcome::Memory => Exit::Limit,
        Outcome::GraderError => Exit::Fault,
        _ => Exit::NotYet,
    }
}

/// A pass stays one, whatever is tried afterwards. What is no verdict on the exercise leaves no trace.
fn remember(session: &mut Session, entry: &Entry, verdict: &Verdict, work: String) {
    if verdict.report.outcome == Outcome::GraderError {
        return;
    }
    session.progress.update(entry.id(), |record| {
        record.attempts += 1;
        record.last = Some(Last { hash: work.clone(), outcome: verdict.report.outcome });
        if verdict.report.passed() {
            record.state = State::Passed;
            record.hash = Some(work);
        } else if record.state == State::New {
            record.state = State::Started;
        }
    });
}
