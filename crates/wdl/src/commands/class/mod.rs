//! What teachers do with a class: grade it, grade it again, look at it, report it.

pub mod autograde;
pub mod explain;
pub mod grade;
pub mod progress;
pub mod regrade;
pub mod report;
pub mod similar;
pub mod single;
mod summary;

use anyhow::{Context, Result};
use clap::Args;
use grader::class::assemble::{Assembled, assemble};
use grader::class::ledger::{Folder, Ledger};
use grader::class::roster::Roster;
use grader::fault::Faults;
use grader::grade::Grader;
use grader::set::SetFolder;
use grader::task::Places;
use model::class::Student;
use model::time::Time;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::jail::JailOptions;
use crate::Usage;
use crate::cli::Exit;
use crate::console::Console;
use crate::place::{seen_from_here, shown};

/// Where a graded class is.
#[derive(Clone, Debug, Args)]
pub struct Where {
    /// The folder of the graded class, which `wdl grade` makes.
    #[arg(short = 'o', long = "out", default_value = "graded")]
    out: PathBuf,
}

/// How to grade many.
#[derive(Clone, Debug, Args)]
pub struct Many {
    /// How many to grade at once [default: one for each processor].
    #[arg(short, long)]
    jobs: Option<NonZeroUsize>,
    /// The date that reports show, instead of now.
    #[arg(long)]
    date: Option<Time>,
    #[command(flatten)]
    jail: JailOptions,
}

impl Many {
    fn date(&self) -> Time {
        self.date.clone().unwrap_or_else(now)
    }

    /// As many graders as there is work for, each with a jail of its own.
    fn graders(&self, set: &SetFolder, work: usize) -> Result<Vec<Grader>> {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let many = self.jobs.unwrap_or_else(cores).get().min(work.max(1));
        (0..many).map(|_| Grader::open(set.places.clone(), self.jail.trust())).collect()
    }
}

/// A graded class that is there.
struct Class {
    set: SetFolder,
    roster: Roster,
    folder: Folder,
    ledger: Ledger,
}

impl Class {
    fn open(at: &Where, places: &Places) -> Result<Self> {
        let folder = Folder::new(&at.out);
        if !folder.is_used() {
            let told =
                format!("{} holds no graded class; `wdl grade` makes one, and -o names its folder", at.out.display());
            return Err(Usage(told).into());
        }
        let ledger = folder.read()?;
        let set = told(SetFolder::load(&ledger.set, places))?;
        let roster = told(Roster::read(&set.students()))?;
        Ok(Self { set, roster, folder, ledger })
    }

    fn assemble(&self) -> Result<Assembled> {
        Ok(told(assemble(&self.set, self.roster.students(), &self.ledger, &self.folder))?.0)
    }

    /// Puts everything together, writes the table for people and the problems, and tells how it stands.
    fn conclude(&self, console: Console) -> Result<Exit> {
        let (assembled, manual) = told(assemble(&self.set, self.roster.students(), &self.ledger, &self.folder))?;
        let handed_in = |student: &str, exercise: &str| {
            self.ledger.entries.iter().any(|entry| entry.student == student && entry.exercise == exercise)
        };
        if let Some(table) = manual.table(&self.set.set, self.roster.students(), handed_in)? {
            grader::class::ledger::write_whole(&self.folder.manual(), table.as_bytes())?;
        }
        let problems = problems(&self.ledger, &assembled);
        self.folder.write_problems(&problems)?;
        console.say(&summary::of(&assembled.class, self.roster.students().len(), &self.folder));
        if problems.is_empty() {
            return Ok(Exit::Passed);
        }
        let many =
            if problems.len() == 1 { "one thing needs".to_owned() } else { format!("{} things need", problems.len()) };
        let list = shown(&self.folder.path().join("problems.txt"));
        console.say(&format!("{many} you (also in {list}):\n  {}", problems.join("\n  ")));
        Ok(Exit::NotYet)
    }

    /// The student who is meant: by id, login or mail address.
    fn student(&self, name: &str) -> Result<&Student> {
        let found = self.roster.find(name).map(|place| &self.roster.students()[place]);
        found.ok_or_else(|| {
            Usage(format!("`{name}` is nobody's id, login or address in {}", shown(&self.set.students()))).into()
        })
    }

    /// The exercise that is meant: by its whole name, or the last part of it.
    fn exercise(&self, name: &str) -> Result<&str> {
        let known = || self.set.set.exercises.iter().map(|exercise| exercise.exercise.as_str());
        let found = known().find(|known| *known == name || known.rsplit('/').next() == Some(name));
        found.ok_or_else(|| {
            let all: Vec<&str> = known().collect();
            Usage(format!("`{name}` is not in the set; it has {}", all.join(", "))).into()
        })
    }
}

/// Everything that needs the teacher: who is left out, and verdicts that could not be made anew.
fn problems(ledger: &Ledger, assembled: &Assembled) -> Vec<String> {
    let mut problems = assembled.left_out.clone();
    for entry in ledger.entries.iter().filter(|entry| entry.key.is_some()) {
        if let Some(fault) = &entry.fault {
            problems.push(format!("{}, `{}`: {}: {fault}", entry.student, entry.exercise, entry.path.display()));
        }
    }
    problems
}

/// What is wrong in files of the teacher's is a matter of usage: nothing was done.
pub(super) fn told<T>(result: Result<T, Faults>) -> Result<T> {
    result.map_err(|faults| Usage(seen_from_here(faults).to_string()).into())
}

/// So many of something.
fn many(number: usize, what: &str) -> String {
    if number == 1 { format!("one {what}") } else { format!("{number} {what}s") }
}

/// With another secret the hidden tests would have other inputs, and nothing could be compared.
fn secret_is_there(set: &SetFolder) -> Result<()> {
    if set.secret().is_file() {
        return Ok(());
    }
    let told =
        format!("{} is gone, from which the inputs of this class were drawn; bring it back", shown(&set.secret()));
    Err(Usage(told).into())
}

fn now() -> Time {
    let second = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    Time::at_second(i64::try_from(second).unwrap_or(i64::MAX))
}

fn whole(path: &Path) -> Result<PathBuf> {
    path.canonicalize().with_context(|| format!("{} cannot be found", path.display()))
}
