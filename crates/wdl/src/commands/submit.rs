//! `wdl submit`: packs what is to be handed in, and says what it is worth.

use anyhow::{Context, Result};
use fs_err as fs;
use model::report::Outcome;
use std::io::Write;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Session, check};
use crate::Usage;
use crate::backups::Backups;
use crate::check::Verdict;
use crate::cli::Exit;
use crate::entry::Entry;
use crate::place::shown;
use crate::progress::State;
use crate::view;

/// Checks and packs the named exercises, or that of this folder, or all that are passed.
///
/// # Errors
/// When an exercise is unknown. One that cannot be packed keeps no other from it.
pub fn run(session: &mut Session, ids: &[String]) -> Result<Exit> {
    let mut exit = Exit::Passed;
    for entry in meant(session, ids)? {
        let verdict = check::judge(session, &entry, &mut || true);
        if runner::interrupt::requested() {
            return Ok(Exit::Interrupted);
        }
        let doubt = match verdict {
            Ok(None) => return Ok(Exit::Interrupted),
            Ok(Some(verdict)) => {
                session.console.say(&view::headline(&entry, &verdict, session.console.style()));
                if let Some(note) = &verdict.note {
                    session.console.say(note);
                }
                doubt(&entry, &verdict)
            }
            // What keeps it from being checked need not keep it from being handed in.
            Err(error) => Some(format!("it could not be checked: {error:#}")),
        };
        match (pack(session, &entry), doubt) {
            (Ok(()), Some(doubt)) => session.console.say(&format!("packed, though {doubt}")),
            (Ok(()), None) => {}
            (Err(error), _) => {
                exit = Exit::NotYet;
                session.console.tell(&format!("`{}` is not packed: {error:#}", entry.id()));
            }
        }
    }
    Ok(exit)
}

fn meant(session: &Session, ids: &[String]) -> Result<Vec<Entry>> {
    if !ids.is_empty() {
        return ids.iter().map(|id| session.course.entry(id).cloned()).collect();
    }
    if let Some(entry) = session.course.here() {
        return Ok(vec![entry.clone()]);
    }
    let passed = |entry: &&Entry| session.progress.record(entry.id()).state == State::Passed;
    let entries: Vec<Entry> = session.course.entries().filter(passed).cloned().collect();
    if entries.is_empty() {
        return Err(Usage("nothing is passed yet; name the exercises to pack".to_owned()).into());
    }
    Ok(entries)
}

/// What a grader will make of code that did not pass. `None` when it did.
fn doubt(entry: &Entry, verdict: &Verdict) -> Option<String> {
    let surroundings = verdict.at.as_ref().is_some_and(|at| at.path == entry.folder.join("Cargo.toml"));
    Some(match verdict.report.outcome {
        Outcome::Passed => return None,
        Outcome::BuildError if !surroundings => "it does not compile: a grader gives it no points".to_owned(),
        Outcome::BuildError | Outcome::GraderError | Outcome::NotRun => {
            format!("it could not be checked; `wdl check {}` says why", entry.id())
        }
        Outcome::Policy => "it passed other tests than the course's: a grader has tests of its own".to_owned(),
        _ => "it does not pass yet: a grader gives points only for what holds".to_owned(),
    })
}

/// Writes the archive to the current folder. One that is there and differs is kept.
fn pack(session: &Session, entry: &Entry) -> Result<()> {
    let bytes = archive(entry)?;
    let path = std::env::current_dir()?.join(format!("submission-{}.zip", entry.id()));
    let files: Vec<String> = entry.about.files.iter().map(|name| inside(entry, name)).collect();
    let files = files.join(", ");
    if std::fs::read(&path).is_ok_and(|before| before == bytes) {
        session.console.say(&format!("{} is unchanged; it holds {files}", shown(&path)));
        return Ok(());
    }
    if path.exists() {
        let kept = Backups::of(&session.progress, entry).keep_archive(&path);
        let kept = kept.context("no copy of the earlier archive can be kept")?;
        session.console.say(&format!(
            "the earlier {} held something else; it is kept as {}",
            shown(&path),
            shown(&kept)
        ));
    }
    fs::write(&path, bytes)?;
    session.console.say(&format!("{} holds {files}", shown(&path)));
    Ok(())
}

/// The name of a file in the archive: it says which exercise it is of, whatever the archive is called.
fn inside(entry: &Entry, name: &str) -> String {
    format!("{}/{name}", entry.id())
}

/// The same files give the same archive: it holds no times and is not compressed.
fn archive(entry: &Entry) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in &entry.about.files {
        let text = fs::read_to_string(entry.folder.join(name))?;
        archive.start_file(inside(entry, name), options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
