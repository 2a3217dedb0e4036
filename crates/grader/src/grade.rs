//! Grading one submission of one exercise.

pub use crate::intake::Submission;

use crate::compile::{Compiler, Flavor, Rejected, Unit};
use crate::judge::{self, Wrong};
use crate::kit::{Kit, with_student};
use crate::room::{Room, Trust};
use crate::run::{self, Input, Transcript};
use crate::task::{Places, Refused, Task};
use crate::toolchain;
use anyhow::{Context, Result, bail};
use model::exercise::{Case, Criterion, UnsafeCode};
use model::report::{CriterionReport, Finding, Outcome, Report, VERSION};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How to grade.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The seed of all inputs.
    pub seed: u64,
    /// Whether the cases run in the opposite order. The report is the same.
    pub reversed: bool,
}

/// A toolchain with its kit, ready to grade.
#[derive(Debug)]
pub struct Grader {
    places: Places,
    compiler: Compiler,
    kit: Kit,
    room: Room,
    /// What references saw: many submissions are graded with the same seed.
    seen: Mutex<BTreeMap<Asked, Transcript>>,
}

/// A run of a driver: its file, the case, the seed and the size.
type Asked = (PathBuf, String, u64, u64);

/// Drivers that are linked with one library, built when they are first needed.
struct Drivers<'a> {
    grader: &'a Grader,
    task: &'a Task,
    folder: PathBuf,
    is_reference: bool,
    built: [OnceCell<Result<PathBuf, Rejected>>; 3],
}

impl Grader {
    /// Finds the compiler, prepares the kit, and tries the jail, if somebody is not trusted.
    ///
    /// # Errors
    /// When there is no compiler, the kit cannot be built, or no jail holds.
    pub fn open(places: Places, trust: Trust) -> Result<Self> {
        let compiler = Compiler::find(&places.exercises)?;
        let kit = Kit::prepare(&places, &compiler)?;
        let compiler = if trust == Trust::Author { compiler } else { toolchain::shared(compiler, &places.cache)? };
        let room = Room::find(trust, &places, &kit)?;
        Ok(Self { places, compiler, kit, room, seen: Mutex::default() })
    }

    /// Where student code runs.
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// Where it looks for exercises and suites.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Reads an exercise and its suite.
    ///
    /// # Errors
    /// See [`Task::load`].
    pub fn task(&self, name: &str) -> Result<Task> {
        Task::load(&self.places, name)
    }

    /// Grades a submission.
    ///
    /// # Errors
    /// When the grader cannot do its work. What is wrong with the submission is in the report.
    pub fn grade(&self, task: &Task, submission: &Submission, options: Options) -> Result<Report> {
        let work = tempfile::Builder::new().prefix("grade-").tempdir()?;
        write(work.path(), submission)?;
        self.room.give(work.path())?;
        let student = self.drivers(task, work.path());
        let refused =
            |outcome, message: String| Report::refused(&task.name, task.points(), options.seed, outcome, message);
        if let Err(rejected) = student.library(Flavor::Plain)? {
            let policy = rejected.codes.iter().any(|code| code == "unsafe_code");
            let outcome = if policy { Outcome::Policy } else { rejected.outcome };
            return Ok(refused(outcome, rejected.message));
        }
        let reference = self.reference(task)?;
        if let Err(rejected) = student.driver(Flavor::Plain)? {
            return Ok(refused(Outcome::BuildError, foreign_interface(rejected)));
        }
        let mut criteria: Vec<CriterionReport> = Vec::new();
        for criterion in &task.exercise.criterion {
            let unmet = criterion
                .needs
                .iter()
                .find(|need| criteria.iter().any(|earlier| earlier.id == **need && earlier.outcome != Outcome::Passed));
            criteria.push(match unmet {
                Some(need) => not_run(criterion, need),
                None => self.criterion(task, criterion, &student, &reference, options)?,
            });
        }
        Ok(report(task, options.seed, criteria))
    }

    /// The reference's drivers, kept in the cache under a hash of everything that they are made of.
    fn reference<'a>(&'a self, task: &'a Task) -> Result<Drivers<'a>> {
        let hidden = fs_err::read(task.secret.join("hidden.rs"))?;
        let mut hasher = blake3::Hasher::new();
        for part in [self.kit.hash.as_bytes(), task.name.as_bytes(), task.solution.as_bytes(), &hidden] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        let folder = self.places.cache.join(format!("reference-{}", &hasher.finalize().to_hex()[..16]));
        write(&folder, &Submission::of_text(task.solution.as_str()))?;
        fs_err::set_permissions(&folder, Permissions::from_mode(0o755))?;
        let drivers = Drivers { is_reference: true, ..self.drivers(task, &folder) };
        if let Err(rejected) = drivers.driver(Flavor::Plain)? {
            bail!("the reference of `{}` does not compile:\n{}", task.name, rejected.message);
        }
        Ok(drivers)
    }

