//! What was handed in: a folder, an archive or a file; told by its content.

use super::found::{Findings, too_much};
use super::{Stop, TOTAL_BYTES, folder, tarred, zipped};
use anyhow::Context;
use rustix::fs::{CWD, FileType};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Archives that are known and not read, by their first bytes.
const FOREIGN: [(&[u8], &str); 5] = [
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\0", "compressed by xz"),
    (b"BZh", "compressed by bzip2"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd"),
];

const WANTED: &str = "hand in a folder, a .zip or a .tar.gz";

/// Goes through everything that was handed in.
pub(super) fn look_through(path: &Path, found: &mut Findings<'_>) -> Result<(), Stop> {
    let shown = path.display();
    let (file, kind) = folder::open(CWD, path).with_context(|| format!("{shown} cannot be opened"))?;
    match (file, kind) {
        (Some(file), FileType::Directory) => folder::walk(file, found),
        (Some(file), FileType::RegularFile) => {
            let mut bytes = Vec::new();
            File::from(file).take(TOTAL_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("in {shown}"))?;
            if bytes.len() as u64 > TOTAL_BYTES {
                return Err(too_much());
            }
            archive(&bytes, path, found)
        }
        (_, FileType::Symlink) => {
            Err(Stop::unreadable(format!("what was handed in is a link to something else; {WANTED}")))
        }
        _ => Err(Stop::unreadable(format!("what was handed in is neither a file nor a folder; {WANTED}"))),
    }
}

/// The whole file is in memory, so whatever fails from here on is a fault of its content.
fn archive(bytes: &[u8], path: &Path, found: &mut Findings<'_>) -> Result<(), Stop> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped::entries(bytes, found);
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return tarred::compressed(bytes, found);
    }
    if tarred::is_tar(bytes) {
        return tarred::entries(bytes, found);
    }
    if let Some((_, what)) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Stop::unreadable(format!("what was handed in is {what}; {WANTED}")));
    }
    if path.extension().is_some_and(|extension| extension == "rs") {
        return single(bytes, found);
    }
    Err(Stop::unreadable(format!("what was handed in is no archive that is read here; {WANTED}")))
}

/// A source file alone stands for the only file of an exercise.
fn single(mut bytes: &[u8], found: &mut Findings<'_>) -> Result<(), Stop> {
    match found.exercise.files.as_slice() {
        [only] => Ok(found.hold(String::new(), only.clone(), &mut bytes)?),
        files => Err(Stop::unreadable(format!("this exercise has {} files; {WANTED} with all of them", files.len()))),
    }
}
