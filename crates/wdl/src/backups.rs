//! Copies of what a command is about to replace: `.wdl/backups/<exercise>/`.
//!
//! Files of an exercise are kept in folders that are numbered from 1, so that the newest has the highest
//! number; packed submissions lie beside those.

use anyhow::{Context, Result};
use fs_err as fs;
use std::path::{Path, PathBuf};

use crate::entry::Entry;
use crate::progress::{self, Progress};

/// The copies of one exercise.
#[derive(Debug)]
pub struct Backups {
    /// The folder for everything that is remembered.
    root: PathBuf,
    /// The folder of the copies.
    folder: PathBuf,
}

/// Files of one exercise, as they were at some time.
#[derive(Debug)]
pub struct Kept {
    /// Where they are.
    pub folder: PathBuf,
    /// Their paths, relative to the exercise and to `folder`.
    pub names: Vec<String>,
}

impl Backups {
    /// The copies of an exercise, which need not exist.
    pub fn of(progress: &Progress, entry: &Entry) -> Self {
        let root = progress.folder().to_owned();
        let folder = root.join("backups").join(entry.id());
        Self { root, folder }
    }

    /// Copies files into a folder of their own. `None` when none of them exists.
    ///
    /// # Errors
    /// When the copy cannot be made; nothing may then be replaced.
    pub fn keep(&self, entry: &Entry, names: &[String]) -> Result<Option<PathBuf>> {
        let existing: Vec<&String> = names.iter().filter(|name| entry.folder.join(name).is_file()).collect();
        if existing.is_empty() {
            return Ok(None);
        }
        progress::prepare(&self.root)?;
        let place = self.folder.join((self.highest().unwrap_or(0) + 1).to_string());
        for name in existing {
            let copy = place.join(name);
            fs::create_dir_all(copy.parent().unwrap_or(&place))?;
            fs::copy(entry.folder.join(name), copy)?;
        }
        Ok(Some(place))
    }

    /// Copies a packed submission.
    ///
    /// # Errors
    /// As [`keep`](Self::keep).
    pub fn keep_archive(&self, archive: &Path) -> Result<PathBuf> {
        progress::prepare(&self.root)?;
        fs::create_dir_all(&self.folder)?;
        let mut places = (1..).map(|number: u32| self.folder.join(format!("submission-{number}.zip")));
        let place = places.find(|place| !place.exists()).context("there is no free number for a copy")?;
        fs::copy(archive, &place)?;
        Ok(place)
    }

    /// The newest copy of files.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn newest(&self) -> Result<Option<Kept>> {
        let Some(number) = self.highest() else { return Ok(None) };
        let folder = self.folder.join(number.to_string());
        let mut names = Vec::new();
        list(&folder, "", &mut names)?;
        names.sort();
        Ok(Some(Kept { folder, names }))
    }

    fn highest(&self) -> Option<u32> {
        let entries = std::fs::read_dir(&self.folder).ok()?.flatten();
        let folders = entries.filter(|entry| entry.path().is_dir());
        folders.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).max()
    }
}

/// The files below a folder, each with `/` between the parts of its path.
fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
