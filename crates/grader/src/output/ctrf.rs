//! CTRF, the Common Test Report Format, in JSON.
//!
//! Source: <https://ctrf.io/docs/specification/overview>; its schema lies in `crates/grader/tests/schemas`. Nothing is
//! timed here, so every duration is zero, and a run starts and stops at the date that the caller gives.

use super::{Book, explained, json, result, safe, summary};
use anyhow::Result;
use model::redact::{StudentCriterion, StudentReport};
use model::report::Outcome;
use model::time::Time;
use serde::Serialize;
use serde_json::{Value, json};

/// What CTRF's own library writes (`SPEC_VERSION` in version 0.3.0 of the npm package `ctrf`).
const SPECIFICATION: &str = "0.0.0";

#[derive(Serialize)]
struct Test {
    name: String,
    status: &'static str,
    duration: u64,
    suite: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    #[serde(rename = "rawStatus")]
    raw_status: Outcome,
    extra: Value,
}

/// The tests of several reports as one run.
///
/// # Errors
/// When a report shows nothing.
pub fn run(reports: &[StudentReport], date: &Time, book: &Book) -> Result<String> {
    let mut tests = Vec::new();
    for report in reports {
        tests.extend(self::tests(report, book)?);
    }
    let count = |status: &str| tests.iter().filter(|test| test.status == status).count();
    json::written(&json!({
        "reportFormat": "CTRF",
        "specVersion": SPECIFICATION,
        "timestamp": date.utc(),
        "generatedBy": "wdl",
        "results": {
            "tool": { "name": "wdl" },
            "summary": {
                "tests": tests.len(),
                "passed": count("passed"),
                "failed": count("failed"),
                "skipped": count("skipped"),
                "pending": 0,
                "other": count("other"),
                "start": date.millisecond(),
                "stop": date.millisecond(),
            },
            "tests": tests,
        },
    }))
}

fn tests(report: &StudentReport, book: &Book) -> Result<Vec<Test>> {
    let result = result(report)?;
    let exercise = safe::line(&report.exercise);
    let extra = |points: u32, of: u32| json!({ "points": points, "max_points": of });
    if result.criteria.is_empty() {
        let whole = test(exercise.clone(), &exercise, result.outcome, summary(result), extra(result.points, result.of));
        return Ok(vec![whole]);
    }
    let each = |criterion: &StudentCriterion| {
        let (name, message) = (safe::line(&criterion.title), explained(criterion, book));
        test(name, &exercise, criterion.outcome, message, extra(criterion.points, criterion.of))
    };
    Ok(result.criteria.iter().map(each).collect())
}

fn test(name: String, exercise: &str, outcome: Outcome, message: String, extra: Value) -> Test {
    let status = match outcome {
        Outcome::Passed => "passed",
        Outcome::NotRun => "skipped",
        Outcome::GraderError => "other",
        _ => "failed",
    };
    Test { name, status, duration: 0, suite: vec![exercise.to_owned()], message, raw_status: outcome, extra }
}
