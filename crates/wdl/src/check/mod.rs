//! From an exercise to a verdict: run its visible tests, read what they said, and explain it.

mod attempt;
mod compiler;
mod explain;
mod last_words;
mod libtest;
mod panic;
mod verdict;

pub use attempt::{Patience, is_writable};
pub use verdict::Verdict;

use anyhow::Result;
use model::report::Outcome;
use std::path::Path;

use libtest::Tests;

use crate::course::Course;
use crate::entry::{Entry, TESTS};
use crate::manifest::Manifest;

/// Checks an exercise. `None` when `go_on` said that nobody waits for the verdict any more, or Ctrl-C did.
///
/// # Errors
/// When cargo could not be run, which is nobody's answer to the exercise.
pub fn check(
    course: &Course,
    entry: &Entry,
    patience: Patience,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Option<Verdict>> {
    let manifest = Manifest::load(course)?;
    let edited = manifest.as_ref().is_some_and(|manifest| is_edited(manifest, entry));
    let verdict = match entry.needed().find(|name| !entry.folder.join(name).is_file()) {
        Some(name) => Some(explain::missing_file(course, entry, name, manifest.is_some())),
        None => run(course, entry, patience, go_on)?,
    };
    Ok(verdict.map(|verdict| if edited { explain::edited_tests(entry, verdict) } else { verdict }))
}

/// Whether the visible tests are there, and others than the course's.
fn is_edited(manifest: &Manifest, entry: &Entry) -> bool {
    entry.folder.join(TESTS).is_file() && manifest.is_edited(entry, TESTS)
}

fn run(course: &Course, entry: &Entry, patience: Patience, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Verdict>> {
    let Some(attempt) = attempt::run(course, entry, patience, go_on)? else { return Ok(None) };
    let mut tests = Tests::parse(&attempt.stdout);
    if tests.started
        && !tests.ended
        && !each_alone(course, attempt.dead_program().as_deref(), entry, patience, go_on, &mut tests)?
    {
        return Ok(None);
    }
    Ok(Some(verdict::of(course, entry, &attempt, &tests)))
}

/// A test that ended the whole process took the verdicts of the others with it, and the words of those that
/// had failed: each of them is run once more, alone. The same where the tests were stopped. `false` when that
/// was given up.
fn each_alone(
    course: &Course,
    program: Option<&Path>,
    entry: &Entry,
    patience: Patience,
    go_on: &mut dyn FnMut() -> bool,
    tests: &mut Tests,
) -> Result<bool> {
    // Where no program died, cargo was stopped: what did not end then would not end now.
    let worth = |name: &&str| !tests.explained(name) && (program.is_some() || tests.reported(name));
    for name in verdict::listed(entry).filter(worth).collect::<Vec<_>>() {
        let Some(attempt) = attempt::alone(course, program, name, entry, patience, go_on)? else { return Ok(false) };
        let said = Tests::parse(&attempt.stdout);
        if said.reported(name) {
            tests.extend(said);
        } else if !said.ended {
            let death = attempt.death();
            let slow = death.outcome == Outcome::Timeout;
            tests.died.insert(name.to_owned(), death);
            // A second wait of this kind teaches nothing.
            if slow {
                break;
            }
        }
    }
    Ok(true)
}
