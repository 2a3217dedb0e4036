//! `wdl set new`: the folder of a new set.

use anyhow::Result;
use clap::Args;
use grader::task::{Places, Task};
use model::time::Time;
use std::path::PathBuf;

use crate::Usage;
use crate::cli::Exit;
use crate::commands::jail::places;
use crate::console::Console;
use crate::course::Course;
use crate::place::shown;
use crate::sets::draft::Draft;

/// What the set is to hold.
#[derive(Debug, Args)]
pub struct Options {
    /// The folder, which must not exist yet. The set is named after it.
    folder: PathBuf,
    /// An exercise, as CHAPTER/EXERCISE; once for each, in their order.
    #[arg(long = "exercise", short = 'e', required = true, num_args = 1..)]
    exercises: Vec<String>,
    /// What students read above the set.
    #[arg(long)]
    title: Option<String>,
    /// When it is due, like 2026-11-27T23:59:00+01:00.
    #[arg(long)]
    due: Option<Time>,
    /// A class list to begin with: a CSV file.
    #[arg(long)]
    students: Option<PathBuf>,
    /// Draw a variant of each exercise from this number, so that public solutions do not pass.
    #[arg(long, value_name = "SEED")]
    variant: Option<u64>,
    /// Copy the hidden suites into the folder, to change them there.
    #[arg(long)]
    private: bool,
}

/// Makes the folder.
///
/// # Errors
/// When something is in its place, and when an exercise is unknown or cannot be graded.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let course = Course::find()?;
    let places = places(&course)?;
    if !places.suites.is_dir() {
        let text = "there are no hidden suites in this copy of the course, and without them nothing can be graded";
        return Err(Usage(text.to_owned()).into());
    }
    let draft = Draft {
        tasks: tasks(&options.exercises, &course, &places)?,
        title: options.title.clone(),
        due: options.due.as_ref().map(Time::to_string),
        students: options.students.clone(),
        variant: options.variant,
        private: options.private,
    };
    let set = draft.write(&options.folder, &places)?;
    let number = set.tasks.len();
    console.say(&format!(
        "{} begins the set `{}`: {number} {}, {} points\nnext      wdl set check {}",
        shown(&set.path),
        set.set.id,
        if number == 1 { "exercise" } else { "exercises" },
        set.set.worth(),
        shown(&options.folder)
    ));
    Ok(Exit::Passed)
}

/// The exercises that are meant, each once.
fn tasks(names: &[String], course: &Course, places: &Places) -> Result<Vec<Task>> {
    let mut tasks: Vec<Task> = Vec::new();
    for name in names {
        let entry = course.entry(name)?;
        let name = format!("{}/{}", entry.about.chapter, entry.id());
        if tasks.iter().any(|task| task.name == name) {
            return Err(Usage(format!("`{name}` is there twice")).into());
        }
        tasks.push(Task::load(places, &name)?);
    }
    Ok(tasks)
}
