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
    /// In the order of the class list, then of the set, then of time.
    pub entries: Vec<Entry>,
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
    /// Name of the verdict; none as long as there is none.
    pub key: Option<String>,
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
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    // A temporary file is its owner's alone; reports are read by whoever may read the folder.
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    file.as_file().set_permissions(open)?;
    file.persist(path).map_err(|error| error.error).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(())
}
