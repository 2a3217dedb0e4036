//! How good the hidden suites are: what became of mutants of the solutions, exercise by exercise.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file `data/suites.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SuiteResults(pub BTreeMap<String, SuiteResult>);

/// What is known of one suite.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuiteResult {
    /// Hash of solution and suite: for others, these results say nothing.
    pub hash: String,
    /// Other right answers, all of which pass.
    pub alternatives: usize,
    /// Wrong solutions, each of which fails the criterion that it names.
    pub wrong: usize,
    /// Mutants that the suite told from the solution.
    pub caught: usize,
    /// Mutants that ran until they were stopped, which is a way of being caught.
    pub timeout: usize,
    /// Mutants that do not compile.
    pub unviable: usize,
    /// Mutants that passed, by what was changed; each needs a written reason.
    pub missed: Vec<Missed>,
}

/// A mutant that passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missed {
    /// What was changed, in the words of cargo-mutants and without the line.
    pub mutant: String,
    /// Why it is right as well, or cannot be told apart.
    pub reason: String,
}

impl SuiteResult {
    /// Mutants that compile.
    pub fn viable(&self) -> usize {
        self.caught + self.timeout + self.missed.len()
    }
}
