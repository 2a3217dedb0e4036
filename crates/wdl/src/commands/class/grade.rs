//! `wdl grade`: a whole class, from what a platform lets one download to verdicts.

use anyhow::Result;
use clap::Args;
use grader::class::crew::{self, Job};
use grader::class::handed_in::{self, HandedIn, Source, Wanted};
use grader::class::ledger::{Doubt, Entry, Folder, Ledger, VERSION};
use grader::class::roster::Roster;
use grader::fault::{Fault, Faults};
use grader::set::SetFolder;
use grader::task::Task;
use grader::unit::Seed;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};

use super::progress::{Progress, words};
use super::{Class, Many, Where, many, told, whole};
use crate::Usage;
use crate::cli::Exit;
use crate::console::Console;
use crate::place::shown;

/// A verdict that is there sooner than this was known: no compiler is that fast.
const KNOWN: Duration = Duration::from_millis(50);

/// What to grade.
#[derive(Debug, Args)]
pub struct Options {
    /// The set: its folder, or its file.
    set: PathBuf,
    /// What was handed in: the download of Canvas, Moodle, Gradescope or Classroom 50, or a folder with one entry for each
    /// student, named by id, login or mail address.
    submissions: PathBuf,
    #[command(flatten)]
    at: Where,
    /// Go on with what is there: verdicts that are known are not made again, earlier attempts stay.
    #[arg(long)]
    resume: bool,
    /// Only every Nth submission, beginning with the Kth, as `K/N`: for several machines that share a disk. It keeps their
    /// verdicts and no more; a last run with --resume and without this puts the class together.
    #[arg(long, value_name = "K/N")]
    part: Option<Part>,
    /// A table of times, `student,exercise,submitted`, for what a download does not say.
    #[arg(long)]
    times: Option<PathBuf>,
    #[command(flatten)]
    many: Many,
}

/// Grades a class. It ends with code 0 when everything is graded, whatever the verdicts; with 1 when something needs the
/// teacher, who is told what.
///
/// # Errors
/// When set, class list or download cannot be understood: nothing was done then.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let set = told(SetFolder::load(&whole(&options.set)?, &options.many.jail.places()?))?;
    let roster = told(Roster::read(&set.students()))?;
    let strangers = set.strangers(roster.students());
    if !strangers.is_empty() {
        return told(Err(Faults(strangers)));
    }
    let folder = Folder::new(&options.at.out);
    may_be_used(&folder, &set, options)?;
    let source = whole(&options.submissions).map_err(|error| Usage(error.to_string()))?;
    let wanted: Vec<Wanted> = set.tasks.iter().map(wanted).collect();
    let unpacked = folder.path().join("handed-in");
    let found = handed_in::read(&source, &unpacked, &roster, &wanted, options.times.as_deref())?;
    if found.deposits.is_empty() && found.source == Source::Plain && !found.faults.is_empty() {
        let told = format!("nothing in {} is anybody's of the class list; is it the right folder?", shown(&source));
        return Err(Usage(format!("{told} The first of it: {}", found.faults[0])).into());
    }
    console.tell(&format!("{} in {}", many(found.deposits.len(), "submission"), found.source.words()));
    for note in &found.notes {
        console.tell(&format!("note: {note}"));
    }
    let entries = entries(&set, &roster, &found)?;
    let doubts = found.faults.iter().map(|fault| doubt(fault, &roster, &source)).collect();
    let nothing = found.nothing.iter().map(|place| roster.students()[*place].id.clone()).collect();
    let (set_file, date) = (set.path.clone(), options.many.date());
    let ledger = Ledger { version: VERSION, set: set_file, date, entries, nothing, doubts };
    let class = Class { set, roster, folder, ledger };
    match options.part {
        Some(part) => share(part, class, &options.many, console),
        None => all(class, &source, &options.many, console),
    }
}

fn all(mut class: Class, source: &Path, many: &Many, console: Console) -> Result<Exit> {
    let before = if class.folder.is_used() { Some(class.folder.read()?) } else { None };
    // Should we be killed, this folder is known to be begun, and no earlier attempt is forgotten.
    let mut begun = class.ledger.clone();
    begun.remember_all(before.clone(), source);
    class.folder.write(&begun)?;
    grade(&mut class, many, console, Entry::take)?;
    class.ledger.remember_all(before, source);
    class.folder.write(&class.ledger)?;
    class.conclude(console)
}

