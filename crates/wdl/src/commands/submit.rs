//! `wdl submit`: packs what is to be handed in.

use anyhow::{Context, Result};
use fs_err as fs;
use std::io::Write;
use std::path::PathBuf;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Session;
use crate::Usage;
use crate::cli::Exit;
use crate::entry::Entry;
use crate::place::shown;
use crate::progress::State;

/// Packs the named exercises, or that of this folder, or all that are passed.
///
/// # Errors
/// When an exercise is unknown, or a file is missing or cannot be handed in.
pub fn run(session: &Session, ids: &[String]) -> Result<Exit> {
    for entry in meant(session, ids)? {
        let path = pack(entry)?;
        let files = entry.about.files.join(", ");
        session.console.say(&format!("{} holds {files}", shown(&path)));
        let record = session.progress.record(entry.id());
        if record.state != State::Passed {
            session.console.tell(&format!("note: `{}` is not passed yet; it is packed all the same", entry.id()));
        } else if record.hash.is_some_and(|hash| hash != entry.work()) {
            session.console.tell(&format!("note: `{}` was changed since it passed; check it again", entry.id()));
        }
    }
    Ok(Exit::Passed)
}

fn meant<'a>(session: &'a Session, ids: &[String]) -> Result<Vec<&'a Entry>> {
    if !ids.is_empty() {
        return ids.iter().map(|id| session.course.entry(id)).collect();
    }
    if let Some(entry) = session.course.here() {
        return Ok(vec![entry]);
    }
    let passed = |entry: &&Entry| session.progress.record(entry.id()).state == State::Passed;
    let entries: Vec<&Entry> = session.course.entries().filter(passed).collect();
    if entries.is_empty() {
        return Err(Usage("nothing is passed yet; name the exercises to pack".to_owned()).into());
    }
    Ok(entries)
}

/// The same files give the same archive: it holds no times and is not compressed.
fn pack(entry: &Entry) -> Result<PathBuf> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in &entry.about.files {
        let text = fs::read_to_string(entry.folder.join(name)).context("nothing is packed")?;
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    let bytes = archive.finish()?.into_inner();
    let path = std::env::current_dir()?.join(format!("submission-{}.zip", entry.id()));
    fs::write(&path, bytes)?;
    Ok(path)
}
