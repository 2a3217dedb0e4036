//! `wdl reset`: back to the beginning, without losing anything.

use anyhow::{Context, Result};
use fs_err as fs;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Session;
use crate::cli::Exit;
use crate::entry::Entry;
use crate::manifest::{FILE, Manifest};
use crate::place::shown;
use crate::progress::{self, State};

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
    let own = |name: &str| entry.about.files.iter().any(|file| file == name);
    let names: BTreeSet<&str> = entry.needed().chain(files.keys().map(String::as_str)).collect();
    let differs = |name: &&str| match files.get(*name) {
        Some(file) => !file.is(&entry.folder.join(name)),
        None => entry.folder.join(name).exists(),
    };
    let changed: Vec<&str> = names.into_iter().filter(|name| !(tests_only && own(name))).filter(differs).collect();
    if !tests_only {
        session.progress.update(entry.id(), |record| {
            record.state = if record.attempts > 0 { State::Started } else { State::New };
            record.hash = None;
        });
    }
    if changed.is_empty() {
        session.console.say(&format!("{} is as it was delivered; nothing to bring back", entry.id()));
        return Ok(Exit::Passed);
    }
    let kept = back_up(session.progress.folder(), &entry, &changed)?;
    for name in changed {
        let path = entry.folder.join(name);
        match files.get(name) {
            Some(file) => write(&path, &file.text)?,
            // It is not part of the beginning, and there is a copy.
            None => fs::remove_file(&path)?,
        }
        session.console.say(&format!("brought back {}", shown(&path)));
    }
    if let Some(kept) = kept {
        session.console.say(&format!("your files are kept in {}", shown(&kept)));
    }
    Ok(Exit::Passed)
}

/// Copies files into a folder of their own, numbered from 1. `None` when there is none to copy.
fn back_up(folder: &Path, entry: &Entry, names: &[&str]) -> Result<Option<PathBuf>> {
    let existing: Vec<&&str> = names.iter().filter(|name| entry.folder.join(name).is_file()).collect();
    if existing.is_empty() {
        return Ok(None);
    }
    let why = "no copy of your files can be kept, so nothing is changed";
    progress::prepare(folder).context(why)?;
    let all = folder.join("backups").join(entry.id());
    let place = (1..).map(|number: u32| all.join(number.to_string())).find(|place| !place.exists());
    let place = place.context("there is no free number for a copy")?;
    for name in existing {
        let copy = place.join(name);
        fs::create_dir_all(copy.parent().unwrap_or(&place)).context(why)?;
        fs::copy(entry.folder.join(name), copy).context(why)?;
    }
    Ok(Some(place))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, text)?)
}
