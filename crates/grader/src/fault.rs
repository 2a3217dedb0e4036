//! What is wrong in files that a teacher wrote or fetched: all of it at once, each with its place.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file or folder.
    pub path: PathBuf,
    /// The line, from 1, where it is in one.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub text: String,
}

impl Fault {
    /// In a file or folder as a whole.
    pub fn at(path: impl AsRef<Path>, text: impl fmt::Display) -> Self {
        Self { path: path.as_ref().to_owned(), line: None, text: text.to_string() }
    }

    /// On a line.
    pub fn on(path: impl AsRef<Path>, line: usize, text: impl fmt::Display) -> Self {
        Self { line: Some(line), ..Self::at(path, text) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.text)
    }
}

/// Everything that is wrong. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            write!(f, "{}{fault}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl Error for Faults {}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}
