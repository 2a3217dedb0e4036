//! The page of a class.

use super::super::statistics::{Bin, Missed, Statistics};
use super::super::{Book, markdown, safe};
use super::{Read, STYLE, shade};
use anyhow::Result;
use askama::Template;
use model::class::{Class, Entry, Row, SetExercise};

#[derive(Template)]
#[template(path = "class.html")]
struct Page {
    style: &'static str,
    title: String,
    date: String,
    due: Option<String>,
    statistics: Statistics,
    bars: Vec<Bar>,
    missed: Vec<MissedRow>,
    exercises: Vec<Exercise>,
    students: Vec<Student>,
}

/// A bar of the histogram, in the units of its picture.
struct Bar {
    x: usize,
    y: usize,
    height: usize,
    middle: usize,
    above: usize,
    bin: Bin,
}

struct MissedRow {
    criterion: String,
    exercise: String,
    missed: usize,
    of: usize,
    read: Read,
}

struct Exercise {
    title: String,
    read: Read,
}

struct Student {
    name: String,
    id: String,
    section: String,
    cells: Vec<Cell>,
    total: String,
    is_final: bool,
}

struct Cell {
    text: String,
    shade: &'static str,
}

/// The picture's base line, and the height of its tallest bar.
const BASE: usize = 180;
const TALLEST: usize = 150;
const STEP: usize = 56;

/// The page of a class, for its teacher.
///
/// # Errors
/// Never, unless memory ends.
pub fn class(class: &Class, book: &Book) -> Result<String> {
    let statistics = Statistics::of(class);
    let page = Page {
        style: STYLE,
        title: safe::line(&class.set.title),
        date: class.date.words(),
        due: class.set.due.as_ref().map(|due| due.words()),
        bars: bars(&statistics.bins),
        missed: statistics.missed.iter().map(|missed| self::missed(missed, book)).collect(),
        exercises: class.set.exercises.iter().map(|exercise| self::exercise(exercise, book)).collect(),
        students: class.rows.iter().map(student).collect(),
        statistics,
    };
    Ok(page.render()? + "\n")
}

fn bars(bins: &[Bin]) -> Vec<Bar> {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1);
    let bar = |(at, bin): (usize, &Bin)| {
        let height = bin.count * TALLEST / most;
        let (x, y) = (at * STEP + 8, BASE - height);
        Bar { x, y, height, middle: x + (STEP - 8) / 2, above: y - 6, bin: bin.clone() }
    };
    bins.iter().enumerate().map(bar).collect()
}

fn missed(missed: &Missed, book: &Book) -> MissedRow {
    MissedRow {
        criterion: safe::line(&missed.criterion),
        exercise: safe::line(&missed.exercise),
        missed: missed.missed,
        of: missed.of,
        read: Read::of(&missed.read, book),
    }
}

fn exercise(exercise: &SetExercise, book: &Book) -> Exercise {
    Exercise { title: safe::line(&exercise.title), read: Read::of(&exercise.read, book) }
}

fn student(row: &Row) -> Student {
    Student {
        name: safe::line(&row.student.name),
        id: safe::line(&row.student.id),
        section: row.student.section.as_deref().map(safe::line).unwrap_or_default(),
        cells: row.entries.iter().map(cell).collect(),
        total: format!("{} of {}", row.score.points, row.score.of),
        is_final: row.score.is_final,
    }
}

fn cell(entry: &Entry) -> Cell {
    let shade = entry.counted().map_or("open", |attempt| shade(attempt.graded.report.outcome));
    Cell { text: markdown::cell(entry), shade }
}
