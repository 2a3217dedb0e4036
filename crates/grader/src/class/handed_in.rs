//! What a class handed in, as a platform's download has it: whose is which, for which exercise, and when it came.
//!
//! A download is a folder or a `.zip`. Its names tell the platform: [`canvas`], [`moodle`], [`gradescope`],
//! [`classroom50`], or [`plain`] for a folder that a teacher made; each of these says where its names are written down.
//! Names that fit none are faults. Links are not followed. Of what students wrote, only names are looked at here;
//! [`crate::intake`] reads the rest, one deposit at a time.
//!
//! - `listing` and `unpack` look into the download;
//! - `answer` decides which of a student's items answers which exercise;
//! - `times` reads a table of times, which wins over what names say;
//! - `sort` puts deposits in order, and refuses two of which nobody can say which counts.

mod answer;
pub mod canvas;
pub mod classroom50;
pub mod gradescope;
mod listing;
mod metadata;
pub mod moodle;
pub mod plain;
mod sort;
mod source;
mod times;
mod unpack;

pub use source::Source;

use super::roster::Roster;
use crate::fault::Fault;
use anyhow::{Context, Result};
use fs_err as fs;
use listing::{Entry, Places};
use model::late::Submitted;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// An exercise that was to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Name within the chapter, like `drop-list`.
    pub id: String,
    /// `chapter/exercise`.
    pub name: String,
    /// Names that it had before.
    pub aliases: Vec<String>,
}

/// Something that a student handed in for an exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// Place of the student in the roster.
    pub student: usize,
    /// Place of the exercise among those that were wanted.
    pub exercise: usize,
    /// What [`crate::intake::read`] is to be given.
    pub path: PathBuf,
    /// Where that lies in what the teacher gave, safe to print.
    pub place: String,
    /// What is known of when it was handed in.
    pub submitted: Submitted,
    /// Whether the teacher's table of times says so.
    pub is_told: bool,
}

/// What a class handed in. A student who handed in nothing has no deposit.
#[derive(Debug)]
pub struct HandedIn {
    /// Everything without a fault, by student, exercise and time.
    pub deposits: Vec<Deposit>,
    /// Places in the roster of those of whom the teacher says that they handed in nothing.
    pub nothing: BTreeSet<usize>,
    /// What could not be given to anybody, in the order of its places.
    pub faults: Vec<Fault>,
    /// What a teacher should know, one sentence each, safe to print.
    pub notes: Vec<String>,
    /// What the names of the download are.
    pub source: Source,
}

/// Reads a folder or a `.zip` as a platform gives it. An archive is unpacked into a folder of its own below `room`, so that
/// what is in it can be graded again later. `times` is a CSV with the columns `student`, `exercise` (which
/// may be left out, or empty, for all) and `submitted`: a time in RFC 3339, `in time`, or, for all exercises of a student,
/// `nothing`.
///
/// # Errors
/// When the disk cannot be read or written. What is wrong with the download is in [`HandedIn::faults`].
pub fn read(
    folder: &Path,
    room: &Path,
    roster: &Roster,
    exercises: &[Wanted],
    times: Option<&Path>,
) -> Result<HandedIn> {
    let mut tray = Tray::default();
    let is_folder = fs::metadata(folder).with_context(|| format!("{} cannot be read", folder.display()))?.is_dir();
    let places = if is_folder {
        Places::new(folder, folder)
    } else {
        Places::new(&unpack::below(room, folder, &mut tray.faults)?, folder)
    };
    let ground = Ground { places, roster, exercises };
    let entries = source::top(&ground, &mut tray)?;
    let source = source::of(&entries, roster);
    match source {
        Source::Canvas => canvas::read(&entries, &ground, &mut tray),
        Source::Moodle => moodle::read(&entries, &ground, &mut tray),
        Source::Gradescope => gradescope::read(&entries, &ground, &mut tray),
        Source::Classroom50 => classroom50::read(&entries, &ground, &mut tray),
        Source::Plain => plain::read(&entries, &ground, &mut tray),
    }
    let mut times = times.map(|times| times::read(times, roster, exercises)).unwrap_or_default();
    let deposits = sort::deposits(&ground, &mut times, &mut tray);
    let notes = tray.sort_notes(&deposits, exercises.len());
    let is_settled = |fault: &Fault| fault.student.is_some_and(|student| times.nothing.contains(&student));
    tray.faults.retain(|fault| !is_settled(fault));
    tray.faults.sort();
    Ok(HandedIn { deposits, nothing: times.nothing, faults: tray.faults, notes, source })
}

