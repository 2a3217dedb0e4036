//! From an exercise to a verdict: run its visible tests, read what they said, and explain it.

mod attempt;
mod compiler;
mod explain;
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
    if let Some(name) = entry.needed().find(|name| !entry.folder.join(name).is_file()) {
        return Ok(Some(explain::missing_file(course, entry, name, manifest.is_some())));
    }
    let edited = manifest.is_some_and(|manifest| manifest.is_edited(entry, TESTS));
    let Some(attempt) = attempt::run(course, entry, patience, go_on)? else { return Ok(None) };
    let mut tests = Tests::parse(&attempt.stdout);
    if let Some(program) = attempt.dead_program().filter(|_| tests.started)
        && !each_alone(&program, entry, patience, go_on, &mut tests)?
    {
        return Ok(None);
    }
    let mut verdict = verdict::of(course, entry, &attempt, &tests);
    if edited && verdict.report.outcome == Outcome::Passed {
        explain::edited_tests(entry, &mut verdict);
    }
    Ok(Some(verdict))
}

/// A test that ended the whole process took the verdicts of the others with it, and the words of those that
/// had failed: each of them is run once more, alone. `false` when that was given up.
fn each_alone(
    program: &Path,
    entry: &Entry,
    patience: Patience,
    go_on: &mut dyn FnMut() -> bool,
    tests: &mut Tests,
) -> Result<bool> {
    for name in verdict::listed(entry).filter(|name| !tests.explained(name)).collect::<Vec<_>>() {
        let Some(attempt) = attempt::alone(program, name, entry, patience, go_on)? else { return Ok(false) };
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
