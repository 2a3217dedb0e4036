//! `wdl solution`: the solution, where the teacher's side of the course is there, after a pass.

use anyhow::{Context, Result};
use fs_err as fs;
use model::starter;
use std::path::PathBuf;

use super::Session;
use crate::cli::Exit;
use crate::entry::Entry;
use crate::place::shown;
use crate::progress::State;

/// Shows the solution of an exercise.
///
/// # Errors
/// When the exercise is unknown, or the solution cannot be read.
pub fn run(session: &Session, id: &str, anyway: u8) -> Result<Exit> {
    let entry = session.course.entry(id)?;
    let id = entry.id();
    let Some(path) = file(session, entry) else {
        session.console.tell("there are no solutions in this copy of the course; `wdl hint` helps");
        return Ok(Exit::NotYet);
    };
    if session.progress.record(id).state != State::Passed && anyway < 2 {
        session.console.tell(&match anyway {
            0 => format!("you have not passed `{id}` yet; `wdl hint {id} --next` helps without giving it away"),
            _ => "what you find yourself stays with you; if you still want to see it, give `--anyway` twice".to_owned(),
        });
        return Ok(Exit::NotYet);
    }
    let solution = starter::solution(&fs::read_to_string(&path)?).with_context(|| format!("in {}", shown(&path)))?;
    session.console.say(&solution);
    Ok(Exit::Passed)
}

/// Whether the solution of an exercise may be seen, and how, in a sentence.
pub fn allowed(session: &Session, entry: &Entry) -> String {
    let id = entry.id();
    if file(session, entry).is_none() {
        "There are no solutions in this copy of the course; your teacher has them.".to_owned()
    } else if session.progress.record(id).state == State::Passed {
        format!("`wdl solution {id}` shows a solution: you have passed.")
    } else {
        format!("`wdl solution {id}` shows a solution after you passed; before that, only with `--anyway --anyway`.")
    }
}

/// The solution, together with what the starter has in its place.
fn file(session: &Session, entry: &Entry) -> Option<PathBuf> {
    let path = session.course.suite(entry)?.join("solution.rs");
    path.is_file().then_some(path)
}
