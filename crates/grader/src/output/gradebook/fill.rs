//! Which row of an export is which student, and what is written into it.

use super::super::safe;
use super::scan::{Record, Sheet};
use anyhow::{Result, ensure};
use model::class::{Class, Missing, Row, Student};
use model::points::Points;
use std::collections::BTreeMap;
use std::fmt;

/// A filled export.
#[derive(Debug)]
pub struct Filled {
    /// The file, which differs from the export in the cells that were filled.
    pub bytes: Vec<u8>,
    /// How many cells have the grade of the class now, whether it stood there before or not.
    pub graded: usize,
    /// What a teacher should know, by line.
    pub notes: Vec<Note>,
}

/// Something that a teacher should know before the file goes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A row of the export belongs to nobody of the class. It stays as it was.
    Unmatched {
        /// Line in the export.
        line: usize,
        /// What its first cells say.
        row: String,
    },
    /// A row may belong to several students, or a student to several rows. It stays as it was.
    Ambiguous {
        /// Line in the export.
        line: usize,
        /// What its first cells say.
        row: String,
    },
    /// A student of the class has no row, so the grade is nowhere in the file.
    Absent {
        /// Student, with id.
        student: String,
        /// The grade.
        points: Points,
    },
    /// A person has yet to grade something. The cell stays as it was.
    Open {
        /// Line in the export.
        line: usize,
        /// Student, with id.
        student: String,
    },
    /// Nothing was handed in, and the set leaves such cells as they are.
    Missing {
        /// Line in the export.
        line: usize,
        /// Student, with id.
        student: String,
    },
    /// The student is excused. The cell stays as it was.
    Excused {
        /// Line in the export.
        line: usize,
        /// Student, with id.
        student: String,
    },
    /// Another grade stood there.
    Replaced {
        /// Line in the export.
        line: usize,
        /// Student, with id.
        student: String,
        /// What stood there.
        was: String,
        /// What stands there now.
        now: Points,
    },
    /// The platform counts the column out of another number of points than the set has.
    Scale {
        /// Line in the export.
        line: usize,
        /// What the platform says.
        platform: String,
        /// Points of the set.
        set: Points,
    },
    /// Moodle refuses the whole file for one grade above 100, unless its settings allow more.
    AboveHundred {
        /// Line in the export.
        line: usize,
        /// The grade.
        points: Points,
    },
    /// What to choose in Moodle's form when the file is imported.
    Mapping {
        /// The column that names the user, and the field to choose for it.
        user: (String, &'static str),
        /// The column that was filled, and the item to choose for it.
        grade: String,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unmatched { line, row } => write!(f, "line {line}: {row} is nobody of the class; left as it was"),
            Self::Ambiguous { line, row } => {
                write!(f, "line {line}: {row} cannot be told from somebody else; left as it was")
            }
            Self::Absent { student, points } => write!(f, "{student} has no row, so {points} stands nowhere"),
            Self::Open { line, student } => {
                write!(f, "line {line}: {student} has criteria that a person has yet to grade; left as it was")
            }
            Self::Missing { line, student } => write!(f, "line {line}: {student} handed in nothing; left as it was"),
            Self::Excused { line, student } => write!(f, "line {line}: {student} is excused; left as it was"),
            Self::Replaced { line, student, was, now } => write!(f, "line {line}: {student} had `{was}`, now {now}"),
            Self::Scale { line, platform, set } => {
                write!(f, "line {line}: the platform counts this column out of {platform}, the set has {set}")
            }
            Self::AboveHundred { line, points } => {
                write!(f, "line {line}: {points} is above 100; Moodle takes it only with `unlimitedgrades`")
            }
            Self::Mapping { user: (column, field), grade } => {
                write!(f, "in Moodle's form, map `{column}` to `{field}`, and map `{grade}` to the grade item")
            }
        }
    }
}

/// A way to know a student: a column of the export, and what the class has to compare with it.
pub(super) struct Key {
    pub(super) column: usize,
    pub(super) of: fn(&Student) -> Option<String>,
}

/// For comparing: without spaces around it, and in small letters, as mail addresses and logins are written either way.
pub(super) fn plain(text: &str) -> Option<String> {
    Some(text.trim().to_lowercase()).filter(|text| !text.is_empty())
}

/// What the platform's list of students said in a column.
pub(super) fn kept(student: &Student, column: &str) -> Option<String> {
    student.columns.get(column).and_then(|text| plain(text))
}

/// A student with id, for a note.
fn known(row: &Row) -> String {
    format!("{} ({})", safe::line(&row.student.name), safe::line(&row.student.id))
}

/// What the first cells of a row say, for a note.
fn seen(record: &Record) -> String {
    let cells = (0..record.cells.len().min(2)).map(|column| safe::line(record.value(column)));
    format!("`{}`", cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", "))
}

/// By the place of a record: the students whose row it may be.
type Owners<'a> = BTreeMap<usize, Vec<&'a Row>>;

