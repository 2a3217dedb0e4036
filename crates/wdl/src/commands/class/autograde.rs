//! `wdl autograde`: one submission of a set, for a platform that starts a grader for each.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use grader::grade::Grader;
use grader::output::Book;
use grader::output::classroom50::{AssignmentType, Submission};
use grader::output::gradescope::Shown;
use grader::set::SetFolder;
use grader::unit::{self, Seed, Store};
use model::redact::StudentReport;
use model::time::Time;
use std::path::PathBuf;

use super::single::{self, Around, Form};
use super::{now, told, whole};
use crate::Usage;
use crate::cli::Exit;
use crate::commands::jail::JailOptions;
use crate::console::Console;
use grader::class::assemble::counted;
use grader::class::ledger::write_whole;

/// What to grade, and for whom.
#[derive(Debug, Args)]
pub struct Options {
    /// The set: its folder, or its file.
    set: PathBuf,
    /// What was handed in: a folder or an archive.
    submission: PathBuf,
    /// The form of the result.
    #[arg(short, long)]
    format: Form,
    /// Where to write it: a file, or a folder for a form that has one file for each exercise.
    #[arg(short, long)]
    output: PathBuf,
    /// When it was handed in, for forms that show it, instead of now.
    #[arg(long)]
    submitted: Option<Time>,
    /// When Gradescope shows results to students.
    #[arg(long, default_value = "visible")]
    shown: When,
    /// Where the book can be read: its address, so that results link into it.
    #[arg(long)]
    book: Option<String>,
    /// The folder in which verdicts are kept; without it they are not.
    #[arg(long)]
    store: Option<PathBuf>,
    #[command(flatten)]
    jail: JailOptions,
}

/// When Gradescope shows results to students.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum When {
    /// At once.
    Visible,
    /// After the due date.
    AfterDueDate,
    /// When grades are published.
    AfterPublished,
}

/// Grades one submission against every exercise of a set. Whatever the verdict, it ends with code 0.
///
/// # Errors
/// When the set cannot be understood, or the grader cannot do its work: nothing is written then, so that no platform
/// takes our fault for a grade.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let set = told(SetFolder::load(&whole(&options.set)?, &options.jail.places()?))?;
    let book = match &options.book {
        Some(address) => Book::at(address).map_err(|error| Usage(error.to_string()))?,
        None => Book::default(),
    };
    let date = options.submitted.clone().unwrap_or_else(now);
    let classroom = (options.format == Form::Classroom50).then(|| submission(&date)).transpose()?;
    let reports = reports(&set, options)?;
    let shown = match options.shown {
        When::Visible => Shown::Visible,
        When::AfterDueDate => Shown::AfterDueDate,
        When::AfterPublished => Shown::AfterPublished,
    };
    let around = Around { set: &set.set.id, date: &date, shown, classroom };
    let files = single::files(options.format, &reports, &around, &book)?;
    let [(_, only)] = files.as_slice() else {
        for (name, text) in &files {
            write_whole(&options.output.join(name), text.as_bytes())?;
        }
        console.say(&format!("{} files in {}", files.len(), options.output.display()));
        return Ok(Exit::Passed);
    };
    let path = if options.output.is_dir() { options.output.join(&files[0].0) } else { options.output.clone() };
    write_whole(&path, only.as_bytes())?;
    console.say(&path.display().to_string());
    Ok(Exit::Passed)
}

/// What the student may see, exercise by exercise.
fn reports(set: &SetFolder, options: &Options) -> Result<Vec<StudentReport>> {
    let scratch = tempfile::tempdir()?;
    let store = Store::new(options.store.as_deref().unwrap_or(scratch.path()));
    let seed = Seed::of_secret(&set.secret())?;
    let grader = Grader::open(set.places.clone(), options.jail.trust())?;
    let path = whole(&options.submission)?;
    let report = |(place, own): (usize, &model::set::ExerciseOfSet)| {
        let mut graded = counted(set, place, unit::grade(&grader, &own.id, &path, &seed, &store)?);
        graded.report = own.weighted(&graded.report).with_context(|| {
            format!(
                "`{}` has weight {}, and these results hold whole points only: choose a weight and points that give whole \
                 numbers",
                own.id, own.weight
            )
        })?;
        Ok(graded.for_student(set.set.visibility))
    };
    set.file.exercise.iter().enumerate().map(report).collect()
}

/// What Classroom 50's runner says of the submission.
fn submission(date: &Time) -> Result<Submission> {
    let mut missing = Vec::new();
    let mut of = |name: &'static str| {
        let value = std::env::var(name).unwrap_or_default();
        if value.is_empty() {
            missing.push(name);
        }
        value
    };
    let (classroom, assignment, kind) = (of("CLASSROOM"), of("ASSIGNMENT"), of("ASSIGNMENT_TYPE"));
    let (owner, tag) = (of("OWNER"), of("SUBMISSION_TAG"));
    let (commit, release) = (of("COMMIT_URL"), of("RELEASE_URL"));
    // Only where there is a starter to compare with.
    let review = std::env::var("REVIEW_URL").ok().filter(|url| !url.is_empty()).unwrap_or_else(|| commit.clone());
    if !missing.is_empty() {
        let told = format!("Classroom 50's runner sets {}, and here it is not set", missing.join(", "));
        return Err(Usage(told).into());
    }
    let assignment_type = match kind.as_str() {
        "individual" => AssignmentType::Individual,
        "group" => AssignmentType::Group,
        other => return Err(Usage(format!("ASSIGNMENT_TYPE is `{other}`, neither `individual` nor `group`")).into()),
    };
    Ok(Submission {
        classroom,
        assignment,
        assignment_type,
        owner,
        tag,
        commit,
        release,
        review,
        submitted: date.clone(),
        graded: Some(now()),
    })
}
