//! Classroom 50's `result.json`, which an `autograder.py` leaves in its working directory.
//!
//! Source: <https://github.com/foundation50/classroom50/blob/main/schemas/result-v1.schema.json>, and the page *Advanced
//! Autograding* of its wiki. Scores are whole numbers, which our reports hold; unknown members at the top are refused.

use super::{Book, explained, json, result, safe};
use anyhow::{Result, ensure};
use model::redact::StudentReport;
use model::report::Outcome;
use model::time::Time;
use serde::Serialize;

/// What the runner says of the submission, in its environment variables.
#[derive(Clone, Debug)]
pub struct Submission {
    /// `CLASSROOM`.
    pub classroom: String,
    /// `ASSIGNMENT`.
    pub assignment: String,
    /// `ASSIGNMENT_TYPE`.
    pub assignment_type: AssignmentType,
    /// `OWNER`: who owns the repository, and gets the points.
    pub owner: String,
    /// `SUBMISSION_TAG`, `submit/...`.
    pub tag: String,
    /// `COMMIT_URL`.
    pub commit: String,
    /// `RELEASE_URL`.
    pub release: String,
    /// `REVIEW_URL`.
    pub review: String,
    /// Time of the commit. Grading again must not change it.
    pub submitted: Time,
    /// Time of this grading.
    pub graded: Option<Time>,
}

/// Who works on an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AssignmentType {
    /// Everybody alone.
    Individual,
    /// Groups.
    Group,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ResultFile<'a> {
    schema: &'static str,
    classroom: &'a str,
    assignment: &'a str,
    #[serde(rename = "assignment_type")]
    assignment_type: AssignmentType,
    owner: &'a str,
    submission: &'a str,
    commit: &'a str,
    release: &'a str,
    review: &'a str,
    datetime: String,
    #[serde(rename = "graded_at", skip_serializing_if = "Option::is_none")]
    graded_at: Option<String>,
    score: u32,
    max_score: u32,
    tests: Vec<Test>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Test {
    test_name: String,
    passed: bool,
    score: u32,
    max_score: u32,
    // Members that the format does not know are kept as they are.
    exercise: String,
    message: String,
}

/// The result of one submission, which may answer several exercises.
///
/// # Errors
/// When a report shows nothing, or the runner's description is not what the format demands.
pub fn result_file(reports: &[StudentReport], submission: &Submission, book: &Book) -> Result<String> {
    ensure!(
        submission.tag.starts_with("submit/"),
        "the tag `{}` does not begin with `submit/`; SUBMISSION_TAG holds it",
        submission.tag
    );
    let (mut score, mut max_score, mut tests) = (0, 0, Vec::new());
    for report in reports {
        let result = result(report)?;
        (score, max_score) = (score + result.points, max_score + result.of);
        tests.extend(self::tests(report, book)?);
    }
    json::written(&ResultFile {
        schema: "classroom50/result/v1",
        classroom: &submission.classroom,
        assignment: &submission.assignment,
        assignment_type: submission.assignment_type,
        owner: &submission.owner,
        submission: &submission.tag,
        commit: &submission.commit,
        release: &submission.release,
        review: &submission.review,
        datetime: submission.submitted.utc(),
        graded_at: submission.graded.as_ref().map(Time::utc),
        score,
        max_score,
        tests,
    })
}

/// What kept the submission from being looked at is a test that did not pass, because the format has no other place.
fn tests(report: &StudentReport, book: &Book) -> Result<Vec<Test>> {
    let result = result(report)?;
    let exercise = safe::line(&report.exercise);
    let test = |test_name: String, passed, score, max_score, message| {
        let exercise = exercise.clone();
        Test { test_name, passed, score, max_score, exercise, message }
    };
    if result.criteria.is_empty() {
        let passed = result.outcome == Outcome::Passed;
        return Ok(vec![test(exercise.clone(), passed, result.points, result.of, super::summary(result))]);
    }
    let tests = result.criteria.iter().map(|criterion| {
        let passed = criterion.outcome == Outcome::Passed;
        test(safe::line(&criterion.title), passed, criterion.points, criterion.of, explained(criterion, book))
    });
    Ok(tests.collect())
}
