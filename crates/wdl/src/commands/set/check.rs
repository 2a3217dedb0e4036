//! `wdl set check`: everything that is wrong with a set, before anybody has seen it.

use anyhow::Result;
use clap::Args;
use grader::class::roster::{self, Roster};
use grader::fault::{Fault, Faults};
use grader::grade::Grader;
use grader::set::SetFolder;
use grader::task::{Places, Task};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::Exit;
use crate::commands::jail::JailOptions;
use crate::console::Console;
use crate::place::shown;
use crate::sets::trial::Trial;

/// Which set, and how its answers are held.
#[derive(Debug, Args)]
pub struct Options {
    /// The set: its folder, or its file.
    set: PathBuf,
    #[command(flatten)]
    jail: JailOptions,
}

/// Checks a set.
///
/// # Errors
/// Everything that is wrong with it, and when the grader cannot do its work.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let places = options.jail.places()?;
    let set = SetFolder::load(&options.set, &places)?;
    let grader = Grader::open(set.places.clone(), options.jail.trust())?;
    let trial = Trial { set: &set, grader: &grader, course: &places };
    let (mut rows, mut faults) = (Vec::new(), beside(&set));
    for (at, task) in set.tasks.iter().enumerate() {
        let (took, found) = trial.exercise(task)?;
        rows.push(row(&set, at, took, found.is_empty()));
        faults.extend(found);
    }
    console.say(&table(&set, rows));
    if is_public(&set, &places) {
        console.say(PUBLIC);
    }
    if let Ok(roster) = Roster::read(&set.students()) {
        console.say(&format!("{} students in {}", roster.students().len(), shown(&set.students())));
    }
    if faults.is_empty() { Ok(Exit::Passed) } else { Err(Faults(faults).into()) }
}

/// Whether the suites are those that anybody can read, also as an untouched copy.
fn is_public(set: &SetFolder, course: &Places) -> bool {
    let text = |suites: &Path, task: &Task, name: &str| fs_err::read(suites.join(&task.name).join(name)).ok();
    let is_same = |task: &Task| {
        let names = ["hidden.rs", "criteria.toml", "solution.rs"];
        names.iter().all(|name| text(&course.suites, task, name) == text(&set.places.suites, task, name))
    };
    set.tasks.iter().all(is_same)
}

/// What must lie beside the set's file, and what is wrong with it.
fn beside(set: &SetFolder) -> Vec<Fault> {
    let mut faults = Vec::new();
    match Roster::read(&set.students()) {
        // It can still be filled in when the set is right.
        Err(found) => faults.extend(found.0.into_iter().filter(|fault| fault.text != roster::EMPTY)),
        Ok(roster) => faults.extend(set.strangers(roster.students())),
    }
    faults
}

const PUBLIC: &str = "The suites are the course's own, and anybody can read their solutions: a grade says that the work is right, and \
                      not whose it is.\n`wdl set new --variant SEED` asks something else, and `--private` copies the suites to be changed.";

const HEAD: [&str; 6] = ["exercise", "points", "weight", "worth", "seconds", ""];

fn row(set: &SetFolder, at: usize, took: Duration, good: bool) -> Vec<String> {
    let exercise = &set.set.exercises[at];
    vec![
        exercise.exercise.clone(),
        (model::points::Points::whole(exercise.points) + exercise.manual.iter().map(|one| one.points).sum())
            .to_string(),
        exercise.weight.to_string(),
        exercise.worth().to_string(),
        format!("{:.1}", took.as_secs_f64()),
        if good { "right" } else { "wrong" }.to_owned(),
    ]
}

/// The first column on the left, numbers on the right.
fn table(set: &SetFolder, rows: Vec<Vec<String>>) -> String {
    let all = ["all", "", "", &set.set.worth().to_string(), "", ""].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(HEAD.map(str::to_owned).to_vec()).chain(rows).chain([all]).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let lines = rows.iter().map(|row| {
        let cells = row.iter().enumerate().map(|(column, cell)| match column {
            0 => format!("{cell:<width$}", width = width(0)),
            _ => format!("{cell:>width$}", width = width(column)),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    let lines: Vec<String> = lines.collect();
    format!("{}: {}\n{}", shown(&set.path), set.set.title, lines.join("\n"))
}
