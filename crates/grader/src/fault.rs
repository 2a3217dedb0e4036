//! What is wrong in what a teacher wrote or fetched: all of it at once, each with its place.

use crate::output::safe;
use std::error::Error;
use std::fmt;
use std::path::Path;

/// Something that cannot be used as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// A path, safe to print.
    pub place: String,
    /// A line of the file, from 1, where it is in one.
    pub line: Option<usize>,
    /// What is wrong, and what to do about it; safe to print.
    pub text: String,
    /// Place in the class list of the student whom it is about, where it is about one.
    pub student: Option<usize>,
}

impl Fault {
    /// About a file or a folder.
    pub fn at(place: impl AsRef<Path>, text: impl fmt::Display) -> Self {
        let text = text.to_string().lines().map(safe::line).collect::<Vec<_>>().join("\n");
        Self { place: safe::line(&place.as_ref().to_string_lossy()), line: None, text, student: None }
    }

    /// About a line of a file.
    pub fn on(file: impl AsRef<Path>, line: usize, text: impl fmt::Display) -> Self {
        Self { line: Some(line), ..Self::at(file, text) }
    }

    /// About somebody.
    pub fn about(self, student: usize) -> Self {
        Self { student: Some(student), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.place, self.text),
            None => write!(f, "{}: {}", self.place, self.text),
        }
    }
}

/// Everything that is wrong, a line each. There is at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Fault::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}
