//! Lines of a list, and what is wrong with them.

use super::shape::{self, Kind, Shape};
use super::{Columns, plain};
use crate::fault::{Fault, Faults};
use crate::output::gradebook::scan::{Record, Sheet, Unreadable};
use model::class::Student;
use std::collections::BTreeMap;
use std::path::Path;

/// What is said of a list that is only begun.
pub const EMPTY: &str = "there are no students in this list";

/// A line of a student.
pub(super) struct Line {
    number: usize,
    pub(super) columns: Columns,
    /// How many cells stand behind the last column of the header and say something.
    beyond: usize,
}

/// What kind of list it is, and its lines of students.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<(Shape, Vec<Line>), Faults> {
    let sheet = sheet(path, bytes).map_err(|fault| Faults(vec![fault]))?;
    let mut header: Vec<String> = (0..sheet.header().cells.len()).map(|at| sheet.header().value(at).into()).collect();
    let kind = shape::kind(&header).or_else(|| {
        for name in &mut header {
            if ["id", "name", "login", "email", "section"].contains(&name.to_lowercase().as_str()) {
                *name = name.to_lowercase();
            }
        }
        shape::kind(&header)
    });
    let Some(kind) = kind else {
        let text = format!("no column says who a student is: {}", shape::WANTED);
        return Err(Faults(vec![Fault::on(path, sheet.header().line, text)]));
    };
    // A list of one's own may explain itself.
    let is_remark = |record: &Record| kind == Kind::Plain && record.value(0).starts_with('#');
    let records = sheet.records.iter().skip(1).filter(|record| !is_remark(record));
    let lines = records.map(|record| line(&header, record));
    let lines: Vec<Line> = lines
        .filter(|line| line.columns.values().any(|cell| !cell.is_empty()) && shape::is_student(kind, &line.columns))
        .collect();
    if lines.is_empty() {
        return Err(Faults(vec![Fault::at(path, EMPTY)]));
    }
    let id = id(kind, &header, &lines);
    Ok((Shape { kind, id }, lines))
}

/// Reads a CSV file, whatever it is about.
pub(crate) fn sheet(path: &Path, bytes: &[u8]) -> Result<Sheet, Fault> {
    if bytes.starts_with(b"PK") || bytes.contains(&0) && !bytes.starts_with(&[0xFF, 0xFE]) && bytes[0] != 0xFE {
        return Err(Fault::at(path, "this is not CSV; if it is a spreadsheet, save it as CSV with UTF-8"));
    }
    Sheet::read(bytes, &[',', ';', '\t']).map_err(|error| match error {
        Unreadable::Utf16 => Fault::at(path, "this is UTF-16; save it as CSV with UTF-8"),
        Unreadable::NotUtf8(line) => {
            Fault::on(path, line, "this is not UTF-8; export the file again, or save it as CSV with UTF-8")
        }
        Unreadable::Open(line) => Fault::on(path, line, "this is not CSV: a quote is opened here and never closed"),
        Unreadable::Empty => Fault::at(path, "there is nothing in this file, not even a header"),
    })
}

fn line(header: &[String], record: &Record) -> Line {
    let mut columns = Columns::new();
    for (at, name) in header.iter().enumerate() {
        columns.entry(name.clone()).or_insert_with(|| record.value(at).to_owned());
    }
    let beyond = (header.len()..record.cells.len()).filter(|at| !record.value(*at).is_empty()).count();
    Line { number: record.line, columns, beyond }
}

/// The best column that tells students apart and is filled for everybody, or else the best that is there.
fn id(kind: Kind, header: &[String], lines: &[Line]) -> String {
    let there: Vec<&str> =
        shape::ids(kind).iter().copied().filter(|name| header.iter().any(|cell| cell == name)).collect();
    let filled = |name: &&&str| lines.iter().all(|line| !line.columns[**name].is_empty());
    there.iter().find(filled).or(there.first()).map(|name| (*name).to_owned()).unwrap_or_default()
}

/// Ids that are missing or stand twice, and lines with too many cells.
pub(super) fn faults(path: &Path, shape: &Shape, lines: &[Line], students: &[Student]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let column = &shape.id;
    for (line, student) in lines.iter().zip(students) {
        if line.beyond > 0 {
            let many = line.columns.len();
            let text = format!(
                "this line has more cells than the {many} of the header; put quotes around a cell that has a separator"
            );
            faults.push(Fault::on(path, line.number, text));
        }
        if student.id.is_empty() {
            faults.push(Fault::on(
                path,
                line.number,
                format!("`{column}` is empty, and nothing else says who this is"),
            ));
        } else if let Some(first) = seen.get(&plain(&student.id)) {
            let text =
                format!("`{column}` is `{}`, as on line {first}; each student needs one of their own", student.id);
            faults.push(Fault::on(path, line.number, text));
        } else {
            seen.insert(plain(&student.id), line.number);
        }
    }
    faults
}
