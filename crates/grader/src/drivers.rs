//! Drivers: the hidden suite's program, linked with one library, built and run when it is first needed.

use crate::budget::Budget;
use crate::compile::{Checked, Flavor, Links, Place, Rejected, Unit};
use crate::grade::Grader;
use crate::judge::{self, Wrong};
use crate::run::{self, Input, Transcript};
use crate::task::{Refused, Task};
use anyhow::{Context, Result, ensure};
use model::exercise::{Case, UnsafeCode};
use model::report::Outcome;
use std::cell::OnceCell;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

/// Whose library it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Author {
    /// A student's.
    Student,
    /// The reference, which is ours.
    Course,
}

/// Drivers that are linked with one library.
pub(crate) struct Drivers<'a> {
    grader: &'a Grader,
    task: &'a Task,
    folder: PathBuf,
    author: Author,
    built: [OnceCell<Result<PathBuf, Rejected>>; 3],
    budget: Budget,
}

impl<'a> Drivers<'a> {
    /// Drivers whose sources lie in `folder`, below `src`.
    pub(crate) fn new(grader: &'a Grader, task: &'a Task, folder: &Path, author: Author) -> Self {
        let budget = if author == Author::Student { Budget::whole() } else { Budget::unlimited() };
        Self { grader, task, folder: folder.to_owned(), author, built: Default::default(), budget }
    }

