//! PrairieLearn's `results.json`, which an external grader leaves in `/grade/results`.
//!
//! Source: <https://prairielearn.readthedocs.io/en/latest/externalGrading/#grading-results>. The file may have one
//! megabyte. What does not compile, and what breaks a rule, is "not gradable", which costs a student no attempt.

use super::{Book, explained, json, result, safe, summary};
use anyhow::{Result, ensure};
use model::redact::{StudentCriterion, StudentReport};
use model::report::Outcome;
use serde::Serialize;

/// The largest file in bytes.
const LIMIT: usize = 1_000_000;

#[derive(Serialize)]
struct Graded {
    gradable: bool,
    score: f64,
    message: String,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct NotGradable {
    gradable: bool,
    format_errors: Vec<String>,
}

#[derive(Serialize)]
struct Test {
    name: String,
    points: u32,
    max_points: u32,
    message: String,
}

/// The results of one submission.
///
/// # Errors
/// When the report shows nothing, or is larger than PrairieLearn reads.
pub fn results(report: &StudentReport, book: &Book) -> Result<String> {
    let result = result(report)?;
    let ours = result.outcome == Outcome::GraderError;
    let text = if result.criteria.is_empty() && result.outcome != Outcome::Passed || ours {
        json::written(&NotGradable { gradable: false, format_errors: vec![summary(result)] })?
    } else {
        json::written(&Graded {
            gradable: true,
            score: if result.of == 0 { 0.0 } else { f64::from(result.points) / f64::from(result.of) },
            message: summary(result),
            tests: result.criteria.iter().map(|criterion| test(criterion, book)).collect(),
        })?
    };
    ensure!(text.len() <= LIMIT, "the results have {} bytes, and PrairieLearn reads {LIMIT}", text.len());
    Ok(text)
}

fn test(criterion: &StudentCriterion, book: &Book) -> Test {
    Test {
        name: safe::line(&criterion.title),
        points: criterion.points,
        max_points: criterion.of,
        message: explained(criterion, book),
    }
}
