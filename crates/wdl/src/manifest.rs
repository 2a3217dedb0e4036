//! What the course delivered (`manifest.json`): the text and the hash of every file of every exercise.
//!
//! It makes it possible to tell an edited test from the course's own, and to bring back a starter after any
//! number of edits. A course without this file works; the two questions are then not answered.

use anyhow::{Context, Result};
use fs_err as fs;
use model::exercise::Exercise;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

use crate::course::Course;
use crate::entry::{Entry, needed};

/// The name of the file, in the folder of the course.
pub const FILE: &str = "manifest.json";

/// The files of all exercises, as they were delivered.
#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this shape.
    pub version: u32,
    /// By exercise, then by path.
    pub exercises: BTreeMap<String, BTreeMap<String, Original>>,
}

/// A file as it was delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Its hash.
    pub blake3: String,
    /// All of it.
    pub text: String,
}

impl Original {
    fn new(text: String) -> Self {
        Self { blake3: hash(&text), text }
    }

    /// Whether a file still holds this.
    pub fn is(&self, path: &Path) -> bool {
        std::fs::read_to_string(path).is_ok_and(|text| hash(&text) == self.blake3)
    }
}

/// Line ends do not count: a checkout on Windows changes all of them.
fn hash(text: &str) -> String {
    blake3::hash(text.replace("\r\n", "\n").as_bytes()).to_hex().to_string()
}

impl Manifest {
    /// Reads the manifest; `None` where the course has none.
    ///
    /// # Errors
    /// When there is one and it cannot be understood.
    pub fn load(course: &Course) -> Result<Option<Self>> {
        let path = course.folder.join(FILE);
        if !path.is_file() {
            return Ok(None);
        }
        let manifest = serde_json::from_str(&fs::read_to_string(&path)?);
        manifest.map(Some).with_context(|| format!("{} cannot be understood", path.display()))
    }

    /// The exercises as they are now, for those who make the course.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn of(course: &Course) -> Result<Self> {
        let mut exercises = BTreeMap::new();
        for entry in course.entries() {
            let mut files = BTreeMap::new();
            for name in entry.needed().filter(|name| entry.folder.join(name).is_file()) {
                let text = fs::read_to_string(entry.folder.join(name))?;
                files.insert(name.to_owned(), Original::new(text));
            }
            exercises.insert(entry.id().to_owned(), files);
        }
        Ok(Self { version: 1, exercises })
    }

    /// The manifest of exercises whose files are not on disk yet, each with the texts of its files.
    pub fn delivered<'a>(exercises: impl Iterator<Item = (&'a Exercise, &'a BTreeMap<String, String>)>) -> Self {
        let exercises = exercises.map(|(about, texts)| {
            let files = needed(about)
                .filter_map(|name| texts.get(name).map(|text| (name.to_owned(), Original::new(text.clone()))));
            (about.id.clone(), files.collect())
        });
        Self { version: 1, exercises: exercises.collect() }
    }

    /// What stands in the file.
    ///
    /// # Errors
    /// Never, unless memory ends.
    pub fn text(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// The delivered files of an exercise.
    pub fn files(&self, entry: &Entry) -> Option<&BTreeMap<String, Original>> {
        self.exercises.get(entry.id())
    }

    /// Whether a file of the exercise differs from what was delivered. `false` for one that is unknown.
    pub fn is_edited(&self, entry: &Entry, name: &str) -> bool {
        self.files(entry).and_then(|files| files.get(name)).is_some_and(|file| !file.is(&entry.folder.join(name)))
    }
}
