//! JUnit XML, as CI services read it.
//!
//! There is no standard. What is written keeps to what is common (<https://github.com/testmoapp/junitxml>) and to the
//! schema of Jenkins's xUnit plugin (`junit-10.xsd` of <https://github.com/jenkinsci/xunit-plugin>). A wrong answer is a
//! `failure`; what ended early is an `error`; what was not looked at is `skipped`. That schema knows no properties of a
//! test case, so points stand in the text of its output, in the way that testmo describes.

use super::{Book, explained, result, safe, summary};
use anyhow::Result;
use model::redact::{StudentReport, StudentResult};
use model::report::Outcome;
use model::time::Time;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

type Xml = Writer<Vec<u8>>;

/// A test case before it is written.
struct Case {
    name: String,
    outcome: Outcome,
    points: u32,
    of: u32,
    told: String,
}

/// How often each kind of end occurs.
#[derive(Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

/// The reports as one run: a suite for each exercise, a case for each criterion.
///
/// # Errors
/// When a report shows nothing.
pub fn suites(name: &str, reports: &[StudentReport], date: &Time, book: &Book) -> Result<String> {
    let mut suites = Vec::new();
    for report in reports {
        suites.push((report, result(report)?, cases(report, book)?));
    }
    let all = counts(suites.iter().flat_map(|(_, _, cases)| cases));
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attributes([
            ("name", safe::line(name).as_str()),
            ("tests", &all.tests.to_string()),
            ("failures", &all.failures.to_string()),
            ("errors", &all.errors.to_string()),
        ])
        .write_inner_content(|xml| {
            suites.iter().try_for_each(|(report, result, cases)| suite(xml, report, result, cases, date))
        })?;
    let mut text = String::from_utf8(xml.into_inner())?;
    text.push('\n');
    Ok(text)
}

fn cases(report: &StudentReport, book: &Book) -> Result<Vec<Case>> {
    let result = result(report)?;
    if result.criteria.is_empty() {
        let (outcome, points, of) = (result.outcome, result.points, result.of);
        return Ok(vec![Case { name: safe::line(&report.exercise), outcome, points, of, told: summary(result) }]);
    }
    let criteria = result.criteria.iter().map(|criterion| Case {
        name: safe::line(&criterion.title),
        outcome: criterion.outcome,
        points: criterion.points,
        of: criterion.of,
        told: explained(criterion, book),
    });
    Ok(criteria.collect())
}

fn counts<'a>(cases: impl Iterator<Item = &'a Case>) -> Counts {
    let mut counts = Counts::default();
    for case in cases {
        counts.tests += 1;
        match element(case.outcome) {
            Some("failure") => counts.failures += 1,
            Some("error") => counts.errors += 1,
            Some(_) => counts.skipped += 1,
            None => {}
        }
    }
    counts
}

/// The element that says that a case did not pass.
fn element(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Passed => None,
        Outcome::Failed => Some("failure"),
        Outcome::NotRun => Some("skipped"),
        _ => Some("error"),
    }
}

fn suite(xml: &mut Xml, report: &StudentReport, result: &StudentResult, cases: &[Case], date: &Time) -> io::Result<()> {
    let counts = counts(cases.iter());
    let exercise = safe::line(&report.exercise);
    let attributes = [
        ("name", exercise.as_str()),
        ("tests", &counts.tests.to_string()),
        ("failures", &counts.failures.to_string()),
        ("errors", &counts.errors.to_string()),
        ("skipped", &counts.skipped.to_string()),
        ("timestamp", &date.utc()),
    ];
    xml.create_element("testsuite").with_attributes(attributes).write_inner_content(|xml| {
        xml.create_element("properties").write_inner_content(|xml| {
            property(xml, "points", result.points)?;
            property(xml, "max_points", result.of)
        })?;
        cases.iter().try_for_each(|case| testcase(xml, &exercise, case))
    })?;
    Ok(())
}

fn property(xml: &mut Xml, name: &str, value: u32) -> io::Result<()> {
    xml.create_element("property").with_attributes([("name", name), ("value", &value.to_string())]).write_empty()?;
    Ok(())
}

fn testcase(xml: &mut Xml, exercise: &str, case: &Case) -> io::Result<()> {
    let attributes = [("name", case.name.as_str()), ("classname", exercise)];
    xml.create_element("testcase").with_attributes(attributes).write_inner_content(|xml| {
        if let Some(element) = element(case.outcome) {
            // An attribute cannot hold a line break, so it has the headline and the text has the rest.
            let attributes = [("message", case.outcome.words()), ("type", kind(case.outcome))];
            xml.create_element(element).with_attributes(attributes).write_text_content(BytesText::new(&case.told))?;
        }
        let points = format!("[[PROPERTY|points={}]]\n[[PROPERTY|max_points={}]]", case.points, case.of);
        xml.create_element("system-out").write_text_content(BytesText::new(&points))?;
        Ok(())
    })?;
    Ok(())
}

/// The name of an outcome for a machine, as JSON has it.
fn kind(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::BuildError => "build-error",
        Outcome::Timeout => "timeout",
        Outcome::Memory => "memory",
        Outcome::StackOverflow => "stack-overflow",
        Outcome::Crash => "crash",
        Outcome::Policy => "policy",
        Outcome::NotRun => "not-run",
        Outcome::GraderError => "grader-error",
    }
}
