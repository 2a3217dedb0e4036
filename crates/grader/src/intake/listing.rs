//! Which folders something holds that was handed in: names only, within the limits of an intake.

use super::{DEPTH, ENTRIES, TOTAL_BYTES, name, tarred, zipped};
use anyhow::{Context, Result, anyhow, ensure};
use flate2::read::GzDecoder;
use fs_err as fs;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::read::Config;
use zip::unstable::read::ZipIterable;

/// The names of all folders, at any depth, that a folder or an archive holds; none for a file of another kind.
///
/// # Errors
/// When it cannot be read, when an archive is damaged, and when there is more than an intake looks at.
pub(crate) fn folders(path: &Path) -> Result<BTreeSet<String>> {
    let mut names = Names::default();
    if fs::symlink_metadata(path)?.is_dir() {
        names.walk(path, 0)?;
        return Ok(names.folders);
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(TOTAL_BYTES + 1).read_to_end(&mut bytes)?;
    ensure!(bytes.len() as u64 <= TOTAL_BYTES, "it is larger than {} MiB", TOTAL_BYTES >> 20);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        names.zipped(&bytes)?;
    } else if bytes.starts_with(&[0x1f, 0x8b]) {
        names.tarred(GzDecoder::new(bytes.as_slice()))?;
    } else if tarred::is_tar(&bytes) {
        names.tarred(bytes.as_slice())?;
    }
    Ok(names.folders)
}

#[derive(Default)]
struct Names {
    folders: BTreeSet<String>,
    looked: usize,
}

impl Names {
    fn count(&mut self) -> Result<()> {
        self.looked += 1;
        ensure!(self.looked <= ENTRIES, "it has more than {ENTRIES} entries");
        Ok(())
    }

    /// Takes the folders on the way to an entry.
    fn entry(&mut self, raw: &[u8]) -> Result<()> {
        self.count()?;
        let Ok(path) = name::plain(raw) else { return Ok(()) };
        let many = path.split('/').count() - usize::from(!raw.ends_with(b"/"));
        self.folders.extend(path.split('/').take(many.min(DEPTH)).map(str::to_owned));
        Ok(())
    }

    fn walk(&mut self, folder: &Path, depth: usize) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            self.count()?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !entry.file_type()?.is_dir() || depth >= DEPTH || matches!(name.as_str(), ".git" | "target") {
                continue;
            }
            self.folders.insert(name);
            self.walk(&entry.path(), depth + 1)?;
        }
        Ok(())
    }

    fn zipped(&mut self, bytes: &[u8]) -> Result<()> {
        let damaged = |error: zip::result::ZipError| anyhow!("the archive is damaged or cut off ({error})");
        let mut archive = ZipIterable::try_new(Cursor::new(bytes), Config::default()).map_err(damaged)?;
        for entry in archive.files().map_err(damaged)? {
            self.entry(&zipped::name(&entry.map_err(damaged)?))?;
        }
        Ok(())
    }

    fn tarred(&mut self, reader: impl Read) -> Result<()> {
        let mut archive = tar::Archive::new(tarred::Metered::new(reader));
        for entry in archive.entries().context("the archive is damaged or cut off")? {
            self.entry(&entry.context("the archive is damaged or cut off")?.path_bytes())?;
        }
        Ok(())
    }
}
