//! A folder, walked by descriptors: between looking at an entry and opening it, nobody can put another in
//! its place, and no open waits for a pipe or wakes a device.

use super::found::Findings;
use super::{Stop, Why};
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;
use std::ffi::CString;
use std::fs::File;
use std::io;

/// Looks at an entry of a folder without following a link, and opens it if it is a file or a folder. What
/// it is, the opened thing itself says.
pub(super) fn open<P: rustix::path::Arg + Copy>(folder: impl AsFd, name: P) -> io::Result<(Option<OwnedFd>, FileType)> {
    let before = kind(&folder, name)?;
    if !matches!(before, FileType::RegularFile | FileType::Directory) {
        return Ok((None, before));
    }
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    match openat(&folder, name, flags, Mode::empty()) {
        Ok(file) => {
            let kind = FileType::from_raw_mode(fstat(&file)?.st_mode);
            Ok((Some(file), kind))
        }
        // It was replaced by a link in the meantime.
        Err(Errno::LOOP) => Ok((None, FileType::Symlink)),
        Err(error) => Err(error.into()),
    }
}

/// Goes through a folder and those in it.
pub(super) fn walk(folder: OwnedFd, found: &mut Findings<'_>) -> Result<(), Stop> {
    level(&folder, "", found)
}

fn level(folder: &OwnedFd, prefix: &str, found: &mut Findings<'_>) -> Result<(), Stop> {
    for name in names(folder, found)? {
        let raw = [prefix.as_bytes(), name.as_bytes()].concat();
        let kind = kind(folder, &name)?;
        let Some(path) = found.admit(&raw, kind == FileType::Directory) else { continue };
        if kind == FileType::RegularFile && found.wanted(&path).is_none() {
            found.ignore(&raw, Why::of_unlisted(&path));
            continue;
        }
        match open(folder, name.as_c_str())? {
            (Some(inner), FileType::Directory) => level(&inner, &format!("{path}/"), found)?,
            (Some(file), FileType::RegularFile) => found.take(&path, &mut File::from(file), Stop::from)?,
            _ => found.ignore(&raw, Why::NotARegularFile),
        }
    }
    Ok(())
}

/// The names in a folder, in order: what is told of a submission does not depend on the disk.
fn names(folder: &OwnedFd, found: &mut Findings<'_>) -> Result<Vec<CString>, Stop> {
    let mut names = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name != c"." && name != c".." {
            found.count()?;
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn kind(folder: impl AsFd, name: impl rustix::path::Arg) -> io::Result<FileType> {
    Ok(FileType::from_raw_mode(statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode))
}
