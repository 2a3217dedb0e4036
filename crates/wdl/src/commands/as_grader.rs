//! `wdl check --as-grader`: the hidden suite, where it is there, as a teacher's grader would run it.

use anyhow::{Context, Result};
use grader::grade::{Grader, Options};
use grader::intake;
use grader::room::Trust;
use grader::task::Places;
use model::report::Report;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Session;
use super::check::exit;
use crate::cli::Exit;
use crate::course::Course;
use crate::view;

/// Grades an exercise with its hidden suite. Nothing of it is remembered: a pass is one of the visible tests.
///
/// # Errors
/// When the exercise is unknown, or the grader cannot do its work.
pub fn run(session: &mut Session, id: Option<&str>, seed: Option<u64>) -> Result<Exit> {
    let Some(entry) = session.meant(id)? else {
        session.console.say(super::check::ALL_PASSED);
        return Ok(Exit::Passed);
    };
    let Some(places) = places(&session.course) else {
        session.console.tell("there are no hidden suites in this copy of the course; your teacher has them");
        return Ok(Exit::NotYet);
    };
    let seed = seed.unwrap_or_else(from_clock);
    let grader = Grader::open(places, Trust::Author)?;
    let name = format!("{}/{}", entry.about.chapter, entry.id());
    let task = grader.task(&name).with_context(|| format!("the suite of `{name}`"))?;
    // The folder may be a link of the learner's own; what lies in it may not.
    let report = match intake::read(&entry.folder.canonicalize()?, &task.exercise)? {
        Ok(intake) => grader.grade(&task, &intake.submission, Options { seed, reversed: false })?,
        Err(refused) => Report::refused(&name, task.points(), seed, refused.outcome, refused.message),
    };
    session.console.say(&view::graded(
        &format!("{}: {}", entry.id(), entry.about.title),
        &report,
        session.console.style(),
    ));
    Ok(exit(report.outcome))
}

/// Where suites and grader lie beside the course, in a copy that has them.
fn places(course: &Course) -> Option<Places> {
    let root = course.folder.parent()?;
    let places =
        Places { course: course.folder.clone(), exercises: course.folder.clone(), ..Places::of_repository(root) };
    (places.suites.is_dir() && places.obs.is_dir()).then_some(places)
}

/// Other input every time; the report says which, so that it can be repeated.
fn from_clock() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_secs() % 1_000_000)
}
