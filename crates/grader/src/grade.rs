//! Grading one submission of one exercise.

pub use crate::intake::Submission;

use crate::compile::{Compiler, Flavor, Rejected};
use crate::drivers::{Author, Drivers, judged};
use crate::explain::{explained, foreign_crate, foreign_interface, not_run, report};
use crate::judge::Wrong;
use crate::kit::Kit;
use crate::room::{Room, Trust};
use crate::run::Transcript;
use crate::task::{Places, Task};
use crate::toolchain;
use crate::workplace::{self, Workplace};
use anyhow::{Result, bail};
use model::exercise::{Case, Criterion};
use model::report::{CriterionReport, Outcome, Report};
use std::collections::BTreeMap;
use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

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
    pub(crate) compiler: Compiler,
    pub(crate) kit: Kit,
    trust: Trust,
    room: OnceLock<Room>,
    /// What references saw: many submissions are graded with the same seed.
    pub(crate) seen: Mutex<BTreeMap<Asked, Transcript>>,
}

/// A run of a driver: its file, the case, the seed and the size.
type Asked = (PathBuf, String, u64, u64);

impl Grader {
    /// Finds the compiler and prepares the kit.
    ///
    /// # Errors
    /// When there is no compiler, or the kit cannot be built.
    pub fn open(places: Places, trust: Trust) -> Result<Self> {
        let compiler = Compiler::find(&places.course)?;
        let kit = Kit::prepare(&places, &compiler)?;
        workplace::clear(&places.cache)?;
        let compiler = Compiler { own_linker: kit.linker(), ..compiler };
        let compiler = if trust == Trust::Author { compiler } else { toolchain::shared(compiler, &places.cache)? };
        Ok(Self { places, compiler, kit, trust, room: OnceLock::new(), seen: Mutex::default() })
    }

    /// Hash of compiler, options, instruments and jail.
    pub fn kit_hash(&self) -> &str {
        &self.kit.hash
    }

    /// Whose code it runs without a jail, if anybody's.
    pub fn trust(&self) -> Trust {
        self.trust
    }

    /// Where student code runs. A jail is tried when it is first needed: verdicts that are known need none.
    ///
    /// # Errors
    /// When no jail holds that is good enough.
    pub fn room(&self) -> Result<&Room> {
        if let Some(room) = self.room.get() {
            return Ok(room);
        }
        let room = Room::find(self.trust, &self.places, &self.kit)?;
        Ok(self.room.get_or_init(|| room))
    }

    /// Where it looks for exercises and suites.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Reads an exercise and its suite, and sees to it that the crates are there that it uses.
    ///
    /// # Errors
    /// See [`Task::load`]; when these crates cannot be had.
    pub fn task(&self, name: &str) -> Result<Task> {
        let task = Task::load(&self.places, name)?;
        self.kit.crates(&task.exercise.crates, Flavor::Plain)?;
        Ok(task)
    }

    /// Grades a submission.
    ///
    /// # Errors
    /// When the grader cannot do its work. What is wrong with the submission is in the report.
    pub fn grade(&self, task: &Task, submission: &Submission, options: Options) -> Result<Report> {
        self.grade_in(&self.workplace(submission)?, task, options)
    }

    /// Grades a submission several times, and compiles it once: a report for each of the options. Each grading has the whole
    /// time of a grading.
    ///
    /// # Errors
    /// As [`grade`](Self::grade).
    pub fn grade_each(&self, task: &Task, submission: &Submission, options: &[Options]) -> Result<Vec<Report>> {
        let work = self.workplace(submission)?;
        options.iter().map(|options| self.grade_in(&work, task, *options)).collect()
    }

    fn workplace(&self, submission: &Submission) -> Result<Workplace> {
        let work = Workplace::new(&self.places.cache)?;
        write(work.path(), submission)?;
        self.room()?.give(work.path())?;
        Ok(work)
    }

