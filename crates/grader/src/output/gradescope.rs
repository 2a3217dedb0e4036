//! Gradescope's `results.json`, which an autograder leaves in `/autograder/results`.
//!
//! Source: <https://gradescope-autograders.readthedocs.io/en/latest/specs/>. Gradescope applies late penalties itself, so
//! the points here are those before any. It computes no total of ours: `score` is written and overrides the sum.

use super::{Book, explained, json, result, safe, summary};
use anyhow::Result;
use model::redact::StudentReport;
use model::report::Outcome;
use serde::Serialize;

/// When Gradescope shows the results to a student, who then sees all that the report holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// At once.
    Visible,
    /// When the due date has passed; where late work is allowed, the last one.
    AfterDueDate,
    /// When the teacher publishes the grades.
    AfterPublished,
}

#[derive(Serialize)]
struct Results {
    score: u32,
    output: String,
    output_format: &'static str,
    visibility: Shown,
    stdout_visibility: &'static str,
    tests: Vec<Test>,
}

#[derive(Serialize)]
struct Test {
    score: u32,
    max_score: u32,
    status: &'static str,
    name: String,
    name_format: &'static str,
    number: String,
    output: String,
    output_format: &'static str,
    tags: Vec<String>,
}

/// The results of one submission, which may answer several exercises.
///
/// # Errors
/// When a report shows nothing: Gradescope needs points.
pub fn results(reports: &[StudentReport], shown: Shown, book: &Book) -> Result<String> {
    let (mut score, mut output, mut tests) = (0, Vec::new(), Vec::new());
    for (at, report) in reports.iter().enumerate() {
        let result = result(report)?;
        score += result.points;
        output.push(format!("{}: {}", safe::line(&report.exercise), summary(result)));
        tests.extend(self::tests(at + 1, report, book)?);
    }
    json::written(&Results {
        score,
        output: output.join("\n\n"),
        output_format: "text",
        visibility: shown,
        // What the grader prints is for teachers.
        stdout_visibility: "hidden",
        tests,
    })
}

fn tests(number: usize, report: &StudentReport, book: &Book) -> Result<Vec<Test>> {
    let criteria = result(report)?.criteria.iter().enumerate();
    let test = |(at, criterion): (usize, &model::redact::StudentCriterion)| Test {
        score: criterion.points,
        max_score: criterion.of,
        status: if criterion.outcome == Outcome::Passed { "passed" } else { "failed" },
        name: safe::line(&criterion.title),
        name_format: "text",
        number: format!("{number}.{}", at + 1),
        output: explained(criterion, book),
        output_format: "text",
        tags: vec![safe::line(&report.exercise)],
    };
    Ok(criteria.map(test).collect())
}
