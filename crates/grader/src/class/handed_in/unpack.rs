//! The `.zip` of a whole class, unpacked.
//!
//! Everything in it was named by students. An entry is written only if its name is plain, if it is a regular file, and
//! if nothing of its name is there yet; its mode and its time are not taken over. Number, size and depth are bounded.
//! What is not written is a fault that names it.

use crate::fault::Fault;
use crate::intake::{DEPTH, TOTAL_BYTES, name, zipped};
use anyhow::{Context, Result};
use fs_err as fs;
use fs_err::os::unix::fs::OpenOptionsExt;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipReadOptions;
use zip::read::{Config, ZipFileEntry};
use zip::unstable::read::ZipIterable;

/// Entries of a class: 500 students with 40 files each.
const ENTRIES: usize = 20_000;
/// Bytes of a class.
const BYTES: u64 = 4 << 30;

/// Unpacks an archive into a folder below `room` that is named by its content, and gives that folder.
///
/// # Errors
/// When the disk cannot be read or written.
pub(super) fn below(room: &Path, archive: &Path, faults: &mut Vec<Fault>) -> Result<PathBuf> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(archive)?)?;
    let place = room.join(&hasher.finalize().to_hex()[..16]);
    fs::create_dir_all(room)?;
    let fresh = tempfile::tempdir_in(room)?;
    faults.extend(into(archive, fresh.path())?);
    // Graders that share the work unpack the same archive at the same time; the first one's folder is as good.
    match fs::rename(fresh.path(), &place) {
        Err(error) if !place.is_dir() => Err(error.into()),
        _ => Ok(place),
    }
}

/// Unpacks an archive into an empty folder, and tells what was left out.
///
/// # Errors
/// When the disk cannot be read or written.
fn into(archive: &Path, room: &Path) -> Result<Vec<Fault>> {
    let mut unpack = Unpack { archive, room, left: BYTES, faults: Vec::new() };
    let mut magic = Vec::new();
    fs::File::open(archive)?.take(4).read_to_end(&mut magic)?;
    if magic != b"PK\x03\x04" && magic != b"PK\x05\x06" {
        unpack.fault("", "this is neither a folder nor a .zip; give what the platform gave you, or unpack it");
        return Ok(unpack.faults);
    }
    match ZipIterable::try_new(BufReader::new(fs::File::open(archive)?), Config::default()) {
        Ok(mut entries) => unpack.all(&mut entries)?,
        Err(error) => unpack.fault("", &damaged(&error)),
    }
    Ok(unpack.faults)
}

fn damaged(error: &dyn std::fmt::Display) -> String {
    format!("this archive is damaged or cut off ({error}); download it again")
}

struct Unpack<'a> {
    archive: &'a Path,
    room: &'a Path,
    left: u64,
    faults: Vec<Fault>,
}

impl Unpack<'_> {
    fn fault(&mut self, entry: &str, text: &str) {
        let archive = self.archive.display();
        // Not `join`: that would leave the archive out where the name begins with a slash.
        let place = if entry.is_empty() { archive.to_string() } else { format!("{archive}/{entry}") };
        self.faults.push(Fault::at(place, text));
    }

    fn all(&mut self, entries: &mut ZipIterable<BufReader<fs::File>>) -> Result<()> {
        let files = match entries.files() {
            Ok(files) => files,
            Err(error) => {
                self.fault("", &damaged(&error));
                return Ok(());
            }
        };
        let mut data = BufReader::new(fs::File::open(self.archive)?);
        for (at, entry) in files.enumerate() {
            if at >= ENTRIES {
                self.fault("", &format!("it has more than {ENTRIES} entries, and the rest is left out; unpack it"));
                break;
            }
            match entry {
                Ok(entry) => self.one(entry, &mut data)?,
                Err(error) => {
                    self.fault("", &damaged(&error));
                    break;
                }
            }
        }
        Ok(())
    }

    fn one(&mut self, entry: ZipFileEntry<'_>, data: &mut BufReader<fs::File>) -> Result<()> {
        let raw = zipped::name(&entry).into_owned();
        let path = match name::plain(&raw) {
            Ok(path) if path.matches('/').count() <= 2 * DEPTH => path,
            Ok(path) => {
                self.fault(&path, "this lies too deep in folders");
                return Ok(());
            }
            Err(why) => {
                self.fault(&name::printable(&raw), &format!("this entry {}", why.words()));
                return Ok(());
            }
        };
        let target = self.room.join(&path);
        if entry.is_dir() {
            if fs::create_dir_all(&target).is_err() {
                self.fault(&path, "there is a file of this name, too");
            }
            return Ok(());
        }
        if !zipped::is_regular(&entry) {
            self.fault(&path, "this is a link or something else that is no file");
            return Ok(());
        }
        match entry.with_reader(data, ZipReadOptions::new()) {
            Ok(mut file) => self.write(&path, &target, &mut file),
            Err(error) => {
                self.fault(&path, &damaged(&error));
                Ok(())
            }
        }
    }

    fn write(&mut self, path: &str, target: &Path, file: &mut dyn Read) -> Result<()> {
        let made = target.parent().map_or(Ok(()), fs::create_dir_all);
        let opened = made.and_then(|()| fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(target));
        let mut to = match opened {
            Ok(to) => to,
            Err(error) => {
                let is_taken = matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory);
                let why = if is_taken { "another entry has its place".to_owned() } else { error.kind().to_string() };
                self.fault(path, &format!("it cannot be unpacked: {why}"));
                return Ok(());
            }
        };
        let most = TOTAL_BYTES.min(self.left);
        let copied = io::copy(&mut file.take(most + 1), &mut to);
        let why = match copied {
            Ok(bytes) if bytes <= most => {
                self.left -= bytes;
                return Ok(());
            }
            Ok(_) if most < TOTAL_BYTES => format!("with it, the class has more than {} GiB; unpack it", BYTES >> 30),
            Ok(_) => format!("it is larger than {} MiB", TOTAL_BYTES >> 20),
            Err(error) if error.kind() == io::ErrorKind::StorageFull => return Err(error).context("unpacking a class"),
            Err(error) => damaged(&error),
        };
        self.fault(path, &why);
        Ok(fs::remove_file(target)?)
    }
}