    /// Where it is compiled and runs: what is ours in the open, under the same limits.
    fn place(&self) -> Result<Place<'_>> {
        match self.author {
            Author::Student => Ok(Place { room: self.grader.room()?, budget: &self.budget }),
            Author::Course => Ok(Place::ours(&self.budget)),
        }
    }

    pub(crate) fn rlib(&self, flavor: Flavor) -> PathBuf {
        self.folder.join(format!("lib{}-{}.rlib", self.task.crate_name(), flavor.name()))
    }

    /// What a program of the suite is linked with.
    pub(crate) fn links(&self, flavor: Flavor) -> Result<Links> {
        let crates = &self.task.exercise.crates;
        self.grader.kit.driver(&self.task.crate_name(), &self.rlib(flavor), crates, flavor)
    }

    /// Compiles the library alone, if it is not there.
    pub(crate) fn library(&self, flavor: Flavor) -> Result<Result<(), Rejected>> {
        let name = self.task.crate_name();
        self.make(&Unit {
            source: &self.folder.join("src/lib.rs"),
            name: &name,
            kind: "rlib",
            links: &self.grader.kit.crates(&self.task.exercise.crates, flavor)?,
            flavor,
            unsafe_code: self.task.exercise.unsafe_code,
            out: &self.rlib(flavor),
        })
    }

    /// Makes a file beside its place and renames it: several gradings may want the same reference.
    fn make(&self, unit: &Unit<'_>) -> Result<Result<(), Rejected>> {
        if unit.out.exists() {
            return Ok(Ok(()));
        }
        let scratch = self.scratch()?;
        let made = scratch.path().join(unit.out.file_name().unwrap_or_default());
        let result = self.grader.compiler.unit(&Unit { out: &made, ..unit.clone() }, self.place()?)?;
        if result.is_ok() {
            ensure!(made.symlink_metadata()?.is_file(), "the compiler made no file");
            // A linker in the jail may not make its file a program.
            fs_err::set_permissions(&made, Permissions::from_mode(0o755))?;
            fs_err::rename(&made, unit.out)?;
        }
        Ok(result)
    }

    /// A folder in which a compiler may write, and nothing else is.
    fn scratch(&self) -> Result<tempfile::TempDir> {
        let scratch = tempfile::Builder::new().prefix("make-").tempdir_in(&self.folder)?;
        self.place()?.room.give(scratch.path())?;
        Ok(scratch)
    }

    /// The driver of a flavor, compiled with the library when it is first asked for.
    pub(crate) fn driver(&self, flavor: Flavor) -> Result<Result<PathBuf, Rejected>> {
        let cell = &self.built[flavor as usize];
        if let Some(built) = cell.get() {
            return Ok(built.clone());
        }
        let built = self.build(flavor)?;
        Ok(cell.get_or_init(|| built).clone())
    }

    fn build(&self, flavor: Flavor) -> Result<Result<PathBuf, Rejected>> {
        if let Err(rejected) = self.library(flavor)? {
            return Ok(Err(rejected));
        }
        let out = self.folder.join(format!("driver-{}", flavor.name()));
        let unit = Unit {
            source: &self.task.secret.join("hidden.rs"),
            name: "driver",
            kind: "bin",
            links: &self.links(flavor)?,
            flavor,
            unsafe_code: UnsafeCode::Allowed,
            out: &out,
        };
        Ok(self.make(&unit)?.map(|()| out))
    }

    fn run(&self, case: &str, seed: u64, size: u64, flavor: Flavor) -> Result<Transcript> {
        let driver = self.driver(flavor)?;
        let driver =
            driver.map_err(|rejected| anyhow::anyhow!("the {} build failed:\n{}", flavor.name(), rejected.message))?;
        if self.budget.is_spent() {
            let how = "it was not run: what came before it had used up the time for all".to_owned();
            return Ok(Transcript { records: Vec::new(), ended: Outcome::Timeout, how });
        }
        run::case(&driver, Input { case, seed, size }, &self.task.exercise.limits, flavor, self.place()?)
            .with_context(|| format!("in case `{case}`"))
    }

    /// The same for a reference: it is deterministic, so one run for each seed is enough.
    fn run_once(&self, case: &str, seed: u64, size: u64, flavor: Flavor) -> Result<Transcript> {
        let key = (self.folder.join(flavor.name()), case.to_owned(), seed, size);
        let seen = || self.grader.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = seen().get(&key) {
            return Ok(known.clone());
        }
        let transcript = self.run(case, seed, size, flavor)?;
        seen().insert(key, transcript.clone());
        Ok(transcript)
    }

    /// What is wrong, if the compiler accepts a program that a right library makes impossible.
    pub(crate) fn must_refuse(&self, refused: &Refused) -> Result<Option<Wrong>> {
        let links = self.links(Flavor::Plain)?;
        let scratch = self.scratch()?;
        let out = scratch.path().join("refused.rmeta");
        let got = match self.grader.compiler.check(&refused.path, Checked::Program, &links, &out, self.place()?)? {
            Ok(()) => "the compiler accepts it".to_owned(),
            Err(rejected) if rejected.codes.iter().all(|code| *code == refused.code) && !rejected.codes.is_empty() => {
                return Ok(None);
            }
            Err(rejected) => format!("the compiler refuses it with {}", rejected.codes.join(", ")),
        };
        let expected = format!("the compiler refuses it with {}", refused.code);
        Ok(Some(Wrong { outcome: Outcome::Failed, tried: refused.tried.clone(), expected, got }))
    }

    /// What the compiler says of the visible tests with this library; nothing when they fit it.
    pub(crate) fn visible_misfit(&self) -> Result<Option<String>> {
        let links = self.links(Flavor::Plain)?;
        let scratch = self.scratch()?;
        let (source, out) = (self.task.folder.join("tests/visible.rs"), scratch.path().join("visible.rmeta"));
        if !source.is_file() {
            return Ok(None);
        }
        let checked = self.grader.compiler.check(&source, Checked::Tests, &links, &out, self.place()?)?;
        Ok(checked.err().map(|rejected| rejected.message))
    }
}

/// What is wrong with one case, in every build in which it is looked at.
pub(crate) fn judged(case: &Case, student: &Drivers<'_>, reference: &Drivers<'_>, seed: u64) -> Result<Option<Wrong>> {
    if let Some(growth) = &case.growth {
        let [small, large] = growth.sizes;
        let of_reference = |size| reference.run_once(&case.name, seed, size, Flavor::Cost);
        let of_student = |size| student.run(&case.name, seed, size, Flavor::Cost);
        let right = [of_reference(small)?, of_reference(large)?];
        let got = [of_student(small)?, of_student(large)?];
        return Ok(judge::growth(growth, right.each_ref(), got.each_ref()));
    }
    let right = reference.run_once(&case.name, seed, case.size, Flavor::Plain)?;
    let got = student.run(&case.name, seed, case.size, Flavor::Plain)?;
    let wrong = judge::case(case, &right, &got);
    if wrong.is_some() || !case.asan {
        return Ok(wrong);
    }
    // It only adds failures: meters read differently there.
    let watched = student.run(&case.name, seed, case.size, Flavor::Asan)?;
    Ok(judge::difference(&right, &watched))
}