    fn drivers<'a>(&'a self, task: &'a Task, folder: &Path) -> Drivers<'a> {
        Drivers { grader: self, task, folder: folder.to_owned(), is_reference: false, built: Default::default() }
    }

    fn criterion(
        &self,
        task: &Task,
        criterion: &Criterion,
        student: &Drivers<'_>,
        reference: &Drivers<'_>,
        options: Options,
    ) -> Result<CriterionReport> {
        let cases: Vec<&Case> = task.suite.cases.iter().filter(|case| case.criterion == criterion.id).collect();
        let mut order: Vec<usize> = (0..cases.len()).collect();
        if options.reversed {
            order.reverse();
        }
        let mut wrong: Vec<(usize, String, Wrong)> = Vec::new();
        for index in order {
            if let Some(found) = judged(cases[index], student, reference, options.seed)? {
                wrong.push((index, cases[index].name.clone(), found));
            }
        }
        for refused in task.refused.iter().filter(|refused| refused.criterion == criterion.id) {
            if let Some(found) = self.must_be_refused(refused, student)? {
                wrong.push((cases.len(), refused.name.clone(), found));
            }
        }
        wrong.sort_by_key(|(index, ..)| *index);
        Ok(explained(task, criterion, wrong.into_iter().next().map(|(_, case, wrong)| (case, wrong))))
    }

    fn must_be_refused(&self, refused: &Refused, student: &Drivers<'_>) -> Result<Option<Wrong>> {
        let (name, kit) = (student.task.crate_name(), self.kit.externs(Flavor::Plain));
        let rlib = student.rlib(Flavor::Plain);
        let externs = with_student(&name, &rlib, &kit);
        let out = student.folder.join("refused.rmeta");
        let got = match self.compiler.check(&refused.path, &externs, &out, &self.room)? {
            Ok(()) => "the compiler accepts it".to_owned(),
            Err(rejected) if rejected.codes.iter().all(|code| *code == refused.code) && !rejected.codes.is_empty() => {
                return Ok(None);
            }
            Err(rejected) => format!("the compiler refuses it with {}", rejected.codes.join(", ")),
        };
        let expected = format!("the compiler refuses it with {}", refused.code);
        Ok(Some(Wrong { outcome: Outcome::Failed, tried: refused.tried.clone(), expected, got }))
    }
}

