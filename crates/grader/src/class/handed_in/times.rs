//! A teacher's table of times: `student,exercise,submitted`.

use super::Wanted;
use crate::class::names;
use crate::class::roster::{self, Roster};
use crate::fault::Fault;
use fs_err as fs;
use model::late::Submitted;
use model::time::Time;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What stands in place of a time where none is needed.
const IN_TIME: &str = "in time";
/// What stands there when a person has looked, and nothing of it counts.
const NOTHING: &str = "nothing";

/// What a table says, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Times {
    pub(super) file: PathBuf,
    /// By student, and by exercise where the table names one.
    rows: BTreeMap<(usize, Option<usize>), (usize, Submitted)>,
    /// Students of whom the teacher says that they handed in nothing, whatever lies there.
    pub(super) nothing: BTreeSet<usize>,
    pub(super) faults: Vec<Fault>,
}

impl Times {
    /// When a student handed in an exercise, with the line that says so. A line about one exercise wins over one about
    /// all.
    pub(super) fn of(&self, student: usize, exercise: usize) -> Option<&(usize, Submitted)> {
        self.rows.get(&(student, Some(exercise))).or_else(|| self.rows.get(&(student, None)))
    }
}

/// Reads a table.
pub(super) fn read(file: &Path, roster: &Roster, exercises: &[Wanted]) -> Times {
    let mut times = Times { file: file.to_owned(), ..Times::default() };
    let text = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            times.faults.push(Fault::at(file, format!("it cannot be read ({})", error.kind())));
            return times;
        }
    };
    let sheet = match roster::sheet(file, &text) {
        Ok(sheet) => sheet,
        Err(fault) => {
            times.faults.push(fault);
            return times;
        }
    };
    let column =
        |name: &str| (0..sheet.header().cells.len()).find(|at| sheet.header().value(*at).eq_ignore_ascii_case(name));
    let (Some(student), Some(submitted)) = (column("student"), column("submitted")) else {
        let text = "a table of times has the columns `student`, `submitted` and, if you like, `exercise`";
        times.faults.push(Fault::on(file, sheet.header().line, text));
        return times;
    };
    let exercise = column("exercise");
    for record in sheet.records.iter().skip(1) {
        let cells = [record.value(student), exercise.map_or("", |at| record.value(at)), record.value(submitted)];
        if cells.iter().any(|cell| !cell.is_empty()) {
            times.row(record.line, cells, roster, exercises);
        }
    }
    times
}

impl Times {
    fn row(&mut self, line: usize, [student, exercise, submitted]: [&str; 3], roster: &Roster, exercises: &[Wanted]) {
        let who = roster
            .find(student)
            .ok_or_else(|| format!("`{student}`{} is nobody in the class list", roster.perhaps(student)));
        let what = if exercise.is_empty() { Ok(None) } else { wanted(exercise, exercises).map(Some) };
        if let (Ok(who), Ok(None), NOTHING) = (&who, &what, submitted) {
            self.nothing.insert(*who);
            return;
        }
        let when = match submitted {
            IN_TIME => Ok(Submitted::InTime),
            text => text
                .parse::<Time>()
                .map(Submitted::At)
                .map_err(|error| format!("{error}, or `{IN_TIME}`, or `{NOTHING}`")),
        };
        for why in [who.as_ref().err(), what.as_ref().err(), when.as_ref().err()].into_iter().flatten() {
            self.faults.push(Fault::on(&self.file, line, why));
        }
        let (Ok(who), Ok(what), Ok(when)) = (who, what, when) else { return };
        match self.rows.get(&(who, what)) {
            Some((first, _)) => {
                let text = format!("line {first} says when {} handed this in, too", roster.known(who));
                self.faults.push(Fault::on(&self.file, line, text));
            }
            None => drop(self.rows.insert((who, what), (line, when))),
        }
    }
}

fn wanted(text: &str, exercises: &[Wanted]) -> Result<usize, String> {
    let is_it = |exercise: &Wanted| {
        exercise.id == text || exercise.name == text || exercise.aliases.iter().any(|alias| alias == text)
    };
    exercises.iter().position(is_it).ok_or_else(|| {
        let known = exercises.iter().flat_map(|exercise| [&exercise.id, &exercise.name]);
        let near = names::nearest(text, known.map(|name| (name.clone(), name)));
        let near = near.map(|near| format!(" (is it `{near}`?)")).unwrap_or_default();
        format!("`{text}`{near} is no exercise of the set")
    })
}
