//! The folder in which a graded class is kept: what was handed in and when, its verdicts, what people gave.
//!
//! ```text
//! ledger.json     who handed in what, where it lies, when it came, and the key of its verdict
//! verdicts/       a file for each verdict, under its key
//! manual.csv      what people grade, to be filled in
//! problems.txt    what needs the teacher, if anything does
//! ```
//!
//! Grading again changes keys, and nothing else: a time of submission that was written once stays.

use anyhow::{Context, Result, ensure};
use model::graded::Graded;
use model::late::Submitted;
use model::time::Time;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::unit::Store;

/// The version of the ledger's shape.
pub const VERSION: u32 = 1;

/// What is known of a class's submissions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// See [`VERSION`].
    pub version: u32,
    /// The set's file.
    pub set: PathBuf,
    /// When this was graded, as the caller said.
    pub date: Time,
    /// For one student and exercise, in the order in which they became known.
    pub entries: Vec<Entry>,
    /// Ids of those of whom the teacher says that they handed in nothing.
    #[serde(default)]
    pub nothing: Vec<String>,
    /// What kept work from being counted when it was handed over. Who is named here has no row in the class.
    pub doubts: Vec<Doubt>,
}

/// One submission of one exercise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Id in the class list.
    pub student: String,
    /// `chapter/exercise`.
    pub exercise: String,
    /// What was handed in.
    pub path: PathBuf,
    /// When it was handed in.
    pub submitted: Submitted,
    /// Whether the teacher said so, which corrects what was known before.
    #[serde(default)]
    pub is_told: bool,
    /// Name of the verdict; none as long as there is none.
    pub key: Option<String>,
    /// Hash of what was handed in, whatever it was graded with.
    pub content: Option<String>,
    /// Why there is none, or why the one that is there could not be made anew.
    pub fault: Option<String>,
}

/// What keeps a student from being counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// Id in the class list; none where it is nobody of the list.
    pub student: Option<String>,
    /// What is wrong, with its place.
    pub text: String,
    /// The download in which it is. It is settled by another look at the same one.
    pub source: PathBuf,
}

impl Entry {
    /// Takes a verdict, or why there is none.
    pub fn take(&mut self, graded: Result<Graded>) {
        match graded {
            Ok(graded) => {
                self.content = Some(content(&graded));
                (self.key, self.fault) = (Some(graded.key), None);
            }
            Err(error) => self.fault = Some(format!("{error:#}")),
        }
    }

    /// Takes the verdict of another day on the same submission, or says why the one that is there stays.
    pub fn take_again(&mut self, graded: Result<Graded>) {
        match graded {
            Ok(graded) if self.content.as_ref().is_some_and(|known| *known != content(&graded)) => {
                self.fault = Some(
                    "it was changed since it was handed over, so the verdict stays as it was; bring it back, or hand it \
                     over with `wdl grade --resume`"
                        .to_owned(),
                );
            }
            graded => self.take(graded),
        }
    }

    fn is_at(&self, other: &Self) -> bool {
        self.student == other.student && self.exercise == other.exercise && self.path == other.path
    }

    fn is_same_work(&self, other: &Self) -> bool {
        self.student == other.student && self.exercise == other.exercise && self.content == other.content
    }
}

/// What was handed in, as a hash: its files, or else why they could not be read.
fn content(graded: &Graded) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, hash) in &graded.files {
        hasher.update(name.as_bytes()).update(b"\0").update(hash.as_bytes()).update(b"\0");
    }
    if graded.files.is_empty() {
        hasher.update(graded.report.message.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

impl Ledger {
    /// The same, where something is known.
    pub fn remember_all(&mut self, before: Option<Self>, source: &Path) {
        if let Some(before) = before {
            self.remember(before, source);
        }
    }

    /// Adds what is known from before: earlier attempts stay, what was handed over again keeps its time, and what was
    /// wrong in another download is still wrong.
    pub fn remember(&mut self, before: Self, source: &Path) {
        self.nothing.extend(before.nothing);
        self.nothing.sort();
        self.nothing.dedup();
        self.doubts.extend(before.doubts.into_iter().filter(|doubt| doubt.source != source));
        let nothing = &self.nothing;
        self.doubts.retain(|doubt| !doubt.student.as_ref().is_some_and(|student| nothing.contains(student)));
        let mut earlier = Vec::new();
        for old in before.entries {
            // It was begun, and what lies there now was graded instead.
            if old.content.is_none() && self.entries.iter().any(|new| new.is_at(&old)) {
                continue;
            }
            match self.entries.iter_mut().find(|new| new.is_same_work(&old)) {
                // A time that is known stays, unless the teacher corrects it; that something was late can become a time.
                Some(new) if matches!(old.submitted, Submitted::At(_)) && !new.is_told => {
                    (new.submitted, new.is_told) = (old.submitted, old.is_told);
                }
                Some(_) => {}
                None => earlier.push(old),
            }
        }
        earlier.append(&mut self.entries);
        self.entries = earlier;
    }
}

/// The folder.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A folder, which need not exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where verdicts are kept.
    pub fn store(&self) -> Store {
        Store::new(self.path.join("verdicts"))
    }

    /// The file for what people grade.
    pub fn manual(&self) -> PathBuf {
        self.path.join("manual.csv")
    }

    /// Whether a class was graded into it.
    pub fn is_used(&self) -> bool {
        self.ledger().exists()
    }

    fn ledger(&self) -> PathBuf {
        self.path.join("ledger.json")
    }

    /// Reads the ledger.
    ///
    /// # Errors
    /// When there is none, or it cannot be understood.
    pub fn read(&self) -> Result<Ledger> {
        let path = self.ledger();
        let bytes =
            std::fs::read(&path).with_context(|| format!("{} cannot be read; `wdl grade` makes it", path.display()))?;
        let ledger: Ledger = serde_json::from_slice(&bytes).with_context(|| format!("in {}", path.display()))?;
        ensure!(
            ledger.version == VERSION,
            "{} has version {}, and this program reads {VERSION}",
            path.display(),
            ledger.version
        );
        Ok(ledger)
    }

    /// Writes the ledger.
    ///
    /// # Errors
    /// When it cannot be written; the old one is there then.
    pub fn write(&self, ledger: &Ledger) -> Result<()> {
        let mut text = serde_json::to_vec_pretty(ledger)?;
        text.push(b'\n');
        write_whole(&self.ledger(), &text)
    }

    /// Writes down what needs the teacher, or that nothing does.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_problems(&self, problems: &[String]) -> Result<()> {
        let path = self.path.join("problems.txt");
        if !problems.is_empty() {
            return write_whole(&path, format!("{}\n", problems.join("\n")).as_bytes());
        }
        if path.exists() { Ok(fs_err::remove_file(path)?) } else { Ok(()) }
    }
}

/// Writes a file whole, or leaves the old one.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs_err::create_dir_all(folder)?;
    // A temporary file is its owner's alone; this one is readable as far as whoever grades lets files be.
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    let mut file = tempfile::Builder::new().permissions(open).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests;
