//! `wdl check`: one check, its verdict, and what is remembered of it.

use anyhow::Result;
use model::report::Outcome;

use super::Session;
use crate::check::{Verdict, check};
use crate::cli::Exit;
use crate::entry::Entry;
use crate::progress::State;
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
    let work = entry.work();
    let Some(verdict) = check(&session.course, entry, session.patience, go_on)? else { return Ok(None) };
    session.console.say(&view::verdict(entry, &verdict, session.console.style()));
    remember(session, entry, &verdict, work);
    session.tell_notes();
    Ok(Some(exit(verdict.report.outcome)))
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
        if verdict.report.passed() {
            record.state = State::Passed;
            record.hash = Some(work);
        } else if record.state == State::New {
            record.state = State::Started;
        }
    });
}
