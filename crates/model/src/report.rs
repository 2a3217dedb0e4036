//! The result of grading one submission of one exercise: what earned points, and why the rest did not.

use serde::{Deserialize, Serialize};

/// The version of this shape, raised when a member changes its meaning.
pub const VERSION: u32 = 1;

/// How a criterion, or a whole submission, came out. "We failed" is never "you failed".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It does what was asked.
    Passed,
    /// It does something else.
    Failed,
    /// It does not compile.
    BuildError,
    /// It used up its time.
    Timeout,
    /// It used up its memory.
    Memory,
    /// Its stack overflowed.
    StackOverflow,
    /// A signal ended it, or it ended by itself in the middle.
    Crash,
    /// It uses what the exercise forbids.
    Policy,
    /// Something that it needs did not pass.
    NotRun,
    /// The grader or its suite is at fault.
    GraderError,
}

impl Outcome {
    /// The word for a person.
    pub fn words(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "not yet",
            Self::BuildError => "does not compile",
            Self::Timeout => "took too long",
            Self::Memory => "used too much memory",
            Self::StackOverflow => "overflowed its stack",
            Self::Crash => "crashed",
            Self::Policy => "uses what is not allowed",
            Self::NotRun => "not run",
            Self::GraderError => "could not be graded",
        }
    }
}

/// Everything that is known of one graded submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// See [`VERSION`].
    pub version: u32,
    /// `chapter/exercise`.
    pub exercise: String,
    /// The worst of its criteria, or what kept it from being graded at all.
    pub outcome: Outcome,
    /// Points earned.
    pub points: u32,
    /// Points that could be earned.
    pub of: u32,
    /// The seed of all inputs: grading again with it gives the same report.
    pub seed: u64,
    /// What the compiler said, or why nothing was run; empty otherwise.
    pub message: String,
    /// In the order of the exercise.
    pub criteria: Vec<CriterionReport>,
}

/// One criterion of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CriterionReport {
    /// Its name.
    pub id: String,
    /// What holds when it is met.
    pub title: String,
    /// Points earned.
    pub points: u32,
    /// Points that could be earned.
    pub of: u32,
    /// How it came out.
    pub outcome: Outcome,
    /// The first thing that went wrong, if anything did.
    pub finding: Option<Finding>,
}

/// What went wrong, for the one who wrote the code: what was tried, expected, got; why it matters, where
/// to read, what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The case of the suite.
    pub case: String,
    /// What was looked at.
    pub tried: String,
    /// What a right solution shows.
    pub expected: String,
    /// What this one showed.
    pub got: String,
    /// Why it matters for memory.
    pub why: String,
    /// Page of the book.
    pub read: String,
    /// What to do next.
    pub next: String,
}

impl Report {
    /// A report on a submission that was never run: no points, and a reason.
    pub fn refused(exercise: &str, of: u32, seed: u64, outcome: Outcome, message: impl Into<String>) -> Self {
        let (exercise, message) = (exercise.to_owned(), message.into());
        Self { version: VERSION, exercise, outcome, points: 0, of, seed, message, criteria: Vec::new() }
    }

    /// Whether every criterion is met.
    pub fn passed(&self) -> bool {
        self.outcome == Outcome::Passed
    }
}
