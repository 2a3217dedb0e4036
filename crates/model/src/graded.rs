//! The file that grading one submission leaves behind.

use crate::report::Report;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A verdict with everything that it depends on: the same inputs give the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Graded {
    /// Hash of all inputs, and the name of the file.
    pub key: String,
    /// What was graded: the hash of each file by its path. Empty when nothing could be read.
    pub files: BTreeMap<String, String>,
    /// Hash of exercise, suite and reference.
    pub suite: String,
    /// Hash of compiler, options, instruments and jail.
    pub kit: String,
    /// How the code was held: `launcher`, `bubblewrap`, or `open` when its author was trusted.
    pub held: String,
    /// What was handed in and left out, a line each.
    pub ignored: Vec<String>,
    /// The verdict.
    pub report: Report,
}
