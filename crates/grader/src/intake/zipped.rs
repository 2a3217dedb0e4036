//! Zip archives, by their central directory, which is read one entry at a time and may hold a name twice.

use super::found::Findings;
use super::{Stop, Why};
use std::borrow::Cow;
use std::io::Cursor;
use zip::read::{Config, ZipFileEntry};
use zip::unstable::read::ZipIterable;
use zip::{CompressionMethod, ZipReadOptions};

/// What a file is, in the upper half of the external attributes where the archive was made on Unix.
const KIND: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;

/// Goes through an archive.
pub(super) fn entries(bytes: &[u8], found: &mut Findings<'_>) -> Result<(), Stop> {
    let mut archive = ZipIterable::try_new(Cursor::new(bytes), Config::default()).map_err(Stop::damaged)?;
    for entry in archive.files().map_err(Stop::damaged)? {
        found.count()?;
        one(entry.map_err(Stop::damaged)?, bytes, found)?;
    }
    Ok(())
}

fn one(entry: ZipFileEntry<'_>, bytes: &[u8], found: &mut Findings<'_>) -> Result<(), Stop> {
    let raw = name(&entry).into_owned();
    let Some(path) = found.admit(&raw, entry.is_dir()) else { return Ok(()) };
    if entry.is_dir() {
        return Ok(());
    }
    if !is_regular(&entry) {
        found.ignore(&raw, Why::NotARegularFile);
        return Ok(());
    }
    if found.wanted(&path).is_none() {
        found.ignore(&raw, Why::of_unlisted(&path));
        return Ok(());
    }
    if entry.encrypted() {
        return Err(Stop::unreadable("the archive is encrypted; hand in one without a password"));
    }
    if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(Stop::unreadable(
            "the archive is compressed in an unusual way; make it with the program that your system brings",
        ));
    }
    let mut reader = Cursor::new(bytes);
    let mut file = entry.with_reader(&mut reader, ZipReadOptions::new()).map_err(Stop::damaged)?;
    found.take(&path, &mut file, Stop::damaged)
}

/// Whether an entry is a file, as far as the archive says what it is.
pub(crate) fn is_regular(entry: &ZipFileEntry<'_>) -> bool {
    let kind = entry.unix_mode().unwrap_or_default() & KIND;
    kind == 0 || kind == REGULAR
}

/// The bytes of a name as UTF-8. Old programs on Windows write the letters of DOS, and do not say UTF-8.
pub(crate) fn name<'a>(entry: &'a ZipFileEntry<'_>) -> Cow<'a, [u8]> {
    let raw = entry.name_raw();
    if std::str::from_utf8(raw).is_ok() {
        return Cow::Borrowed(raw);
    }
    match entry.name() {
        Ok(decoded) => Cow::Owned(decoded.into_owned().into_bytes()),
        Err(_) => Cow::Borrowed(raw),
    }
}
