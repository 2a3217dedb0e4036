//! Folders in which submissions are compiled: locked as long as they are in use, so that what a grader left behind
//! when it was killed can be told from what another one works on, and is cleared away.

use anyhow::{Result, ensure};
use std::fs::File;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Bytes that must be free: the largest file that a compiler may make. With less, what a full disk breaks would look
/// like a mistake of the student's.
const FREE: u64 = 256 << 20;

/// A folder for one submission. It is removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Workplace {
    folder: TempDir,
    lock: PathBuf,
    _locked: File,
}

impl Workplace {
    /// A new folder below `cache`.
    ///
    /// # Errors
    /// When it cannot be made, or the disk is nearly full.
    pub(crate) fn new(cache: &Path) -> Result<Self> {
        let all = cache.join("work");
        fs_err::create_dir_all(&all)?;
        suffices(free_bytes(&all)?, &all)?;
        let folder = tempfile::Builder::new().prefix("grade-").tempdir_in(&all)?;
        let lock = lock_of(folder.path());
        // It has its name only when it is locked, or another grader could clear it away in between.
        let new = lock.with_extension("new");
        let locked = File::create(&new)?;
        locked.lock()?;
        fs_err::rename(new, &lock)?;
        Ok(Self { folder, lock, _locked: locked })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Workplace {
    fn drop(&mut self) {
        // What cannot be removed now, `clear` removes later.
        let _ = std::fs::remove_file(&self.lock);
    }
}

fn lock_of(folder: &Path) -> PathBuf {
    folder.with_extension("lock")
}

/// Removes folders that nobody works in any more.
///
/// # Errors
/// When they cannot be listed or removed.
pub(crate) fn clear(cache: &Path) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(cache.join("work")) else { return Ok(()) };
    for path in
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|name| name == "lock"))
    {
        let Ok(file) = File::open(&path) else { continue };
        if file.try_lock().is_ok() {
            let folder = path.with_extension("");
            if folder.is_dir() {
                fs_err::remove_dir_all(folder)?;
            }
            fs_err::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Gives a folder that is whole its name, beside its place so far: it is there as a whole or not at all.
///
/// # Errors
/// When it cannot be renamed, and nobody else was faster.
pub(crate) fn renamed(scratch: TempDir, to: &Path) -> Result<()> {
    let made = scratch.keep();
    if let Err(error) = fs_err::rename(&made, to) {
        // What somebody else has built is the same.
        fs_err::remove_dir_all(&made)?;
        if !to.is_dir() {
            return Err(error.into());
        }
    }
    Ok(())
}

fn suffices(free: u64, place: &Path) -> Result<()> {
    let (mib, needed) = (free >> 20, FREE >> 20);
    ensure!(free >= FREE, "only {mib} MiB are free at {}, and compiling needs {needed}", place.display());
    Ok(())
}

fn free_bytes(path: &Path) -> Result<u64> {
    let about = rustix::fs::statvfs(path)?;
    Ok(about.f_bavail * about.f_frsize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The other way a full disk would show is an error of the compiler, which looks like the student's.
    #[test]
    fn on_a_disk_that_is_nearly_full_nothing_is_begun() {
        let place = Path::new("cache/work");
        assert!(suffices(FREE, place).is_ok());
        let error = suffices(FREE - 1, place).unwrap_err().to_string();
        assert!(error.contains("only 255 MiB are free at cache/work"), "{error}");
    }

    #[test]
    fn what_a_killed_grader_left_is_cleared_away_and_what_is_in_use_stays() {
        let cache = tempfile::tempdir().unwrap();
        let used = Workplace::new(cache.path()).unwrap();
        let left = cache.path().join("work/grade-left");
        std::fs::create_dir(&left).unwrap();
        std::fs::write(lock_of(&left), "").unwrap();
        clear(cache.path()).unwrap();
        assert!(used.path().is_dir() && !left.exists() && !lock_of(&left).exists());
        let path = used.path().to_owned();
        drop(used);
        assert!(!path.exists() && std::fs::read_dir(cache.path().join("work")).unwrap().count() == 0);
    }
}
