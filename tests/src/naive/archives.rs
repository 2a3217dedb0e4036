//! Unpacking as everybody does it: Python's `extractall`, GNU tar, unzip, whatever is there.

use super::Effect;
use super::belt::Belt;
use crate::hostile::archives::Archive;
use anyhow::Result;
use runner::{Exit, Limits};
use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

const PYTHON: &str = "/usr/bin/python3";
/// `extractall` as it was for thirty years, whatever the newest Python does by default.
const UNPACK: &str = "import sys, tarfile, zipfile\n\
    if sys.argv[1].endswith('.zip'):\n    zipfile.ZipFile(sys.argv[1]).extractall()\n\
    else:\n    with tarfile.open(sys.argv[1]) as archive:\n        archive.extraction_filter = staticmethod(lambda member, path: member)\n        archive.extractall()\n";

/// What counts as a bomb: more bytes or more files than any submission has.
const BYTES: u64 = 64 << 20;
const FILES: usize = 1000;

/// Unpacks an archive with every tool that fits, each in a folder of its own.
///
/// # Errors
/// When the belt does not hold.
pub fn unpack(belt: &Belt, archive: &Archive) -> Result<BTreeSet<Effect>> {
    let file = format!("../submission.{}", archive.extension);
    let tools: &[&[&str]] = match archive.extension {
        "tar" => &[&[PYTHON, "-c", UNPACK, &file], &["tar", "-xf", &file], &["tar", "-xPf", &file]],
        _ => &[&[PYTHON, "-c", UNPACK, &file], &["unzip", "-q", "-o", &file]],
    };
    let mut effects = BTreeSet::new();
    for words in tools {
        if runner::tool::find(words[0]).is_some() {
            effects.extend(unpack_with(belt, archive, words)?);
        }
    }
    Ok(effects)
}

fn unpack_with(belt: &Belt, archive: &Archive, words: &[&str]) -> Result<BTreeSet<Effect>> {
    let folder = belt.folder()?;
    let (root, out) = (folder.path(), folder.path().join("out"));
    fs_err::create_dir_all(&out)?;
    fs_err::create_dir_all(root.join("home/tmp"))?;
    fs_err::write(root.join("reference.rs"), "// the reference\n")?;
    fs_err::write(root.join(format!("submission.{}", archive.extension)), &archive.bytes)?;
    belt.hand_over(root)?;
    let limits = Limits { file_size: 1 << 30, ..Belt::limits() };
    let ran = belt.run(&root.join("home"), &out, words, limits)?;
    let mut found = Found::default();
    found.look(&out)?;
    let mut effects = found.effects(archive.files);
    if ran.exit != Exit::Exited(0) {
        effects.insert(Effect::GivesUp);
    }
    let beside = fs_err::read_dir(root)?.count();
    if beside > 4 || !belt.remove_strays()?.is_empty() {
        effects.insert(Effect::Escape);
    }
    Ok(effects)
}

/// What lies in a folder after unpacking.
#[derive(Debug, Default)]
struct Found {
    files: usize,
    bytes: u64,
    special: bool,
    odd: bool,
    nested: bool,
    lowercase: BTreeSet<String>,
}

impl Found {
    fn look(&mut self, folder: &Path) -> Result<()> {
        for entry in fs_err::read_dir(folder)? {
            let entry = entry?;
            let (name, path) = (entry.file_name(), entry.path());
            let metadata = fs_err::symlink_metadata(&path)?;
            self.odd |=
                !name.as_encoded_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte));
            if metadata.is_dir() {
                self.look(&path)?;
                continue;
            }
            self.files += 1;
            self.special |= !metadata.is_file() || metadata.nlink() > 1;
            self.lowercase.insert(path.to_string_lossy().to_lowercase());
            if metadata.is_file() {
                self.bytes += metadata.len();
                self.nested |= metadata.len() < BYTES && fs_err::read(&path)?.starts_with(b"PK\x03\x04");
            }
        }
        Ok(())
    }

    fn effects(&self, promised: usize) -> BTreeSet<Effect> {
        let collide = self.lowercase.len() < self.files || self.files == 1 && promised == 2;
        let found = [
            (Effect::SpecialFile, self.special),
            (Effect::Bomb, self.bytes > BYTES || self.files > FILES),
            (Effect::Overwrite, collide && !self.special),
            (Effect::OddName, self.odd),
            (Effect::Nested, self.nested),
        ];
        found.into_iter().filter(|(_, found)| *found).map(|(effect, _)| effect).collect()
    }
}
