//! `wdl reset`: back to the beginning, without losing anything, and back from there.

use anyhow::{Context, Result};
use fs_err as fs;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Session;
use crate::backups::Backups;
use crate::cli::Exit;
use crate::entry::Entry;
use crate::manifest::{FILE, Manifest, Original};
use crate::place::shown;
use crate::progress::State;

/// Why nothing was done, when a copy could not be made.
const NO_COPY: &str = "no copy of your files can be kept, so nothing is changed";

/// Brings back the delivered files of an exercise; of those that differ a copy is kept.
///
/// # Errors
/// When nothing says what was delivered, or the copy cannot be kept. Nothing is changed then.
pub fn run(session: &mut Session, id: &str, tests_only: bool) -> Result<Exit> {
    let entry = session.course.entry(id)?.clone();
    let manifest = Manifest::load(&session.course)?;
    let Some(files) = manifest.as_ref().and_then(|manifest| manifest.files(&entry)) else {
        anyhow::bail!(
            "nothing says how `{}` was delivered: there is no {} for it; take it from where you got the course",
            entry.id(),
            shown(&session.course.folder.join(FILE))
        );
    };
    let changed = changed(&entry, files, tests_only);
    let passed = session.progress.record(entry.id()).hash == Some(entry.work());
    let kept = Backups::of(&session.progress, &entry).keep(&entry, &changed).context(NO_COPY)?;
    for name in &changed {
        let path = entry.folder.join(name);
        match files.get(name) {
            Some(file) => write(&path, file.text.as_bytes())?,
            // It is not part of the beginning, and there is a copy.
            None => fs::remove_file(&path)?,
        }
        session.console.say(&format!("brought back {}", shown(&path)));
    }
    if changed.is_empty() {
        session.console.say(&format!("{} is as it was delivered; nothing to bring back", entry.id()));
    }
    let started_again = !tests_only && start_again(session, &entry);
    if let Some(kept) = kept {
        let pass = if started_again && passed { ", and the pass with them" } else { "" };
        let undo = format!("`wdl reset {} --undo` brings them back{pass}", entry.id());
        session.console.say(&format!("your files are kept in {}; {undo}", shown(&kept)));
    }
    Ok(Exit::Passed)
}

/// The files that differ from what was delivered; with `tests_only`, without the learner's own.
fn changed(entry: &Entry, files: &BTreeMap<String, Original>, tests_only: bool) -> Vec<String> {
    let own = |name: &str| entry.about.files.iter().any(|file| file == name);
    let names: BTreeSet<&str> = entry.needed().chain(files.keys().map(String::as_str)).collect();
    let differs = |name: &&str| match files.get(*name) {
        Some(file) => !file.is(&entry.folder.join(name)),
        None => entry.folder.join(name).exists(),
    };
    let names = names.into_iter().filter(|name| !(tests_only && own(name)));
    names.filter(differs).map(str::to_owned).collect()
}

/// An exercise at its beginning is not passed, whatever was remembered of it. Whether that is news.
fn start_again(session: &mut Session, entry: &Entry) -> bool {
    let passed = session.progress.record(entry.id()).state == State::Passed;
    session.progress.update(entry.id(), |record| {
        record.state = if passed || record.attempts > 0 { State::Started } else { State::New };
    });
    if passed {
        session.console.say(&format!("`{}` counts as started again", entry.id()));
    }
    passed
}

/// Brings back the newest copy of an exercise's files, and the pass if they are the ones that passed; the
/// present ones are kept in turn, so that an undo can be undone.
///
/// # Errors
/// When the copy cannot be read, or the present files cannot be kept. Nothing is changed then.
pub fn undo(session: &mut Session, id: &str) -> Result<Exit> {
    let entry = session.course.entry(id)?.clone();
    let backups = Backups::of(&session.progress, &entry);
    let Some(copy) = backups.newest()? else {
        let id = entry.id();
        session.console.tell(&format!(
            "there is no copy of `{id}` to bring back: a reset keeps one, if there is something of yours to keep"
        ));
        return Ok(Exit::NotYet);
    };
    let differs = |name: &&String| fs::read(copy.folder.join(name)).ok() != fs::read(entry.folder.join(name)).ok();
    let changed: Vec<String> = copy.names.iter().filter(differs).cloned().collect();
    let kept = backups.keep(&entry, &changed).context(NO_COPY)?;
    for name in &changed {
        let path = entry.folder.join(name);
        write(&path, &fs::read(copy.folder.join(name))?)?;
        session.console.say(&format!("brought back {}", shown(&path)));
    }
    if changed.is_empty() {
        let folder = shown(&copy.folder);
        session.console.say(&format!("{} is as in {folder}; nothing to bring back", entry.id()));
    }
    if let Some(kept) = kept {
        session.console.say(&format!("what was there is kept in {}", shown(&kept)));
    }
    pass_again(session, &entry);
    Ok(Exit::Passed)
}

fn pass_again(session: &mut Session, entry: &Entry) {
    let record = session.progress.record(entry.id());
    if record.state != State::Passed && record.hash == Some(entry.work()) {
        session.progress.update(entry.id(), |record| record.state = State::Passed);
        session.console.say(&format!("`{}` counts as passed again", entry.id()));
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, bytes)?)
}
