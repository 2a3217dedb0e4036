//! What was found, in the form that somebody else reads: a student, a teacher, a learning platform, a CI service.
//!
//! Each format is a module with pure functions: the same inputs give the same bytes, and a date comes from the caller.
//!
//! - For students, from a [`StudentReport`] or a [`StudentSheet`](model::sheet::StudentSheet), which hold nothing else:
//!   [`gradescope`], [`classroom50`], [`exercism`], [`prairielearn`], [`junit`], [`ctrf`], and the `student` functions
//!   of [`json`], [`markdown`] and [`html`].
//! - For teachers, from a whole [`Class`](model::class::Class): the `class` functions of these three, [`table`], and
//!   [`gradebook`], which fills a platform's own export.
//!
//! What a student wrote or a program printed goes through [`safe`] before anybody looks at it.

pub mod classroom50;
pub mod ctrf;
pub mod exercism;
pub mod gradebook;
pub mod gradescope;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod prairielearn;
pub mod safe;
pub mod statistics;
pub mod table;

use anyhow::{Result, bail};
use model::late::{Extension, Late, Submitted};
use model::redact::{StudentCriterion, StudentFinding, StudentReport, StudentResult};
use model::report::Outcome;

/// Where the book can be read.
#[derive(Clone, Debug, Default)]
pub struct Book {
    address: Option<String>,
}

impl Book {
    /// The folder of the built book: an `http` or `https` address, or a path relative to the report.
    ///
    /// # Errors
    /// When it is an address of another kind, which a reader should not be sent to.
    pub fn at(address: &str) -> Result<Self> {
        let relative = !address.contains(':') && !address.starts_with("//");
        let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control());
        if !plain || !(relative || address.starts_with("https://") || address.starts_with("http://")) {
            bail!("`{address}` is no address of the book: give one with http or https, or a relative path");
        }
        Ok(Self { address: Some(address.trim_end_matches('/').to_owned()) })
    }

    /// The address of a page, `chapter/page`, or of a chapter's first, `chapter`; none where the book's is not known, or
    /// the name is no page's.
    pub fn page(&self, name: &str) -> Option<String> {
        let address = self.address.as_ref()?;
        let plain =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        let file = if name.contains('/') { name.to_owned() } else { format!("{name}/index") };
        name.split('/').all(plain).then(|| format!("{address}/{file}.html"))
    }

    /// The address of a page, or else its name.
    fn place(&self, name: &str) -> String {
        self.page(name).unwrap_or_else(|| format!("the page `{}` of the book", safe::line(name)))
    }
}

/// What may be shown of a report, for a format that has no way to say that nothing may.
fn result(report: &StudentReport) -> Result<&StudentResult> {
    match &report.result {
        Some(result) => Ok(result),
        None => bail!(
            "`{}`: the set lets students see nothing of it yet, and this format would show them points; raise its \
             visibility to `criterion` first",
            report.exercise
        ),
    }
}

/// What went wrong, as rows of a label and a text. Empty texts are left out.
fn rows(finding: &StudentFinding, book: &Book) -> Vec<(&'static str, String)> {
    let read = if finding.read.is_empty() { String::new() } else { book.place(&finding.read) };
    let text = |text: &Option<String>| text.as_deref().map(safe::text).unwrap_or_default();
    let rows = [
        ("tried", text(&finding.tried)),
        ("expected", text(&finding.expected)),
        ("got", text(&finding.got)),
        ("why", safe::text(&finding.why)),
        ("read", read),
        ("next", safe::text(&finding.next)),
    ];
    rows.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// How a criterion came out and why, in lines; empty when it is met.
fn explained(criterion: &StudentCriterion, book: &Book) -> String {
    if criterion.outcome == Outcome::Passed {
        return String::new();
    }
    let mut lines = vec![criterion.outcome.words().to_owned()];
    let rows = criterion.finding.as_ref().map(|finding| rows(finding, book)).unwrap_or_default();
    lines.extend(rows.into_iter().map(|(label, text)| format!("{label}: {text}")));
    lines.join("\n")
}

/// What stands for the whole, in lines: its outcome, what the compiler said, and what was left out.
fn summary(result: &StudentResult) -> String {
    let mut lines = vec![result.outcome.words().to_owned()];
    lines.extend(Some(safe::text(&result.message)).filter(|message| !message.is_empty()));
    lines.extend(left_out(result));
    lines.join("\n")
}

/// What was handed in and is no part of the submission, a line each.
fn left_out(result: &StudentResult) -> impl Iterator<Item = String> {
    result.ignored.iter().map(|entry| format!("left out: {}", safe::line(entry)))
}

/// When something was handed in, for a person.
fn when(submitted: &Submitted) -> String {
    match submitted {
        Submitted::At(time) => time.words(),
        Submitted::InTime => "in time".to_owned(),
        Submitted::Late => "late".to_owned(),
        Submitted::Unknown => "at an unknown time".to_owned(),
    }
}

/// What a student was promised, for a person, after the due time; empty when nothing was.
fn extended(extension: Option<&Extension>) -> String {
    match extension {
        None => String::new(),
        Some(Extension::Days(1)) => ", extended by 1 day".to_owned(),
        Some(Extension::Days(days)) => format!(", extended by {days} days"),
        Some(Extension::Until(until)) => format!(", extended until {}", until.words()),
    }
}

/// What lateness cost, for a person; empty when nothing was late.
fn lateness(late: Late) -> String {
    match late.days {
        0 => String::new(),
        1 => format!("1 day late, less {} percent", late.penalty_percent),
        days => format!("{days} days late, less {} percent", late.penalty_percent),
    }
}
