//! What people grade: a table that is written blank, filled in with a spreadsheet, and read back.

use anyhow::Result;
use csv::{QuoteStyle, ReaderBuilder, WriterBuilder};
use model::class::{ManualPoints, Set, Student};
use model::points::Points;
use std::collections::BTreeMap;
use std::path::Path;

use crate::fault::{Fault, Faults};
use crate::output::table::{cell, uncell};

const COLUMNS: [&str; 8] = ["student", "name", "exercise", "criterion", "title", "of", "points", "remark"];

/// Points and remarks, by student, exercise and criterion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manual {
    given: BTreeMap<(String, String, String), ManualPoints>,
}

impl Manual {
    /// Reads a table; one that does not exist is empty.
    ///
    /// # Errors
    /// All that cannot be understood, each with its line. Points for somebody who is not in the class are told too,
    /// so that none get lost.
    pub fn read(path: &Path, set: &Set, students: &[Student]) -> Result<Self, Faults> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let bytes = fs_err::read(path).map_err(|error| Fault::at(path, error))?;
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let delimiter = delimiter(bytes);
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
        let header = reader.headers().map_err(|error| Fault::on(path, 1, error))?.clone();
        let column = |name: &str| header.iter().position(|cell| cell.trim() == name);
        let missing: Vec<&str> = COLUMNS.into_iter().filter(|name| is_read(name) && column(name).is_none()).collect();
        if !missing.is_empty() {
            return Err(Fault::on(path, 1, format!("there is no column {}", missing.join(", "))).into());
        }
        let (mut manual, mut faults) = (Self::default(), Vec::new());
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(1, |place| place.line());
                    faults.push(Fault::on(path, line as usize, error));
                    continue;
                }
            };
            let line = record.position().map_or(1, |place| place.line()) as usize;
            let value = |name: &str| uncell(column(name).and_then(|at| record.get(at)).unwrap_or_default().trim());
            if let Err(text) = manual.add(&value, set, students) {
                faults.push(Fault::on(path, line, text));
            }
        }
        if faults.is_empty() { Ok(manual) } else { Err(Faults(faults)) }
    }

    fn add(&mut self, value: &dyn Fn(&str) -> String, set: &Set, students: &[Student]) -> Result<(), String> {
        let (student, exercise, id) = (value("student"), value("exercise"), value("criterion"));
        let (points, remark) = (value("points"), value("remark"));
        if points.is_empty() && remark.is_empty() {
            return Ok(());
        }
        if !students.iter().any(|known| known.id == student) {
            return Err(format!("`{student}` is not in the class list"));
        }
        let of = set.exercises.iter().find(|known| known.exercise == exercise);
        let of = of.ok_or_else(|| format!("`{exercise}` is not in the set"))?;
        let criterion = of.manual.iter().find(|criterion| criterion.id == id);
        let criterion = criterion.ok_or_else(|| format!("`{exercise}` has no manual criterion `{id}`"))?;
        let points = match points.as_str() {
            "" => None,
            text => Some(number(text).ok_or_else(|| format!("`{text}` is no number of points, like 3 or 2.5"))?),
        };
        if let Some(points) = points.filter(|points| *points > criterion.points) {
            return Err(format!("{points} points are more than the {} of `{id}`", criterion.points));
        }
        let given = ManualPoints { id: id.clone(), points, remark };
        match self.given.insert((student.clone(), exercise.clone(), id.clone()), given) {
            Some(_) => Err(format!("`{id}` of `{exercise}` is there twice for `{student}`")),
            None => Ok(()),
        }
    }

    /// What somebody got for an exercise.
    pub fn of(&self, student: &str, exercise: &str) -> Vec<ManualPoints> {
        let mine = |((of, what, _), given): (&(String, String, String), &ManualPoints)| {
            (of == student && what == exercise).then(|| given.clone())
        };
        self.given.iter().filter_map(mine).collect()
    }

    /// The table for everybody who handed in something, with what is known and blanks for the rest. Nothing, where the
    /// set asks people for nothing.
    ///
    /// # Errors
    /// Never, unless memory ends.
    pub fn table(
        &self,
        set: &Set,
        students: &[Student],
        handed_in: impl Fn(&str, &str) -> bool,
    ) -> Result<Option<String>> {
        if set.exercises.iter().all(|exercise| exercise.manual.is_empty()) {
            return Ok(None);
        }
        let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
        writer.write_record(COLUMNS)?;
        for student in students {
            for exercise in &set.exercises {
                for criterion in &exercise.manual {
                    let given = self.of(&student.id, &exercise.exercise).into_iter().find(|one| one.id == criterion.id);
                    if given.is_none() && !handed_in(&student.id, &exercise.exercise) {
                        continue;
                    }
                    let points = given.as_ref().and_then(|one| one.points).map(|points| points.to_string());
                    let remark = given.map(|one| one.remark).unwrap_or_default();
                    writer.write_record([
                        cell(&student.id),
                        cell(&student.name),
                        cell(&exercise.exercise),
                        cell(&criterion.id),
                        cell(&criterion.title),
                        criterion.points.to_string(),
                        points.unwrap_or_default(),
                        cell(&remark),
                    ])?;
                }
            }
        }
        Ok(Some(String::from_utf8(writer.into_inner()?)?))
    }
}

/// Columns without which nothing can be merged; the others are there for the person.
fn is_read(column: &str) -> bool {
    matches!(column, "student" | "exercise" | "criterion" | "points" | "remark")
}

/// A spreadsheet writes what its country separates cells with.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| first.iter().filter(|byte| **byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|delimiter| (count(*delimiter), *delimiter == b',')).unwrap_or(b',')
}

/// Points as a person writes them, also with a decimal comma.
fn number(text: &str) -> Option<Points> {
    serde_json::from_str(&text.replace(',', ".")).ok()
}

#[cfg(test)]
mod tests;
