//! What is remembered of a learner: `.wdl/progress.json` in the folder of the course.
//!
//! The file is the learner's work. It is written whole and then renamed into place, what is not understood in
//! it is kept, and one that cannot be read is put aside, never overwritten.

use anyhow::{Context, Result};
use model::report::Outcome;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::course::Course;
use crate::entry::Entry;

/// The version of the file's shape.
const VERSION: u32 = 1;

/// How far an exercise has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Never checked.
    #[default]
    New,
    /// Checked, and not passed since the start or the last reset.
    Started,
    /// Passed.
    Passed,
}

impl State {
    /// The word for a person.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Started => "started",
            Self::Passed => "passed",
        }
    }
}

/// What is remembered of one exercise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// How far it has come.
    #[serde(default)]
    pub state: State,
    /// The hash of the learner's files at the last pass. A reset leaves it, so that the pass can come back.
    #[serde(default)]
    pub hash: Option<String>,
    /// The last check that came to a verdict.
    #[serde(default)]
    pub last: Option<Last>,
    /// How many hints were shown.
    #[serde(default)]
    pub hints: usize,
    /// How many checks came to a verdict.
    #[serde(default)]
    pub attempts: u32,
    /// Members of another edition of this program.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A check that came to a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Last {
    /// The hash of the learner's files.
    pub hash: String,
    /// How it came out.
    pub outcome: Outcome,
}

impl Record {
    /// Whether the exercise passed and its files are others now.
    pub fn is_changed(&self, entry: &Entry) -> bool {
        self.state == State::Passed && self.hash.as_ref().is_some_and(|hash| *hash != entry.work())
    }

    /// How the files came out as they are now, if they were checked.
    pub fn outcome(&self, entry: &Entry) -> Option<Outcome> {
        self.last.as_ref().filter(|last| last.hash == entry.work()).map(|last| last.outcome)
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    version: u32,
    #[serde(default)]
    exercises: BTreeMap<String, Record>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// The progress of one learner in one course.
#[derive(Debug)]
pub struct Progress {
    folder: PathBuf,
    aliases: Vec<(String, String)>,
    stored: Stored,
    /// What the learner should know of the file, one sentence each.
    pub notes: Vec<String>,
    kept: bool,
}

impl Progress {
    /// Reads the progress of a course. Never fails: a file that cannot be understood is put aside, and told.
    pub fn load(course: &Course) -> Self {
        let aliases = course.entries().flat_map(|entry| {
            let id = entry.id().to_owned();
            entry.about.aliases.iter().map(move |alias| (alias.clone(), id.clone()))
        });
        let folder = course.folder.join(".wdl");
        let aliases = aliases.collect();
        let mut progress = Self { folder, aliases, stored: Stored::default(), notes: Vec::new(), kept: true };
        progress.read();
        progress
    }

    /// The folder for everything that is remembered.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is remembered of an exercise.
    pub fn record(&self, id: &str) -> Record {
        self.stored.exercises.get(id).cloned().unwrap_or_default()
    }

    /// Changes what is remembered of an exercise. Where it cannot be kept, a note says so, once.
    pub fn update(&mut self, id: &str, change: impl FnOnce(&mut Record)) {
        if self.kept {
            // Another window may have written since.
            self.read();
        }
        change(self.stored.exercises.entry(id.to_owned()).or_default());
        if self.kept
            && let Err(error) = self.write()
        {
            self.kept = false;
            self.notes.push(format!("progress is not kept: {error:#}"));
        }
    }

    /// Notes that were not taken yet.
    pub fn take_notes(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notes)
    }

    fn path(&self) -> PathBuf {
        self.folder.join("progress.json")
    }

    fn read(&mut self) {
        let text = match fs::read(self.path()) {
            Ok(bytes) => bytes,
            Err(error) => {
                // A file in the place of the folder is found when something is to be written.
                if !matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) {
                    self.kept = false;
                    self.notes.push(format!("progress is not kept: {} cannot be read: {error}", self.path().display()));
                }
                return;
            }
        };
        match serde_json::from_slice::<Stored>(&text) {
            Ok(stored) if stored.version > VERSION => {
                self.kept = false;
                self.notes.push(format!(
                    "progress is not kept: {} was written by a newer wdl; update this one",
                    self.path().display()
                ));
                self.stored = stored;
            }
            Ok(stored) => self.stored = stored,
            Err(error) => self.put_aside(&error),
        }
        self.rename_aliases();
    }

    fn put_aside(&mut self, error: &serde_json::Error) {
        let free = |number: &u32| !self.folder.join(aside(*number)).exists();
        let name = aside((1..).find(free).unwrap_or(0));
        let path = self.path();
        self.notes.push(match fs::rename(&path, self.folder.join(&name)) {
            Ok(()) => {
                let kept = crate::place::shown(&self.folder.join(name));
                format!("the progress could not be understood ({error}); it is kept as {kept}, and a new one begun")
            }
            Err(_) => {
                self.kept = false;
                format!("progress is not kept: {} cannot be understood ({error}) or moved", path.display())
            }
        });
    }

    /// What was done under an earlier name counts under the present one.
    fn rename_aliases(&mut self) {
        for (alias, id) in &self.aliases {
            let Some(old) = self.stored.exercises.remove(alias) else { continue };
            let record = self.stored.exercises.entry(id.clone()).or_default();
            if old.state > record.state {
                record.state = old.state;
                record.hash = old.hash;
            }
            record.last = record.last.take().or(old.last);
            record.hints = record.hints.max(old.hints);
            record.attempts += old.attempts;
            for (name, value) in old.other {
                record.other.entry(name).or_insert(value);
            }
        }
    }

    fn write(&mut self) -> Result<()> {
        self.stored.version = VERSION;
        let mut text = serde_json::to_string_pretty(&self.stored)?;
        text.push('\n');
        prepare(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)
            .with_context(|| format!("{} cannot be written", self.folder.display()))?;
        file.write_all(text.as_bytes())?;
        // The rename must not reach the disk before the text.
        file.as_file().sync_data()?;
        file.persist(self.path())?;
        Ok(())
    }
}

fn aside(number: u32) -> String {
    format!("progress.broken-{number}.json")
}

/// Makes the folder for what is remembered, which no version control should see.
///
/// # Errors
/// When it cannot be made.
pub fn prepare(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, "*\n").with_context(|| format!("{} cannot be written", ignore.display()))?;
    }
    Ok(())
}
