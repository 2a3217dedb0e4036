//! Canvas: *Grades*, *Export*, then *Import*.
//!
//! Source: what Canvas's importer reads, `lib/gradebook_importer.rb` of <https://github.com/instructure/canvas-lms>,
//! commit 00b222d. It knows a student by `ID`, then `SIS User ID`, then `SIS Login ID`, then the name; a row whose first
//! cell holds `Points Possible` is about columns; a row of blanks, `Muted` or `Manual Posting` is skipped; `read only`
//! keeps a column from being imported; `EX` is an excuse. Cells lie between commas or semicolons.

use super::fill::{self, Filled, Key, Note, kept, plain};
use super::scan::{Record, Sheet};
use anyhow::{Result, bail, ensure};
use model::class::{Class, Row, Student};

/// Columns that tell who somebody is.
const IDENTITY: [&str; 9] = [
    "Student",
    "LastName",
    "FirstName",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Integration ID",
    "Root Account",
    "Section",
];

/// What the names of columns hold that Canvas computes.
const COMPUTED: [&str; 9] = [
    "Current Score",
    "Current Points",
    "Current Grade",
    "Final Score",
    "Final Points",
    "Final Grade",
    "Override Score",
    "Override Grade",
    "Override Status",
];

/// Fills the column of an assignment, named as in the export, with or without its number in parentheses.
///
/// # Errors
/// When it is no export of Canvas, when the column is missing, not unique or read only, each with its line.
pub fn fill(export: &[u8], column: &str, class: &Class) -> Result<Filled> {
    let sheet = Sheet::read(export, &[',', ';'])?;
    let header = sheet.header();
    let find = |name: &str| (0..header.cells.len()).find(|at| header.value(*at) == name);
    let names = find("Student").is_some() || (find("LastName").is_some() && find("FirstName").is_some());
    ensure!(
        names && find("ID").is_some() && find("Section").is_some(),
        "line {}: an export of Canvas has the columns `Student`, `ID` and `Section`; this file has not",
        header.line
    );
    let usable = |_, name: &str| !IDENTITY.contains(&name) && !COMPUTED.iter().any(|word| name.contains(word));
    let column = fill::column(&sheet, column, usable, title)?;
    let (students, possible) = sort(&sheet);
    let mut notes = Vec::new();
    if let Some(record) = possible {
        notes.extend(scale(record, column, class)?);
    }
    let decide = |record: &Record, row: &Row| {
        record.value(column).eq_ignore_ascii_case("EX").then(|| fill::excused(record, row))
    };
    let mut filled = fill::fill(class, &sheet, &students, &keys(&find), column, decide)?;
    filled.notes.splice(0..0, notes);
    Ok(filled)
}

/// A column's title, without the number of the assignment.
fn title(name: &str) -> &str {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((title, id)) if number(id) => title,
        _ => name,
    }
}

/// The records of students, and the one about columns.
fn sort(sheet: &Sheet) -> (Vec<usize>, Option<&Record>) {
    let (mut students, mut possible) = (Vec::new(), None);
    for (at, record) in sheet.records.iter().enumerate().skip(1) {
        let told = |value: &str| {
            let value = value.to_lowercase();
            value.is_empty() || value == "muted" || value.starts_with("manual posting")
        };
        if record.value(0).contains("Points Possible") {
            possible = possible.or(Some(record));
        } else if !record.cells.iter().all(|cell| told(cell.value.trim())) {
            students.push(at);
        }
    }
    (students, possible)
}

fn scale(record: &Record, column: usize, class: &Class) -> Result<Option<Note>> {
    let platform = record.value(column);
    if platform.contains("read only") {
        bail!("line {}: Canvas marks this column `read only` and would not import it", record.line);
    }
    let set = class.set.worth();
    let differs = fill::number(platform).is_some_and(|possible| possible != set);
    Ok(differs.then(|| Note::Scale { line: record.line, platform: platform.to_owned(), set }))
}

fn keys(find: &impl Fn(&str) -> Option<usize>) -> Vec<Key> {
    let own = |name: &str, of: fn(&Student) -> Option<String>| find(name).map(|column| Key { column, of });
    let keys = [
        own("ID", |student| kept(student, "ID")),
        own("SIS User ID", |student| kept(student, "SIS User ID").or_else(|| plain(&student.id))),
        own("SIS Login ID", |student| {
            kept(student, "SIS Login ID").or_else(|| student.login.as_deref().and_then(plain))
        }),
        own("Student", |student| kept(student, "Student").or_else(|| plain(&student.name))),
    ];
    keys.into_iter().flatten().collect()
}
