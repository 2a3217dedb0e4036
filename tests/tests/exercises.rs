//! The quality gate: every exercise, its starter, its answers and its suite, as named tests.

use anyhow::{Context, Result, ensure};
use book_tests::gate::{Gate, as_workspace, right_answers, stem};
use book_tests::{mutants, root, variants};
use grader::grade::Grader;
use grader::room::Trust;
use grader::task::{Places, Task};
use libtest_mimic::{Arguments, Failed, Trial};
use runner::{Command, Limits};
use std::process::ExitCode;
use std::sync::Arc;
use wdl::course::Course;
use wdl::manifest::Manifest;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match trials() {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(error) => {
            book::console::Console::new().tell(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// What all trials share.
struct Shared {
    grader: Grader,
    tasks: Vec<Task>,
}

fn trials() -> Result<Vec<Trial>> {
    let grader = Grader::open(Places::of_repository(&root()), Trust::Author)?;
    let names = grader.places().tasks()?;
    let tasks: Vec<Task> = names.iter().map(|name| grader.task(name)).collect::<Result<_>>()?;
    let shared = Arc::new(Shared { grader, tasks });
    let mut trials = Vec::new();
    for (index, task) in shared.tasks.iter().enumerate() {
        let mut add = |what: String, check: fn(&Gate<'_>, &str) -> Result<()>, argument: String| {
            let shared = shared.clone();
            trials.push(Trial::test(format!("{}/{what}", task.name), move || {
                let gate = Gate { grader: &shared.grader, task: &shared.tasks[index] };
                check(&gate, &argument).map_err(|error| Failed::from(format!("{error:#}")))
            }));
        };
        add(
            "the_starter_comes_from_the_solution".into(),
            |gate, _| gate.starter_comes_from_the_solution(),
            String::new(),
        );
        add("the_starter_compiles_and_fails".into(), |gate, _| gate.starter_fails(), String::new());
        add("it_is_complete".into(), |gate, _| gate.is_complete(), String::new());
        add("mutation_results_are_current".into(), |gate, _| mutants::are_current(&root(), gate.task), String::new());
        add("wrong_solutions_are_told_apart".into(), |gate, _| gate.wrong_solutions_differ(), String::new());
        add("there_are_other_exercises_of_its_name".into(), |gate, _| variants::are_enough(gate.task), String::new());
        for (name, options) in variants::names(task)? {
            let name = format!("variant/{name}_asks_something_else");
            add(name, variants::asks_something_else, options);
        }
        for (name, source) in right_answers(task)? {
            add(format!("{name}_passes"), |gate, source| gate.is_right(source), source);
        }
        for path in task.variants("wrong")? {
            let name = format!("wrong/{}_fails_what_it_names", stem(&path));
            add(name, |gate, path| gate.is_wrong(path.as_ref()), path.to_string_lossy().into_owned());
        }
    }
    trials.extend(of_all(shared));
    Ok(trials)
}

/// What is looked at once for all exercises.
fn of_all(shared: Arc<Shared>) -> Vec<Trial> {
    let trial = |name: &str, check: fn(&Shared) -> Result<()>| {
        let shared = shared.clone();
        Trial::test(name, move || check(&shared).map_err(|error| Failed::from(format!("{error:#}"))))
    };
    vec![
        trial("every_answer_is_formatted_and_clippy_is_content", |shared| tools_are_content(&shared.tasks)),
        trial("the_workspace_alone_compiles_without_a_warning", |_| alone()),
        trial("the_manifest_is_of_these_exercises", |_| manifest()),
        trial("the_instruments_pass_their_own_tests", |_| instruments()),
    ]
}

/// What `wdl reset` brings back, and what it knows the visible tests by. With `SNAPSHOTS=overwrite` it is
/// written.
fn manifest() -> Result<()> {
    let folder = root().join("exercises");
    let path = folder.join(wdl::manifest::FILE);
    let made = serde_json::to_string_pretty(&Manifest::of(&Course::load(folder)?)?)? + "\n";
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs_err::write(&path, &made)?;
    }
    let again = "run `SNAPSHOTS=overwrite cargo test -p book-tests --test exercises manifest`";
    ensure!(fs_err::read_to_string(&path)? == made, "{} is of other files; {again}", path.display());
    Ok(())
}

/// `probe` lies in the students' workspace, which `cargo test` at the root does not enter.
fn instruments() -> Result<()> {
    let outcome = Command::new("cargo")
        .args(["test", "--quiet", "--package", "probe", "--offline"])
        .arg("--target-dir")
        .arg(root().join("target/exercises"))
        .cwd(root().join("exercises"))
        .limits(Limits::tool())
        .run()?;
    ensure!(outcome.exit.success(), "{}", runner::text::printable(&outcome.output));
    Ok(())
}

/// An answer that a reader learns from is written as the tools want it; a wrong one too, so that only its
/// mistake is wrong.
fn tools_are_content(tasks: &[Task]) -> Result<()> {
    let work = tempfile::tempdir()?;
    let paths = as_workspace(tasks, work.path())?;
    fs_err::copy(root().join("exercises/rustfmt.toml"), work.path().join("rustfmt.toml"))?;
    let run = |command: Command| -> Result<()> {
        let outcome = command.cwd(work.path()).limits(Limits::tool()).run()?;
        let text = format!("{}{}", runner::text::printable(&outcome.output), runner::text::printable(&outcome.stderr));
        ensure!(outcome.exit.success(), "{text}");
        Ok(())
    };
    run(Command::new("rustfmt").args(["--check", "--edition", "2024"]).args(&paths)).context("rustfmt")?;
    run(Command::new("cargo").args(["clippy", "--quiet", "--workspace", "--offline", "--", "-D", "warnings"]))
        .context("clippy")
}

/// A copy of `exercises/` outside the repository is all that a student has: cargo understands it, it
/// compiles without a warning, and nothing of the suites is in it.
fn alone() -> Result<()> {
    let work = tempfile::tempdir()?;
    let copy = work.path().join("exercises");
    copy_folder(&root().join("exercises"), &copy)?;
    let cargo = |arguments: &[&str]| -> Result<()> {
        let outcome = Command::new("cargo").args(arguments).arg("--offline").cwd(&copy).limits(Limits::tool()).run()?;
        let text = runner::text::printable(&outcome.stderr);
        ensure!(outcome.exit.success() && !text.contains("warning"), "cargo {arguments:?}:\n{text}");
        Ok(())
    };
    cargo(&["metadata", "--format-version=1", "--locked"])?;
    cargo(&["check", "--workspace", "--all-targets", "--locked"])
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) -> Result<()> {
    fs_err::create_dir_all(to)?;
    for entry in fs_err::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            if entry.file_name() != "target" {
                copy_folder(&entry.path(), &target)?;
            }
        } else {
            fs_err::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