/// A part of the work, of which only the verdicts are kept.
fn share(part: Part, mut class: Class, many: &Many, console: Console) -> Result<Exit> {
    let mut at = 0..;
    class.ledger.entries.retain(|_| at.next().is_some_and(|at| part.has(at)));
    grade(&mut class, many, console, Entry::take)?;
    let faults: Vec<&str> = class.ledger.entries.iter().filter_map(|entry| entry.fault.as_deref()).collect();
    if faults.is_empty() {
        return Ok(Exit::Passed);
    }
    console.tell(&format!("not graded:\n  {}", faults.join("\n  ")));
    Ok(Exit::NotYet)
}

/// One of several equal shares of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    number: usize,
    of: usize,
}

impl Part {
    /// Whether the piece of work at a place, from 0, belongs to it.
    fn has(self, at: usize) -> bool {
        at % self.of == self.number - 1
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("write K/N with K from 1 to N, like `2/8`".to_owned()),
        }
    }
}

fn wanted(task: &Task) -> Wanted {
    let about = &task.exercise;
    Wanted { id: about.id.clone(), name: task.name.clone(), aliases: about.aliases.clone() }
}

fn entries(set: &SetFolder, roster: &Roster, found: &HandedIn) -> Result<Vec<Entry>> {
    let entry = |deposit: &handed_in::Deposit| {
        Ok(Entry {
            student: roster.students()[deposit.student].id.clone(),
            exercise: set.set.exercises[deposit.exercise].exercise.clone(),
            path: std::path::absolute(&deposit.path)?,
            submitted: deposit.submitted.clone(),
            is_told: deposit.is_told,
            key: None,
            content: None,
            fault: None,
        })
    };
    found.deposits.iter().map(entry).collect()
}

fn doubt(fault: &Fault, roster: &Roster, source: &Path) -> Doubt {
    let student = fault.student.map(|place| roster.students()[place].id.clone());
    Doubt { student, text: fault.to_string(), source: source.to_owned() }
}

/// A folder is new, or holds what is gone on with: the same set, with the same secret.
fn may_be_used(folder: &Folder, set: &SetFolder, options: &Options) -> Result<()> {
    if !folder.is_used() || options.part.is_some() {
        return Ok(());
    }
    let (out, known) = (shown(&options.at.out), folder.read()?.set);
    let told = if known != set.path {
        format!("{out} holds the class of another set, {}; name another folder with -o", shown(&known))
    } else if !options.resume {
        format!("{out} holds a graded class already: go on with it with --resume, or name another folder with -o")
    } else {
        return super::secret_is_there(set);
    };
    Err(Usage(told).into())
}

/// Grades every entry of the ledger, and shows how far it is.
pub(super) fn grade(
    class: &mut Class,
    many: &Many,
    console: Console,
    take: impl Fn(&mut Entry, Result<model::graded::Graded>),
) -> Result<()> {
    let (seed, store) = (Seed::of_secret(&class.set.secret())?, class.folder.store());
    let graders = many.graders(&class.set, class.ledger.entries.len())?;
    let entries = class.ledger.entries.clone();
    let jobs: Vec<Job<'_>> = entries.iter().map(|entry| Job { exercise: &entry.exercise, path: &entry.path }).collect();
    let (begin, mut progress) = (Instant::now(), Progress::new(jobs.len()));
    crew::grade(&graders, &jobs, &seed, &store, |done| {
        let known = done.took < KNOWN;
        take(&mut class.ledger.entries[done.at], done.graded);
        if let Some(line) = progress.step(known, begin.elapsed(), console.is_terminal()) {
            console.status(&line);
        }
        !runner::interrupt::requested()
    });
    console.end_status();
    console.tell(&format!("{} done in {}", super::many(jobs.len(), "submission"), words(begin.elapsed())));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_have_everything_between_them_and_nothing_twice() {
        let parts: Vec<Part> = ["1/3", "2/3", "3/3"].map(|text| text.parse().unwrap()).to_vec();
        for at in 0..10 {
            assert_eq!(parts.iter().filter(|part| part.has(at)).count(), 1);
        }
    }

    #[test]
    fn what_is_no_part_is_refused() {
        for text in ["0/3", "4/3", "1", "a/b", "1/0", ""] {
            assert!(text.parse::<Part>().unwrap_err().contains("2/8"));
        }
    }
}
