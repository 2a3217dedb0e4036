//! The quality gate of variants: each is an exercise of its own, and what passes the course's does not pass it.

use crate::gate::{Gate, SEEDS, right_answers};
use anyhow::{Context, Result, ensure};
use grader::task::{Places, Task};
use grader::variant::{self, Variant};
use model::report::Outcome;
use model::starter;
use tempfile::TempDir;

/// Options besides what the course asks, in at least one choice: with fewer, whoever knows two variants knows all.
const OPTIONS: usize = 2;

/// There is a choice with enough options.
///
/// # Errors
/// When there is none.
pub fn are_enough(task: &Task) -> Result<()> {
    let most = variant::read(task)?
        .map_or(0, |variants| variants.choice.iter().map(|choice| choice.option.len()).max().unwrap_or(0));
    ensure!(most >= OPTIONS, "no choice has {OPTIONS} options besides what the course asks");
    Ok(())
}

/// Every variant by the names of its options, with the places of these, as [`asks_something_else`] reads them.
///
/// # Errors
/// When `variants.toml` cannot be read.
pub fn names(task: &Task) -> Result<Vec<(String, String)>> {
    let Some(variants) = variant::read(task)? else { return Ok(Vec::new()) };
    let named = variants.all().into_iter().map(|places| {
        let options = variants.choice.iter().zip(&places).filter_map(|(choice, place)| choice.option.get(*place));
        let name: Vec<&str> = options.map(|option| option.id.as_str()).collect();
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        (name.join("-"), places.join(","))
    });
    Ok(named.collect())
}

/// Its starter compiles and fails, its solution passes what is visible and what is hidden, it is whole as an exercise
/// must be, and no right answer of the course's own exercise earns all of its points.
///
/// # Errors
/// What is not as it should be.
pub fn asks_something_else(gate: &Gate<'_>, options: &str) -> Result<()> {
    let (_folder, task) = laid_out(gate, &made(gate.task, options)?)?;
    let variant = Gate { grader: gate.grader, task: &task };
    variant.is_whole()?;
    let starter = starter::starter(&fs_err::read_to_string(task.secret.join("solution.rs"))?)?;
    let report = variant.graded(&starter)?;
    ensure!(report.message.is_empty(), "the starter does not compile:\n{}", report.message);
    ensure!(!report.passed() && report.outcome != Outcome::GraderError, "the starter: {report:#?}");
    ensure!(!variant.passes_visible(&starter)?, "the starter passes the visible tests");
    for (seed, report) in variant.graded_by_seed(&task.solution, false)? {
        ensure!(report.passed() && report.points == report.of, "the solution, seed {seed}: {report:#?}");
    }
    ensure!(variant.passes_visible(&task.solution)?, "the solution fails the visible tests");
    for (at, (name, source)) in right_answers(gate.task)?.into_iter().enumerate() {
        // What the others show is what the first one, the solution, shows.
        let reports = match at {
            0 => variant.graded_by_seed(&source, false)?,
            _ => vec![(SEEDS[0], variant.graded(&source)?)],
        };
        for (seed, report) in reports {
            ensure!(report.outcome != Outcome::GraderError, "{name}: {report:#?}");
            ensure!(report.points < report.of, "the course's own {name} passes the variant, seed {seed}");
        }
    }
    Ok(())
}

fn made(task: &Task, options: &str) -> Result<Variant> {
    let variants = variant::read(task)?.context("it has variants")?;
    let places: Vec<usize> = options.split(',').map(str::parse).collect::<Result<_, _>>()?;
    variant::make(task, &variants, &places)
}

fn laid_out(gate: &Gate<'_>, variant: &Variant) -> Result<(TempDir, Task)> {
    let task = gate.task;
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let places = Places {
        course: gate.grader.places().course.clone(),
        exercises: at("exercises"),
        suites: at("suites"),
        obs: at("obs"),
        cache: at("cache"),
    };
    for (parent, files) in [(&places.exercises, &variant.exercise), (&places.suites, &variant.suite)] {
        for (name, text) in files {
            let path = parent.join(&task.name).join(name);
            fs_err::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs_err::write(path, text)?;
        }
    }
    let task = Task::load(&places, &task.name)?;
    Ok((folder, task))
}

/// Starter and solution of every variant, by name.
///
/// # Errors
/// When one cannot be made.
pub fn sources(task: &Task) -> Result<Vec<(String, String)>> {
    let mut sources = Vec::new();
    for (name, options) in names(task)? {
        let variant = made(task, &options)?;
        let marked = variant.suite.get("solution.rs").context("a suite has a solution")?;
        sources.push((format!("variant/{name}"), starter::solution(marked)?));
        sources.push((format!("variant/{name}-starter"), starter::starter(marked)?));
    }
    Ok(sources)
}
