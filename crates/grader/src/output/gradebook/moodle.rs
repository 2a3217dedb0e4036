//! Moodle: *Grades*, *Export*, *Plain text file*, then *Import*, *CSV file*.
//!
//! Source: `grade/import/csv/classes/load_data.php` of <https://github.com/moodle/moodle>, and
//! <https://docs.moodle.org/en/Grade_import>. The teacher says which column names the user and which is which grade.
//! Blank and `-` are no grade. A word, an unknown user, or a grade above 100 makes Moodle refuse the whole file.

use super::fill::{self, Filled, Key, Note, kept, plain};
use super::scan::{Record, Sheet};
use anyhow::{Result, ensure};
use model::class::{Class, Row, Student};

/// What a column of the export says of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    /// The school's number.
    IdNumber,
    /// The name with which one logs in.
    Username,
    /// Mail address.
    Email,
}

impl User {
    /// What an export in English calls it.
    fn header(self) -> &'static str {
        match self {
            Self::IdNumber => "ID number",
            Self::Username => "Username",
            Self::Email => "Email address",
        }
    }

    /// What the import form calls it.
    fn field(self) -> &'static str {
        match self {
            Self::IdNumber => "useridnumber",
            Self::Username => "username",
            Self::Email => "useremail",
        }
    }

    fn of(self) -> fn(&Student) -> Option<String> {
        match self {
            Self::IdNumber => |student| kept(student, "ID number").or_else(|| plain(&student.id)),
            Self::Username => |student| student.login.as_deref().and_then(plain),
            Self::Email => |student| student.email.as_deref().and_then(plain),
        }
    }
}

/// Fills a grade column, named as in the export, with or without ` (Real)`. `user` names the column that tells the
/// users apart, where it is not called as in an English export.
///
/// # Errors
/// When the column is missing or not unique, or nothing in the export tells users apart, each with its line.
pub fn fill(export: &[u8], column: &str, user: Option<(&str, User)>, class: &Class) -> Result<Filled> {
    let sheet = Sheet::read(export, &[',', ';', '\t'])?;
    let users = users(&sheet, user)?;
    let is_user = |at: usize| users.iter().any(|(column, _)| *column == at);
    let column = fill::column(&sheet, column, |at, name| !is_user(at) && !FIXED.contains(&name), title)?;
    let students: Vec<usize> = (1..sheet.records.len()).collect();
    let keys: Vec<Key> = users.iter().map(|(column, user)| Key { column: *column, of: user.of() }).collect();
    let mut filled = fill::fill(class, &sheet, &students, &keys, column, |_: &Record, _: &Row| None)?;
    filled.notes.extend(above(&filled.bytes, column)?);
    filled.notes.extend(scale(&sheet, class));
    let header = |at: usize| sheet.header().value(at).to_owned();
    let (at, kind) = best(&sheet, &users);
    filled.notes.push(Note::Mapping { user: (header(at), kind.field()), grade: header(column) });
    Ok(filled)
}

/// Columns that hold no grade: those of the grading worksheet, and of the list of participants.
const FIXED: [&str; 12] = [
    "Identifier",
    "Full name",
    "First name",
    "Last name",
    "Institution",
    "Department",
    "Status",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
];

/// The worksheet says of each student what the assignment is counted out of.
fn scale(sheet: &Sheet, class: &Class) -> Option<Note> {
    let header = sheet.header();
    let column = (0..header.cells.len()).find(|at| header.value(*at) == "Maximum Grade")?;
    let record = sheet.records.get(1)?;
    let (platform, set) = (record.value(column), class.set.worth());
    let differs = fill::number(platform).is_some_and(|maximum| maximum != set);
    differs.then(|| Note::Scale { line: record.line, platform: platform.to_owned(), set })
}

/// A column's title, without how its grades are shown.
fn title(name: &str) -> &str {
    let name = name.strip_suffix(" (Real)").unwrap_or(name);
    name.strip_prefix("Assignment: ").unwrap_or(name)
}

/// The columns that tell users apart.
fn users(sheet: &Sheet, given: Option<(&str, User)>) -> Result<Vec<(usize, User)>> {
    let header = sheet.header();
    let find = |name: &str| (0..header.cells.len()).find(|at| header.value(*at) == name);
    let found: Vec<(usize, User)> = match given {
        Some((name, user)) => find(name).map(|at| (at, user)).into_iter().collect(),
        None => {
            let all = [User::IdNumber, User::Username, User::Email];
            all.into_iter().filter_map(|user| Some((find(user.header())?, user))).collect()
        }
    };
    let wanted = given.map_or("`ID number`, `Username` or `Email address`".to_owned(), |(name, _)| format!("`{name}`"));
    ensure!(
        !found.is_empty(),
        "line {}: the export has no column {wanted}; say which of its columns tells the users apart",
        header.line
    );
    Ok(found)
}

/// The column with which Moodle finds most users: it skips a row in which that cell is blank.
fn best(sheet: &Sheet, users: &[(usize, User)]) -> (usize, User) {
    let filled = |column: usize| sheet.records.iter().filter(|record| !record.value(column).is_empty()).count();
    let mut best = users[0];
    for user in users {
        if filled(user.0) > filled(best.0) {
            best = *user;
        }
    }
    best
}

fn above(bytes: &[u8], column: usize) -> Result<Vec<Note>> {
    let sheet = Sheet::read(bytes, &[',', ';', '\t'])?;
    let hundred = model::points::Points::whole(100);
    let grades =
        sheet.records.iter().skip(1).filter_map(|record| Some((record.line, fill::number(record.value(column))?)));
    Ok(grades
        .filter(|(_, points)| *points > hundred)
        .map(|(line, points)| Note::AboveHundred { line, points })
        .collect())
}