    fn grade_in(&self, work: &Workplace, task: &Task, options: Options) -> Result<Report> {
        let student = Drivers::new(self, task, work.path(), Author::Student);
        let refused =
            |outcome, message: String| Report::refused(&task.name, task.points(), options.seed, outcome, message);
        if let Err(rejected) = student.library(Flavor::Plain)? {
            let policy = rejected.codes.iter().any(|code| code == "unsafe_code");
            let outcome = if policy { Outcome::Policy } else { rejected.outcome };
            let message = rejected.message + &foreign_crate(&rejected.codes, task);
            return Ok(refused(outcome, message));
        }
        let reference = self.reference(task)?;
        if let Err(rejected) = student.driver(Flavor::Plain)? {
            let (outcome, message) = misfit(&student, rejected)?;
            return Ok(refused(outcome, message));
        }
        let mut criteria: Vec<CriterionReport> = Vec::new();
        for criterion in &task.exercise.criterion {
            let is_unmet = |need: &String| {
                criteria.iter().any(|earlier| earlier.id == *need && earlier.outcome != Outcome::Passed)
            };
            let unmet = criterion.needs.iter().find(|need| is_unmet(need));
            let unmet = unmet.and_then(|need| task.exercise.criterion.iter().find(|other| other.id == *need));
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
        let crates = task.exercise.crates.join(" ");
        let (kit, name, solution) = (self.kit.hash.as_bytes(), task.name.as_bytes(), task.solution.as_bytes());
        for part in [kit, name, crates.as_bytes(), solution, &hidden] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        let folder = self.places.cache.join(format!("reference-{}", &hasher.finalize().to_hex()[..16]));
        keep(&folder.join("src/lib.rs"), &task.solution)?;
        fs_err::set_permissions(&folder, Permissions::from_mode(0o755))?;
        let drivers = Drivers::new(self, task, &folder, Author::Course);
        if let Err(rejected) = drivers.driver(Flavor::Plain)? {
            bail!("the reference of `{}` does not compile:\n{}", task.name, rejected.message);
        }
        Ok(drivers)
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
            if let Some(found) = student.must_refuse(refused)? {
                wrong.push((cases.len(), refused.name.clone(), found));
            }
        }
        wrong.sort_by_key(|(index, ..)| *index);
        Ok(explained(task, criterion, wrong.into_iter().next().map(|(_, case, wrong)| (case, wrong))))
    }
}

/// Why a library that compiles cannot be linked with the driver: the student's mistake if the compiler found one,
/// or else ours.
fn misfit(student: &Drivers<'_>, rejected: Rejected) -> Result<(Outcome, String)> {
    if rejected.outcome != Outcome::BuildError {
        return Ok((rejected.outcome, rejected.message));
    }
    if rejected.codes.is_empty() {
        let message = format!("the suite could not be linked with the library:\n{}", rejected.message);
        return Ok((Outcome::GraderError, message));
    }
    Ok((Outcome::BuildError, foreign_interface(&rejected.codes, student.visible_misfit()?)))
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

/// Writes a file that several graders share: none of them sees half of it.
fn keep(path: &Path, text: &str) -> Result<()> {
    if std::fs::read(path).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs_err::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}

impl Grader {
    /// The cases and refused programs in which a submission fails, whatever needs what: two mistakes that
    /// fail in the same ones cannot be told apart.
    ///
    /// # Errors
    /// When the submission does not compile, or the grader cannot do its work.
    pub fn failing_cases(&self, task: &Task, submission: &Submission, seed: u64) -> Result<Vec<String>> {
        let work = Workplace::new(&self.places.cache)?;
        write(work.path(), submission)?;
        let student = Drivers::new(self, task, work.path(), Author::Student);
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
            if student.must_refuse(refused)?.is_some() {
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
        let drivers = Drivers::new(self, task, folder, Author::Student);
        if let Err(rejected) = drivers.library(Flavor::Plain)? {
            bail!("the library does not compile:\n{}", rejected.message);
        }
        let out = folder.join("visible");
        let source = task.folder.join("tests/visible.rs");
        match self.compiler.tests(&source, &drivers.links(Flavor::Plain)?, &out)? {
            Ok(()) => Ok(out),
            Err(rejected) => bail!("the visible tests do not compile:\n{}", rejected.message),
        }
    }
}
