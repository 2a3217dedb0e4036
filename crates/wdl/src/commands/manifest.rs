//! `wdl manifest`: writes down what the course delivers.

use anyhow::Result;
use fs_err as fs;
use std::path::PathBuf;

use super::Session;
use crate::cli::Exit;
use crate::manifest::{FILE, Manifest};
use crate::place::shown;

/// Writes the manifest.
///
/// # Errors
/// When an exercise cannot be read, or the file cannot be written.
pub fn run(session: &Session, to: Option<PathBuf>) -> Result<Exit> {
    let path = to.unwrap_or_else(|| session.course.folder.join(FILE));
    let manifest = Manifest::of(&session.course)?;
    fs::write(&path, manifest.text()?)?;
    session.console.say(&format!("{} exercises in {}", manifest.exercises.len(), shown(&path)));
    Ok(Exit::Passed)
}
