//! `wdl grade-one`: the unit of work of a teacher's grader, which other programs call many times.

use anyhow::Result;
use clap::{Args, ValueEnum};
use grader::grade::Grader;
use grader::set::SetFolder;
use grader::unit::{self, Seed, Store};
use model::graded::Graded;
use model::redact::Visibility;
use std::path::{Path, PathBuf};

use crate::cli::Exit;
use crate::commands::class;
use crate::commands::jail::JailOptions;
use crate::console::Console;
use crate::place::shown;
use crate::view;

/// What to grade, and how.
#[derive(Debug, Args)]
pub struct Options {
    /// The exercise, as CHAPTER/EXERCISE.
    exercise: String,
    /// What was handed in: a folder, a zip or tar archive, or a single file. Several are graded one after the other.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The folder in which verdicts are kept, each under the hash of all that it depends on.
    #[arg(long, default_value = "graded")]
    store: PathBuf,
    /// The folder of the hidden suites, where it is not `tests/suites` beside the course.
    #[arg(long)]
    suites: Option<PathBuf>,
    /// A set, whose exercises, suites and secret are used.
    #[arg(long, conflicts_with_all = ["suites", "secret"])]
    set: Option<PathBuf>,
    #[command(flatten)]
    jail: JailOptions,
    /// The seed of the hidden suite's input, to repeat a grading; otherwise it is drawn from a secret.
    #[arg(long, conflicts_with = "secret")]
    seed: Option<u64>,
    /// A file that holds the secret; otherwise the store has one of its own.
    #[arg(long)]
    secret: Option<PathBuf>,
    /// Print the verdict as JSON, as it is kept.
    #[arg(long, conflicts_with = "student")]
    json: bool,
    /// Print, as JSON, what a student may see.
    #[arg(long)]
    student: Option<Shown>,
}

/// What a student may see.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shown {
    /// That it was graded.
    Nothing,
    /// Points, and the exercise's own texts.
    Criterion,
    /// Also what was tried.
    Message,
    /// Also what was expected and what came.
    All,
}

/// Grades submissions. Whatever the verdicts, it ends with code 0; otherwise it can be tried again, and what was
/// graded is known then.
///
/// # Errors
/// When there is no course, or the grader cannot do its work.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let mut places = options.jail.places()?;
    if let Some(suites) = &options.suites {
        places.suites.clone_from(suites);
    }
    let set = options.set.as_ref().map(|set| class::told(SetFolder::load(set, &places))).transpose()?;
    let places = set.as_ref().map_or(places, |set| set.places.clone());
    let store = Store::new(&options.store);
    let secret = options.secret.clone().or_else(|| set.as_ref().map(SetFolder::secret));
    let seed = match options.seed {
        Some(seed) => Seed::Given(seed),
        None => Seed::of_secret(&secret.unwrap_or_else(|| store.secret()))?,
    };
    let grader = Grader::open(places, options.jail.trust())?;
    let mut exit = Exit::Passed;
    for path in &options.paths {
        match one(&grader, options, path, &seed, &store) {
            Ok(graded) => console.say(&told(&graded, &store, options, console)?),
            // The others can be graded all the same.
            Err(error) => {
                console.tell(&format!("error: {}: {error:#}", path.display()));
                exit = Exit::Fault;
            }
        }
    }
    Ok(exit)
}

fn one(grader: &Grader, options: &Options, path: &Path, seed: &Seed, store: &Store) -> Result<Graded> {
    // A link that the teacher made is one to follow; what lies behind it is the student's.
    unit::grade(grader, &options.exercise, &path.canonicalize()?, seed, store)
}

fn told(graded: &Graded, store: &Store, options: &Options, console: Console) -> Result<String> {
    if options.json {
        return Ok(serde_json::to_string_pretty(graded)?);
    }
    if let Some(shown) = options.student {
        let visibility = match shown {
            Shown::Nothing => Visibility::Nothing,
            Shown::Criterion => Visibility::Criterion,
            Shown::Message => Visibility::Message,
            Shown::All => Visibility::All,
        };
        return Ok(serde_json::to_string_pretty(&graded.for_student(visibility))?);
    }
    let mut lines = vec![view::graded(&options.exercise, &graded.report, console.style())];
    lines.extend(graded.ignored.iter().map(|entry| format!("  left out: {entry}")));
    lines.push(format!("held by: {}\nkept as {}", graded.held, shown(&store.path(&graded.key))));
    Ok(lines.join("\n"))
}
