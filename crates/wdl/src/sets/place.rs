//! Folders that come into being whole or not at all.

use anyhow::{Context, Result};
use fs_err as fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::workspace::Files;
use crate::Usage;
use crate::place::shown;

/// Whether something new can be put here: there is nothing, or an empty folder.
///
/// # Errors
/// [`Usage`] when something is in the way.
pub fn must_be_free(path: &Path) -> Result<()> {
    if path.is_dir() {
        if path.canonicalize()? == std::env::current_dir()?.canonicalize()? {
            return Err(Usage("you are in this folder; name one that does not exist yet".to_owned()).into());
        }
        if fs::read_dir(path)?.next().is_some() {
            return Err(Usage(format!("{} is not empty; name a folder that does not exist yet", shown(path))).into());
        }
    } else if path.symlink_metadata().is_ok() {
        return Err(Usage(format!("{} is there already; name one that does not exist yet", shown(path))).into());
    }
    Ok(())
}

/// Makes a folder, or a file, beside its place, and then gives it its name.
///
/// # Errors
/// When it cannot be made; nothing is left then.
pub fn whole(path: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let path = std::path::absolute(path)?;
    let parent = path.parent().context("it lies in no folder")?;
    fs::create_dir_all(parent)?;
    let open = Permissions::from_mode(0o755);
    let beside = tempfile::Builder::new().prefix(".wdl-").permissions(open).tempdir_in(parent)?;
    let made = beside.path().join(path.file_name().context("it has no name")?);
    make(&made)?;
    // An empty folder in its place is replaced in the same step.
    fs::rename(&made, &path)?;
    Ok(())
}

/// Writes files below a folder.
///
/// # Errors
/// When one cannot be written.
pub fn write(folder: &Path, files: &Files) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// Reads all files below a folder.
///
/// # Errors
/// When one cannot be read.
pub fn read(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                open.push(entry.path());
            } else {
                let path = entry.path();
                let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(files)
}
