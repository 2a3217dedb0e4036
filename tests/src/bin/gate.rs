//! `cargo gate`: for those who write exercises. Grades one file, tries mutants of the solutions, measures how long a
//! learner waits, what grading costs or how long a class takes, or gives the corpus of hostile submissions to a naive grader.

use anyhow::{Context, Result, bail};
use book::console::Console;
use book_tests::naive::{self, Wanted};
use book_tests::{grading, latency, mutants, root, throughput};
use grader::grade::{Grader, Options, Submission};
use grader::room::Trust;
use grader::task::{Places, Task};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo gate grade CHAPTER/EXERCISE FILE | mutants [EXERCISE ...] | latency | grading | class | naive [--verbose] [NAME ...]";

fn main() -> ExitCode {
    let console = Console::new();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match &words[..] {
        ["grade", exercise, file] => grade(exercise, file, console),
        ["mutants", exercises @ ..] => try_mutants(exercises, console).map(|()| true),
        ["grading"] => measured(grading::measure(&root()), console),
        ["class"] => measured(throughput::measure(&root()), console),
        ["latency"] => measured(latency::measure(&root()), console),
        ["naive", "--verbose", names @ ..] => try_naively(names, true, console).map(|()| true),
        ["naive", names @ ..] => try_naively(names, false, console).map(|()| true),
        _ => {
            console.tell(USAGE);
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            console.tell(&format!("error: {error:#}"));
            ExitCode::from(70)
        }
    }
}

/// Prints the report of one file, as JSON; `true` if it passes.
fn grade(exercise: &str, file: &str, console: Console) -> Result<bool> {
    let grader = Grader::open(Places::of_repository(&root()), Trust::Author)?;
    let task = grader.task(exercise)?;
    let submission = Submission::of_text(fs_err::read_to_string(file)?);
    let report = grader.grade(&task, &submission, Options { seed: book_tests::gate::SEEDS[0], reversed: false })?;
    console.say(&serde_json::to_string_pretty(&report)?);
    Ok(report.passed())
}

/// Shows what was measured and recorded.
fn measured(path: Result<PathBuf>, console: Console) -> Result<bool> {
    console.say(&fs_err::read_to_string(path?)?);
    Ok(true)
}

/// Gives the named submissions and archives, or all that are not current, to the naive grader.
fn try_naively(names: &[&str], verbose: bool, console: Console) -> Result<()> {
    naive::try_all(&root(), Wanted { names, verbose, tell: &|line| console.say(line) })
}

/// Tries the mutants of the named exercises, or of those whose results are not current.
fn try_mutants(exercises: &[&str], console: Console) -> Result<()> {
    let root = root();
    let grader = Grader::open(Places::of_repository(&root), Trust::Author)?;
    let tasks: Vec<Task> = grader.places().tasks()?.iter().map(|name| grader.task(name)).collect::<Result<_>>()?;
    for exercise in exercises {
        if !tasks.iter().any(|task| task.exercise.id == *exercise) {
            bail!("there is no exercise `{exercise}` with a suite");
        }
    }
    let mut results = mutants::recorded(&root)?;
    results.0.retain(|name, _| tasks.iter().any(|task| task.name == *name));
    for task in tasks {
        let asked = exercises.contains(&task.exercise.id.as_str());
        if !(asked || exercises.is_empty() && mutants::are_current(&root, &task).is_err()) {
            continue;
        }
        console.tell(&format!("mutants of {}", task.name));
        let result = mutants::try_all(&root, &task)?;
        console.say(&format!(
            "{}: {} caught, {} timed out, {} missed, {} do not compile",
            task.name,
            result.caught,
            result.timeout,
            result.missed.len(),
            result.unviable
        ));
        for missed in &result.missed {
            console.say(&format!("  missed: {}", missed.mutant));
        }
        results.0.insert(task.name.clone(), result);
        let text = serde_json::to_string_pretty(&results).context("results are plain data")? + "\n";
        fs_err::write(mutants::results_path(&root), text)?;
    }
    Ok(())
}