/// Whose row each record is. Keys are tried in their order; one that contradicts an earlier one does not count.
fn owners<'a>(class: &'a Class, sheet: &Sheet, records: &[usize], keys: &[Key]) -> Owners<'a> {
    let agrees = |key: &Key, record: &Record, row: &Row| match (plain(record.value(key.column)), (key.of)(&row.student))
    {
        (Some(cell), Some(own)) => Some(cell == own),
        _ => None,
    };
    let mut owners = BTreeMap::new();
    for at in records {
        let record = &sheet.records[*at];
        let mut found: Vec<&Row> = Vec::new();
        for (nth, key) in keys.iter().enumerate() {
            let fits = |row: &&Row| {
                agrees(key, record, row) == Some(true)
                    && keys[..nth].iter().all(|earlier| agrees(earlier, record, row) != Some(false))
            };
            found = class.rows.iter().filter(fits).collect();
            if !found.is_empty() {
                break;
            }
        }
        owners.insert(*at, found);
    }
    owners
}

/// Fills a column for the records that are students'. `decide` may keep a cell as it is, and says why.
///
/// # Errors
/// When a student's row is too short to have the column.
pub(super) fn fill(
    class: &Class,
    sheet: &Sheet,
    records: &[usize],
    keys: &[Key],
    column: usize,
    decide: impl Fn(&Record, &Row) -> Option<Note>,
) -> Result<Filled> {
    let owners = owners(class, sheet, records, keys);
    let (mut edits, mut notes, mut graded) = (Vec::new(), Vec::new(), 0);
    for at in owners.keys() {
        let record = &sheet.records[*at];
        let kept = owner(&owners, *at, record).and_then(|owner| {
            let kept = untouched(class, owner, record.line).or_else(|| decide(record, owner));
            kept.map_or(Ok(owner), Err)
        });
        let row = match kept {
            Ok(row) => row,
            Err(note) => {
                notes.push(note);
                continue;
            }
        };
        let (line, cells) = (record.line, record.cells.len());
        ensure!(column < cells, "line {line}: the row has {cells} cells, and column {} is to be filled", column + 1);
        graded += 1;
        let now = row.score.points;
        if number(record.value(column)) != Some(now) {
            notes.extend(replaced(record, column, row));
            edits.push((*at, column, now.to_string()));
        }
    }
    notes.extend(absent(class, &owners));
    Ok(Filled { bytes: sheet.with(&edits), graded, notes })
}

/// The one student whose row this is.
fn owner<'a>(owners: &Owners<'a>, at: usize, record: &Record) -> Result<&'a Row, Note> {
    let (line, row) = (record.line, seen(record));
    let rows_of = |owner: &Row| owners.values().flatten().filter(|other| other.student.id == owner.student.id).count();
    match owners[&at].as_slice() {
        [] => Err(Note::Unmatched { line, row }),
        [owner] if rows_of(owner) == 1 => Ok(*owner),
        _ => Err(Note::Ambiguous { line, row }),
    }
}

/// That another grade stood there, if one did.
fn replaced(record: &Record, column: usize, row: &Row) -> Option<Note> {
    let was = record.value(column);
    let (line, student, now) = (record.line, known(row), row.score.points);
    (!was.is_empty() && was != "-").then(|| Note::Replaced { line, student, was: safe::line(was), now })
}

/// Students of the class whom the export does not know.
fn absent(class: &Class, owners: &Owners<'_>) -> Vec<Note> {
    let has_row = |row: &Row| owners.values().flatten().any(|found| found.student.id == row.student.id);
    let absent = class.rows.iter().filter(|row| !has_row(row));
    absent.map(|row| Note::Absent { student: known(row), points: row.score.points }).collect()
}

/// Why a grade is not written, if it is not.
fn untouched(class: &Class, row: &Row, line: usize) -> Option<Note> {
    if row.is_missing() && class.set.missing == Missing::Blank {
        return Some(Note::Missing { line, student: known(row) });
    }
    (!row.score.is_final).then(|| Note::Open { line, student: known(row) })
}

/// That somebody is excused.
pub(super) fn excused(record: &Record, row: &Row) -> Note {
    Note::Excused { line: record.line, student: known(row) }
}

/// A number as a platform writes it, with a decimal point or comma.
pub(super) fn number(text: &str) -> Option<Points> {
    let number: f64 = text.replace(',', ".").parse().ok()?;
    let hundredths = (number * 100.0).round();
    (0.0..1e15).contains(&hundredths).then(|| Points::hundredths(hundredths as u64))
}

/// The one column with this header; otherwise an error that lists those that there are.
pub(super) fn column(
    sheet: &Sheet,
    wanted: &str,
    usable: impl Fn(usize, &str) -> bool,
    title: fn(&str) -> &str,
) -> Result<usize> {
    let header = sheet.header();
    let all: Vec<(usize, &str)> =
        (0..header.cells.len()).map(|at| (at, header.value(at))).filter(|(at, name)| usable(*at, name)).collect();
    let exact: Vec<usize> = all.iter().filter(|(_, name)| *name == wanted).map(|(at, _)| *at).collect();
    let titled: Vec<usize> = all.iter().filter(|(_, name)| title(name) == wanted).map(|(at, _)| *at).collect();
    match (exact.as_slice(), titled.as_slice()) {
        ([one], _) | ([], [one]) => Ok(*one),
        (found, other) => {
            let names: Vec<String> = all.iter().map(|(_, name)| format!("`{}`", safe::line(name))).collect();
            let many = if found.len() + other.len() > 0 { "several columns are" } else { "no column is" };
            anyhow::bail!("line {}: {many} called `{wanted}`; there are {}", header.line, names.join(", "))
        }
    }
}
