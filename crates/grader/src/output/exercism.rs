//! Exercism's `results.json`, version 3.
//!
//! Source: <https://exercism.org/docs/building/tooling/test-runners/interface>. `output` is for what a student's code
//! prints, which no hidden suite reads, and `test_code` would tell the suite, so both are left out.

use super::{Book, explained, json, result, safe, summary};
use anyhow::Result;
use model::redact::{StudentCriterion, StudentReport};
use model::report::Outcome;
use serde::Serialize;

/// The longest message for the whole, in characters.
const MESSAGE: usize = 65_535;

#[derive(Serialize)]
struct Results {
    version: u8,
    status: Status,
    message: Option<String>,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    status: Status,
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_id: Option<usize>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Pass,
    Fail,
    Error,
}

/// The results of one submission. Every criterion is a task of its own, numbered from 1.
///
/// # Errors
/// When the report shows nothing.
pub fn results(report: &StudentReport, book: &Book) -> Result<String> {
    let result = result(report)?;
    let (status, message) = match result.outcome {
        Outcome::Passed => (Status::Pass, None),
        // `error` means that no test was run, and only then is the message shown.
        _ if result.criteria.is_empty() => (Status::Error, Some(summary(result).chars().take(MESSAGE).collect())),
        _ => (Status::Fail, None),
    };
    let tests = result.criteria.iter().enumerate().map(|(at, criterion)| test(at + 1, criterion, book)).collect();
    json::written(&Results { version: 3, status, message, tests })
}

fn test(number: usize, criterion: &StudentCriterion, book: &Book) -> Test {
    let status = match criterion.outcome {
        Outcome::Passed => Status::Pass,
        Outcome::Failed | Outcome::NotRun => Status::Fail,
        _ => Status::Error,
    };
    let message = Some(explained(criterion, book)).filter(|message| !message.is_empty());
    Test { name: safe::line(&criterion.title), status, message, task_id: Some(number) }
}