impl Drivers<'_> {
    fn rlib(&self, flavor: Flavor) -> PathBuf {
        self.folder.join(format!("lib{}-{}.rlib", self.task.crate_name(), flavor.name()))
    }

    /// Compiles the library alone, if it is not there.
    fn library(&self, flavor: Flavor) -> Result<Result<(), Rejected>> {
        let name = self.task.crate_name();
        self.make(&Unit {
            source: &self.folder.join("src/lib.rs"),
            name: &name,
            kind: "rlib",
            externs: &[],
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
        let scratch = tempfile::Builder::new().prefix("make-").tempdir_in(&self.folder)?;
        // The reference is ours, and made where only we may write.
        let room = if self.is_reference { &Room::Open } else { &self.grader.room };
        room.give(scratch.path())?;
        let made = scratch.path().join(unit.out.file_name().unwrap_or_default());
        let result = self.grader.compiler.unit(&Unit { out: &made, ..unit.clone() }, room)?;
        if result.is_ok() {
            fs_err::rename(&made, unit.out)?;
        }
        Ok(result)
    }

    /// The driver of a flavor, compiled with the library when it is first asked for.
    fn driver(&self, flavor: Flavor) -> Result<Result<PathBuf, Rejected>> {
        let cell = &self.built[flavor as usize];
        if let Some(built) = cell.get() {
            return Ok(built.clone());
        }
        let built = self.build(flavor)?;
        Ok(cell.get_or_init(|| built).clone())
    }

    fn build(&self, flavor: Flavor) -> Result<Result<PathBuf, Rejected>> {
        let rlib = self.rlib(flavor);
        if let Err(rejected) = self.library(flavor)? {
            return Ok(Err(rejected));
        }
        let (name, kit) = (self.task.crate_name(), self.grader.kit.externs(flavor));
        let out = self.folder.join(format!("driver-{}", flavor.name()));
        let unit = Unit {
            source: &self.task.secret.join("hidden.rs"),
            name: "driver",
            kind: "bin",
            externs: &with_student(&name, &rlib, &kit),
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
        run::case(&driver, Input { case, seed, size }, &self.task.exercise.limits, flavor, &self.grader.room)
            .with_context(|| format!("in case `{case}`"))
    }
}

impl Drivers<'_> {
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
}

/// What is wrong with one case, in every build in which it is looked at.
fn judged(case: &Case, student: &Drivers<'_>, reference: &Drivers<'_>, seed: u64) -> Result<Option<Wrong>> {
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

fn write(folder: &Path, submission: &Submission) -> Result<()> {
    for (name, text) in &submission.files {
        let path = folder.join(name);
        fs_err::create_dir_all(path.parent().unwrap_or(folder))?;
        // A byte order mark is no mistake of a student's.
        fs_err::write(path, text.trim_start_matches('\u{feff}'))?;
    }
    Ok(())
}

/// The library compiles and does not fit the driver. The compiler's message would quote the driver, so
/// only what kind of mistake it is may be told.
fn foreign_interface(rejected: Rejected) -> String {
    let codes = if rejected.codes.is_empty() { "no code".to_owned() } else { rejected.codes.join(", ") };
    format!(
        "the library compiles, but a name, a type or a signature in it is not the one that the task gives ({codes})"
    )
}

fn not_run(criterion: &Criterion, need: &str) -> CriterionReport {
    let finding = Finding {
        case: String::new(),
        tried: format!("nothing yet: `{need}` comes first"),
        expected: String::new(),
        got: String::new(),
        why: criterion.why.clone(),
        read: String::new(),
        next: format!("meet `{need}`, then this one is looked at"),
    };
    CriterionReport { outcome: Outcome::NotRun, finding: Some(finding), ..met(criterion, 0) }
}

fn met(criterion: &Criterion, points: u32) -> CriterionReport {
    let (id, title) = (criterion.id.clone(), criterion.title.clone());
    CriterionReport { id, title, points, of: criterion.points, outcome: Outcome::Passed, finding: None }
}

fn explained(task: &Task, criterion: &Criterion, wrong: Option<(String, Wrong)>) -> CriterionReport {
    let Some((case, wrong)) = wrong else { return met(criterion, criterion.points) };
    let finding = Finding {
        case,
        tried: wrong.tried,
        expected: wrong.expected,
        got: wrong.got,
        why: criterion.why.clone(),
        read: criterion.read.clone().unwrap_or_else(|| task.exercise.read.clone()),
        next: criterion.next.clone(),
    };
    CriterionReport { outcome: wrong.outcome, finding: Some(finding), ..met(criterion, 0) }
}

fn report(task: &Task, seed: u64, criteria: Vec<CriterionReport>) -> Report {
    let first = |wanted: fn(Outcome) -> bool| criteria.iter().map(|c| c.outcome).find(|outcome| wanted(*outcome));
    let outcome = first(|outcome| outcome == Outcome::GraderError)
        .or(first(|outcome| outcome != Outcome::Passed && outcome != Outcome::NotRun))
        .unwrap_or(Outcome::Passed);
    Report {
        version: VERSION,
        exercise: task.name.clone(),
        outcome,
        points: criteria.iter().map(|criterion| criterion.points).sum(),
        of: task.points(),
        seed,
        message: String::new(),
        criteria,
    }
}

impl Grader {
    /// The cases and refused programs in which a submission fails, whatever needs what: two mistakes that
    /// fail in the same ones cannot be told apart.
    ///
    /// # Errors
    /// When the submission does not compile, or the grader cannot do its work.
    pub fn failing_cases(&self, task: &Task, submission: &Submission, seed: u64) -> Result<Vec<String>> {
        let work = tempfile::Builder::new().prefix("grade-").tempdir()?;
        write(work.path(), submission)?;
        let student = self.drivers(task, work.path());
        let reference = self.reference(task)?;
        if let Err(rejected) = student.driver(Flavor::Plain)? {
            bail!("it does not compile:\n{}", rejected.message);
        }
        let mut failing = Vec::new();
        for case in &task.suite.cases {
            if judged(case, &student, &reference, seed)?.is_some() {
                failing.push(case.name.clone());
            }
        }
        for refused in &task.refused {
            if self.must_be_refused(refused, &student)?.is_some() {
                failing.push(refused.name.clone());
            }
        }
        Ok(failing)
    }
}

impl Grader {
    /// Compiles the visible tests with a submission, as a binary of libtest in `folder`.
    ///
    /// # Errors
    /// When they do not compile.
    pub fn visible(&self, task: &Task, submission: &Submission, folder: &Path) -> Result<PathBuf> {
        write(folder, submission)?;
        let drivers = self.drivers(task, folder);
        if let Err(rejected) = drivers.library(Flavor::Plain)? {
            bail!("the library does not compile:\n{}", rejected.message);
        }
        let (name, kit) = (task.crate_name(), self.kit.externs(Flavor::Plain));
        let rlib = drivers.rlib(Flavor::Plain);
        let out = folder.join("visible");
        let source = task.folder.join("tests/visible.rs");
        match self.compiler.tests(&source, &with_student(&name, &rlib, &kit), &out)? {
            Ok(()) => Ok(out),
            Err(rejected) => bail!("the visible tests do not compile:\n{}", rejected.message),
        }
    }
}
