//! A student's page.

use super::super::{Book, extended, lateness, left_out, rows, safe, when};
use super::{Read, STYLE, shade, sign};
use anyhow::Result;
use askama::Template;
use model::class::Score;
use model::redact::{StudentCriterion, StudentReport};
use model::report::Outcome;
use model::sheet::{StudentManual, StudentSheet, StudentWork};

#[derive(Template)]
#[template(path = "student.html")]
struct Page {
    style: &'static str,
    title: String,
    student: String,
    date: String,
    due: Option<String>,
    total: Option<String>,
    works: Vec<Work>,
}

struct Work {
    number: usize,
    title: String,
    read: Read,
    /// When it was handed in, and which attempt it is; none when there is nothing.
    handed_in: Option<String>,
    late: String,
    total: Option<String>,
    whole: Option<Whole>,
    left_out: Vec<String>,
    criteria: Vec<Criterion>,
    manual: Vec<Manual>,
}

/// What stands for the whole, where criteria do not tell it.
struct Whole {
    sign: &'static str,
    shade: &'static str,
    outcome: &'static str,
    message: String,
}

struct Criterion {
    sign: &'static str,
    shade: &'static str,
    title: String,
    outcome: &'static str,
    points: String,
    rows: Vec<Row>,
}

struct Row {
    label: &'static str,
    text: String,
    /// What a program printed, in the font of code.
    is_code: bool,
    read: Option<Read>,
}

struct Manual {
    title: String,
    points: String,
    remark: String,
}

/// A student's page.
///
/// # Errors
/// Never, unless memory ends.
pub fn student(sheet: &StudentSheet, book: &Book) -> Result<String> {
    let page = Page {
        style: STYLE,
        title: safe::line(&sheet.title),
        student: safe::line(&sheet.student),
        date: sheet.date.words(),
        due: sheet.due.as_ref().map(|due| format!("{}{}", due.words(), extended(sheet.extension.as_ref()))),
        total: sheet.score.as_ref().map(total),
        works: sheet.work.iter().enumerate().map(|(at, work)| self::work(at + 1, work, book)).collect(),
    };
    Ok(page.render()? + "\n")
}

fn total(score: &Score) -> String {
    let open = if score.is_final { "" } else { "; a person has yet to grade more" };
    format!("{} of {} points{open}", score.points, score.of)
}

fn work(number: usize, work: &StudentWork, book: &Book) -> Work {
    let handed_in = work.submitted.as_ref().map(|submitted| match work.attempts {
        0 | 1 => when(submitted),
        many => format!("{}, attempt {} of {many}", when(submitted), work.counts.unwrap_or(0)),
    });
    Work {
        number,
        title: safe::line(&work.title),
        read: Read::of(&work.read, book),
        handed_in,
        late: lateness(work.late),
        total: work.score.as_ref().map(total),
        whole: work.report.as_ref().and_then(whole),
        left_out: work.report.iter().flat_map(|report| &report.result).flat_map(left_out).collect(),
        criteria: work.report.as_ref().map(|report| criteria(report, book)).unwrap_or_default(),
        manual: work.manual.iter().map(manual).collect(),
    }
}

fn whole(report: &StudentReport) -> Option<Whole> {
    let result = report.result.as_ref()?;
    let message = safe::text(&result.message);
    (result.criteria.is_empty() || !message.is_empty()).then(|| Whole {
        sign: sign(result.outcome),
        shade: shade(result.outcome),
        outcome: result.outcome.words(),
        message,
    })
}

fn criteria(report: &StudentReport, book: &Book) -> Vec<Criterion> {
    let criteria = report.result.iter().flat_map(|result| &result.criteria);
    criteria.map(|criterion| self::criterion(criterion, book)).collect()
}

fn criterion(criterion: &StudentCriterion, book: &Book) -> Criterion {
    let finding = criterion.finding.as_ref().filter(|_| criterion.outcome != Outcome::Passed);
    let row = |(label, text): (&'static str, String), read: &str| Row {
        label,
        text,
        is_code: matches!(label, "tried" | "expected" | "got"),
        read: (label == "read").then(|| Read::of(read, book)),
    };
    Criterion {
        sign: sign(criterion.outcome),
        shade: shade(criterion.outcome),
        title: safe::line(&criterion.title),
        outcome: criterion.outcome.words(),
        points: format!("{} of {}", criterion.points, criterion.of),
        rows: finding
            .map(|finding| rows(finding, book).into_iter().map(|pair| row(pair, &finding.read)).collect())
            .unwrap_or_default(),
    }
}

fn manual(manual: &StudentManual) -> Manual {
    let points = manual.points.map_or("not yet".to_owned(), |points| points.to_string());
    Manual {
        title: safe::line(&manual.title),
        points: format!("{points} of {}", manual.of),
        remark: safe::text(&manual.remark),
    }
}
