//! One exercise on the disk: its folder, what it says of itself, and its files.

use anyhow::{Context, Result};
use fs_err as fs;
use model::exercise::Exercise;
use std::path::{Path, PathBuf};

use crate::place::{Location, shown};

/// An exercise that can be done.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it is.
    pub folder: PathBuf,
    /// What `exercise.toml` says.
    pub about: Exercise,
}

/// Where the visible tests are, in the exercise's folder.
pub const TESTS: &str = "tests/visible.rs";

/// The files without which an exercise cannot be checked: the learner's first.
pub(crate) fn needed(about: &Exercise) -> impl Iterator<Item = &str> {
    about.files.iter().map(String::as_str).chain([TESTS, "Cargo.toml"])
}

impl Entry {
    /// Reads an exercise.
    ///
    /// # Errors
    /// When `exercise.toml` is missing, cannot be read, or contradicts the folder that it lies in.
    pub fn load(folder: &Path, chapter: &str, id: &str) -> Result<Self> {
        if !folder.is_dir() {
            anyhow::bail!("it is listed in course.toml, and its folder is missing");
        }
        let path = folder.join("exercise.toml");
        let about: Exercise = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| anyhow::anyhow!("{}: {}", path.display(), error.to_string().trim_end()))?;
        if about.id != id || about.chapter != chapter {
            anyhow::bail!("{} says that it is `{}/{}`", path.display(), about.chapter, about.id);
        }
        Ok(Self { folder: folder.to_owned(), about })
    }

    /// Its stable name.
    pub fn id(&self) -> &str {
        &self.about.id
    }

    /// Everything without which it cannot be checked, relative to its folder: the learner's files first.
    pub fn needed(&self) -> impl Iterator<Item = &str> {
        needed(&self.about)
    }

    /// The file in which the work is done.
    pub fn main_file(&self) -> PathBuf {
        self.folder.join(self.about.files.first().map_or("src/lib.rs", String::as_str))
    }

    /// What is to be done, for a person.
    pub fn task(&self) -> PathBuf {
        self.folder.join("README.md")
    }

    /// The command that runs one visible test, as it can be copied to where one stands.
    pub fn test_command(&self, test: &str) -> String {
        let course = self.folder.ancestors().nth(2).unwrap_or(&self.folder);
        // cargo looks for a workspace above the current directory only.
        let inside = std::env::current_dir().is_ok_and(|here| here.starts_with(course));
        let manifest = course.join("Cargo.toml");
        let place = if inside { String::new() } else { format!(" --manifest-path {}", shown(&manifest)) };
        format!("cargo test{place} -p {} {test}", self.id())
    }

    /// Where to begin: the first `todo!` in the learner's files, or else their first line.
    pub fn start(&self) -> Location {
        let places = self.about.files.iter().filter_map(|name| {
            let path = self.folder.join(name);
            let text = fs::read_to_string(&path).ok()?;
            let line = text.lines().position(is_to_do)?;
            Some(Location { path, line: u32::try_from(line).ok()? + 1 })
        });
        places.into_iter().next().unwrap_or_else(|| Location { path: self.main_file(), line: 1 })
    }

    /// The hash of the learner's files: what a pass is remembered for.
    pub fn work(&self) -> String {
        self.hash(self.about.files.iter().map(String::as_str))
    }

    /// The hash of everything that decides a verdict.
    pub fn content(&self) -> String {
        self.hash(self.needed())
    }

    /// A file that cannot be read counts as one that is not there.
    fn hash<'a>(&self, names: impl Iterator<Item = &'a str>) -> String {
        let mut hasher = blake3::Hasher::new();
        for name in names {
            let bytes = std::fs::read(self.folder.join(name)).ok();
            hasher.update(name.as_bytes());
            hasher.update(&[0, u8::from(bytes.is_some())]);
            let bytes = bytes.unwrap_or_default();
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(&bytes);
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The hints, mildest first: the parts of `hints.md`, each without its number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn hints(&self) -> Result<Vec<String>> {
        let text = fs::read_to_string(self.folder.join("hints.md")).context("this exercise has no hints")?;
        let parts = format!("\n{text}").split("\n## ").skip(1).map(without_number).collect();
        Ok(parts)
    }
}

fn is_to_do(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.contains("todo!") || code.contains("unimplemented!")
}

fn without_number(part: &str) -> String {
    let part = part.trim();
    match part.split_once(". ") {
        Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => rest.to_owned(),
        _ => part.to_owned(),
    }
}