/// Where something was handed in, by whom and for what.
struct Ground<'a> {
    places: Places,
    roster: &'a Roster,
    exercises: &'a [Wanted],
}

/// What was found so far.
#[derive(Default)]
struct Tray {
    bundles: Vec<Bundle>,
    faults: Vec<Fault>,
    notes: Vec<Note>,
}

/// Something that a teacher should know: about whom, and the fault that it is where it may be an answer.
struct Note {
    students: Vec<usize>,
    /// Whether it can hold sources.
    may_answer: bool,
    fault: Fault,
}

impl Tray {
    fn fault(&mut self, ground: &Ground<'_>, path: &Path, text: impl std::fmt::Display) {
        self.faults.push(Fault::at(ground.places.of(path), text));
    }

    /// What was found at fault since then is about these students.
    fn attribute(&mut self, since: usize, students: &[usize]) {
        for fault in self.faults.split_off(since) {
            let about = students.iter().map(|student| fault.clone().about(*student));
            self.faults.extend(about);
        }
    }

    fn note(&mut self, ground: &Ground<'_>, path: &Path, students: &[usize], text: &str) {
        let fault = Fault::at(ground.places.of(path), text);
        self.notes.push(Note { students: students.to_owned(), may_answer: false, fault });
    }

    /// A note about what somebody may have meant as an answer.
    fn unclaimed(&mut self, ground: &Ground<'_>, path: &Path, students: &[usize], text: &str) {
        self.note(ground, path, students, text);
        self.notes.iter_mut().next_back().into_iter().for_each(|note| note.may_answer = true);
    }

    /// Who handed in something is not one who handed in nothing: a person has to look where nothing of it counts, or
    /// where it may be the answer that is missing.
    fn sort_notes(&mut self, deposits: &[Deposit], exercises: usize) -> Vec<String> {
        let mut told = Vec::new();
        for Note { students, may_answer, fault } in std::mem::take(&mut self.notes) {
            let answers = |student: usize| {
                let mine = deposits.iter().filter(|deposit| deposit.student == student);
                mine.map(|deposit| deposit.exercise).collect::<BTreeSet<_>>().len()
            };
            let enough = if may_answer { exercises } else { 1 };
            let without: Vec<usize> = students.into_iter().filter(|student| answers(*student) < enough).collect();
            if without.is_empty() {
                told.push(fault.to_string());
            }
            self.faults.extend(without.into_iter().map(|student| fault.clone().about(student)));
        }
        told
    }
}

/// What one student, or one group, handed in at one time.
#[derive(Debug)]
struct Bundle {
    /// Places in the roster.
    students: Vec<usize>,
    submitted: Submitted,
    /// The folder that holds all of it, where there is one.
    whole: Option<PathBuf>,
    /// What the platform calls the assignment, where it says so.
    label: String,
    items: Vec<Entry>,
    /// Whether the folder holds more than students put there, so that nobody wants to read what is not graded.
    is_repository: bool,
}

impl Bundle {
    /// Loose items of one student.
    fn loose(student: usize, submitted: Submitted, items: Vec<Entry>) -> Self {
        let (students, label) = (vec![student], String::new());
        Self { students, submitted, whole: None, label, items, is_repository: false }
    }

    /// A folder with everything in it. One that is empty is a fault.
    fn folder(students: &[usize], submitted: Submitted, path: &Path, ground: &Ground<'_>, tray: &mut Tray) {
        if let Some(items) = filled(path, students, ground, tray) {
            let (students, whole) = (students.to_owned(), Some(path.to_owned()));
            tray.bundles.push(Self { students, submitted, whole, label: String::new(), items, is_repository: false });
        }
    }
}

/// What a student's folder holds. One that cannot be read or is empty is a fault.
fn filled(path: &Path, students: &[usize], ground: &Ground<'_>, tray: &mut Tray) -> Option<Vec<Entry>> {
    let before = tray.faults.len();
    let filled = look_into(path, ground, tray);
    tray.attribute(before, students);
    filled
}

fn look_into(path: &Path, ground: &Ground<'_>, tray: &mut Tray) -> Option<Vec<Entry>> {
    let before = tray.faults.len();
    match listing::entries(path, &ground.places, &mut tray.faults) {
        Ok(items) if items.is_empty() => {
            if tray.faults.len() == before {
                tray.fault(ground, path, "there is nothing in this folder");
            }
            None
        }
        Ok(items) => Some(items),
        Err(error) => {
            tray.fault(ground, path, format!("this folder cannot be read ({})", error.kind()));
            None
        }
    }
}
