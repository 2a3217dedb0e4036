//! `wdl explain`: everything that is known of one student's work on one exercise, for the teacher.

use anyhow::Result;
use clap::Args;
use grader::output::safe;
use model::class::{Attempt, Class as Assembled, Entry, Row, SetExercise};
use model::late::Submitted;
use std::path::PathBuf;

use super::{Class, Where};
use crate::Usage;
use crate::cli::Exit;
use crate::commands::jail::JailOptions;
use crate::console::Console;
use crate::place::shown;
use crate::view::{self, Style};

/// Whose work to explain.
#[derive(Debug, Args)]
pub struct Options {
    /// A student: id, login or mail address.
    student: String,
    /// An exercise of the set.
    exercise: String,
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    jail: JailOptions,
}

/// Tells what was handed in and when, what was tried, expected and seen, how points and lateness were counted, and how to
/// repeat it.
///
/// # Errors
/// When there is no graded class, or no such student or exercise in it.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let class = Class::open(&options.at, &options.jail.places()?)?;
    let student = class.student(&options.student)?;
    let exercise = class.exercise(&options.exercise)?;
    let assembled = class.assemble()?;
    let Some(row) = assembled.class.rows.iter().find(|row| row.student.id == student.id) else {
        let doubts = class.ledger.doubts.iter().filter(|doubt| doubt.student.as_ref() == Some(&student.id));
        let mut why: Vec<&str> = doubts.map(|doubt| doubt.text.as_str()).collect();
        why.extend(assembled.left_out.iter().map(String::as_str).filter(|why| why.contains(&student.id)));
        why.dedup();
        let why = if why.is_empty() { assembled.left_out.join("\n  ") } else { why.join("\n  ") };
        return Err(Usage(format!("{} is left out of the class:\n  {why}", student.name)).into());
    };
    console.say(&told(&class, &assembled.class, row, exercise, console.style()));
    Ok(Exit::Passed)
}

fn told(class: &Class, assembled: &Assembled, row: &Row, exercise: &str, style: Style) -> String {
    let place = assembled.set.exercises.iter().position(|known| known.exercise == exercise).unwrap_or_default();
    let (about, entry) = (&assembled.set.exercises[place], &row.entries[place]);
    let name = safe::line(&row.student.name);
    let mut lines = vec![style.strong(&format!("{name} ({}), {}", safe::line(&row.student.id), about.title))];
    if entry.work.attempts.is_empty() {
        lines.push("nothing was handed in".to_owned());
    }
    for (at, attempt) in entry.work.attempts.iter().enumerate() {
        let counts = if entry.counts == Some(at) { ", which counts" } else { "" };
        lines.push(format!(
            "attempt {}, handed in {}{counts}: {}",
            at + 1,
            when(&attempt.submitted),
            shown(&path(class, row, attempt))
        ));
    }
    if let Some(attempt) = entry.counted() {
        lines.push(view::graded(exercise, &attempt.graded.report, style));
        lines.extend(attempt.graded.ignored.iter().map(|entry| format!("  left out: {}", safe::line(entry))));
        lines.push(repeat(class, attempt, &path(class, row, attempt)));
    }
    lines.extend(people(about, entry));
    lines.push(count(entry, about));
    lines.join("\n")
}

/// Where an attempt lies.
fn path(class: &Class, row: &Row, attempt: &Attempt) -> PathBuf {
    let graded = &attempt.graded;
    let mine = |entry: &&grader::class::ledger::Entry| {
        entry.student == row.student.id
            && entry.exercise == graded.report.exercise
            && entry.key.as_ref() == Some(&graded.key)
    };
    class.ledger.entries.iter().find(mine).map(|entry| entry.path.clone()).unwrap_or_default()
}

fn when(submitted: &Submitted) -> String {
    match submitted {
        Submitted::At(time) => time.to_string(),
        Submitted::InTime => "in time".to_owned(),
        Submitted::Late => "late".to_owned(),
        Submitted::Unknown => "at an unknown time".to_owned(),
    }
}

fn repeat(class: &Class, attempt: &Attempt, path: &std::path::Path) -> String {
    let graded = &attempt.graded;
    let file = shown(&class.folder.store().path(&graded.key));
    format!(
        "held by: {}; kept as {file}\nrepeat it: wdl grade-one {} --set {} --seed {} {}",
        graded.held,
        graded.report.exercise,
        quoted(&shown(class.set.folder())),
        graded.report.seed,
        quoted(&shown(path))
    )
}

/// As a shell reads it as one word.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./@%+=:,".contains(c);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

fn people(about: &SetExercise, entry: &Entry) -> Vec<String> {
    let told = |criterion: &model::class::ManualCriterion| {
        let given = entry.work.manual.iter().find(|given| given.id == criterion.id);
        let points = given.and_then(|given| given.points).map_or("blank".to_owned(), |points| points.to_string());
        let remark = given.map(|given| safe::line(&given.remark)).filter(|remark| !remark.is_empty());
        format!(
            "by hand: {}: {points} of {}{}",
            criterion.title,
            criterion.points,
            remark.map_or(String::new(), |remark| format!(": {remark}"))
        )
    };
    about.manual.iter().map(told).collect()
}

/// How the points came about.
fn count(entry: &Entry, about: &SetExercise) -> String {
    let late = match entry.late.days {
        0 => String::new(),
        1 => format!(", less {} percent for one day begun", entry.late.penalty_percent),
        days => format!(", less {} percent for {days} days begun", entry.late.penalty_percent),
    };
    format!(
        "counted: {} points{late}, times {}, gives {} of {}",
        entry.earned, about.weight, entry.score.points, entry.score.of
    )
}
