//! How a submission comes in: without unpacking it, and without trusting anything in it.
//!
//! A folder, an archive or a single file is looked through entry by entry. Only regular files that the
//! exercise lists are read, and little of each; whatever else is there is left out and named. What was
//! read must be text, and must keep the rules of [`policy`]. Nothing is written to disk here.
//!
//! - [`policy`] says what a submission may not hold;
//! - `folder`, `tarred` and `zipped` go through the three kinds of sources;
//! - `found` decides which of the files count;
//! - `name` and `text` judge names and contents;
//! - `listing` says which folders something holds, and reads no more than names.

mod folder;
mod found;
mod ignored;
pub(crate) mod listing;
pub(crate) mod name;
pub mod policy;
mod source;
mod tarred;
mod text;
pub(crate) mod zipped;

pub use ignored::{Ignored, Why};

use anyhow::Result;
use found::Findings;
use model::exercise::Exercise;
use model::report::Outcome;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

/// The largest file that is read, in bytes. Solutions have a hundredth of that.
pub const FILE_BYTES: u64 = 256 << 10;
/// How many entries of a folder or an archive are looked at.
pub const ENTRIES: usize = 2000;
/// The largest archive, and how much of it is decompressed, in bytes.
pub const TOTAL_BYTES: u64 = 64 << 20;
/// How many levels of folders are gone down.
pub const DEPTH: usize = 16;

/// The sources that a student hands in, by path relative to the exercise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// Text by path.
    pub files: BTreeMap<String, String>,
}

impl Submission {
    /// A submission of one file, `src/lib.rs`.
    pub fn of_text(text: impl Into<String>) -> Self {
        Self { files: BTreeMap::from([("src/lib.rs".to_owned(), text.into())]) }
    }
}

/// What was handed in, after everything that does not belong there was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// Every file that the exercise lists, and no other.
    pub submission: Submission,
    /// What was left out: at most fifty entries, and a last one that counts the rest.
    pub ignored: Vec<Ignored>,
}

/// A submission that is not graded, and what its author should read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// [`Outcome::Policy`] when a rule or a limit is broken, [`Outcome::BuildError`] when files are missing
    /// or cannot be read.
    pub outcome: Outcome,
    /// One sentence, or one line for each fault.
    pub message: String,
    /// What was left out until then.
    pub ignored: Vec<Ignored>,
}

/// Reads what was handed in for an exercise: a folder, a `.zip`, a `.tar`, a `.tar.gz`, or a single `.rs`
/// file where the exercise lists one file. What it is, its content tells, not its name. A symbolic link is
/// not followed, not even at `path` itself.
///
/// # Errors
/// When the disk cannot be read. What is wrong with the submission is in [`Refused`].
pub fn read(path: &Path, exercise: &Exercise) -> Result<Result<Intake, Refused>> {
    let mut found = Findings::new(exercise);
    match collect(path, &mut found) {
        Ok(submission) => Ok(Ok(Intake { submission, ignored: found.ignored() })),
        Err(Stop::Theirs { outcome, message }) => Ok(Err(Refused { outcome, message, ignored: found.ignored() })),
        Err(Stop::Ours(error)) => Err(error),
    }
}

fn collect(path: &Path, found: &mut Findings<'_>) -> Result<Submission, Stop> {
    source::look_through(path, found)?;
    let submission = Submission { files: found.chosen()? };
    let faults = policy::faults(&submission, found.exercise)?;
    if !faults.is_empty() {
        return Err(Stop::policy(policy::message(&faults)));
    }
    Ok(submission)
}

/// Why reading came to an end.
#[derive(Debug)]
enum Stop {
    /// The submission is at fault.
    Theirs { outcome: Outcome, message: String },
    /// We are.
    Ours(anyhow::Error),
}

impl Stop {
    /// Something is missing or cannot be read.
    fn unreadable(message: impl Into<String>) -> Self {
        Self::Theirs { outcome: Outcome::BuildError, message: message.into() }
    }

    /// A rule or a limit is broken.
    fn policy(message: impl Into<String>) -> Self {
        Self::Theirs { outcome: Outcome::Policy, message: message.into() }
    }

    /// An archive that ends too early, or whose checksums are wrong. `detail` may quote its bytes.
    fn damaged(detail: impl Display) -> Self {
        let detail = name::printable(detail.to_string().as_bytes());
        Self::unreadable(format!("the archive is damaged or cut off ({detail}); make it again, and hand that in"))
    }
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Ours(error.into())
    }
}
