//! From a ledger to a class: every verdict counted as the set counts it, every row settled.

use crate::intake::Why;
use model::class::{Attempt, Class, Row, Student, VERSION, Work};

use super::ledger::{Entry, Folder, Ledger};
use super::manual::Manual;
use crate::fault::Faults;
use crate::set::SetFolder;
use model::graded::Graded;

/// A class, and whom it leaves out.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// Everybody who can be counted.
    pub class: Class,
    /// Why somebody is not: nobody gets a zero for what we cannot read or compute.
    pub left_out: Vec<String>,
}

/// Puts a class together from what is kept of it, and from what the set and the people say now.
///
/// # Errors
/// When the table of what people gave cannot be understood, or an extension is of nobody.
pub fn assemble(
    set: &SetFolder,
    students: &[Student],
    ledger: &Ledger,
    folder: &Folder,
) -> Result<(Assembled, Manual), Faults> {
    let manual = Manual::read(&folder.manual(), &set.set, students)?;
    let strangers = set.strangers(students);
    if !strangers.is_empty() {
        return Err(Faults(strangers));
    }
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    let mut left_out: Vec<String> = ledger.doubts.iter().map(|doubt| doubt.text.clone()).collect();
    left_out.dedup();
    let is_somebodys = ledger.doubts.iter().any(|doubt| doubt.student.is_none());
    for student in students {
        if ledger.doubts.iter().any(|doubt| doubt.student.as_ref() == Some(&student.id)) {
            continue;
        }
        let seems_missing = ledger.entries.iter().all(|entry| entry.student != student.id);
        if is_somebodys && seems_missing && !ledger.nothing.contains(&student.id) {
            missing.push(format!("{} ({})", student.name, student.id));
            continue;
        }
        match row(set, student, ledger, folder, &manual) {
            Ok(row) => rows.push(row),
            Err(why) => left_out.extend(why),
        }
    }
    if !missing.is_empty() {
        left_out.push(format!(
            "what is named above may be of somebody who seems to have handed in nothing, so these are left out until it is \
             clear: {}",
            missing.join(", ")
        ));
    }
    let class = Class { version: VERSION, date: ledger.date.clone(), set: set.set.clone(), rows };
    Ok((Assembled { class, left_out }, manual))
}

fn row(
    set: &SetFolder,
    student: &Student,
    ledger: &Ledger,
    folder: &Folder,
    manual: &Manual,
) -> Result<Row, Vec<String>> {
    let store = folder.store();
    let (mut works, mut missing) = (Vec::new(), Vec::new());
    for (place, exercise) in set.set.exercises.iter().enumerate() {
        let mine = |entry: &&Entry| entry.student == student.id && entry.exercise == exercise.exercise;
        let mut attempts = Vec::new();
        for entry in ledger.entries.iter().filter(mine) {
            match entry.key.as_ref().and_then(|key| store.get(key)) {
                Some(graded) => {
                    let graded = counted(set, place, graded);
                    attempts.push(Attempt { submitted: entry.submitted.clone(), graded });
                }
                None => missing.push(ungraded(student, entry)),
            }
        }
        works.push(Work { attempts, manual: manual.of(&student.id, &exercise.exercise) });
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    let extension = set.file.extension.get(&student.id).and_then(model::set::Promise::extension);
    Row::settled(&set.set, student.clone(), extension, works).map_err(|unsettled| vec![unsettled.to_string()])
}

/// A verdict as the set counts it. What was left out because it answers another exercise of the set is no news.
pub fn counted(set: &SetFolder, place: usize, graded: Graded) -> Graded {
    let report = set.file.exercise[place].counted(&graded.report, set.set.exercises[place].points);
    let others = set.tasks.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, task)| &task.exercise.id);
    let others: Vec<String> = others.map(|id| format!("{id}/")).collect();
    let elsewhere = Why::Elsewhere.words();
    let is_news = |line: &String| !(line.ends_with(&elsewhere) && others.iter().any(|other| line.contains(other)));
    let ignored = graded.ignored.into_iter().filter(is_news).collect();
    Graded { report, ignored, ..graded }
}

fn ungraded(student: &Student, entry: &Entry) -> String {
    let why = entry.fault.as_deref().unwrap_or("it was not graded yet; go on with `wdl grade --resume`");
    format!("{} ({}), `{}`: {}: {why}", student.name, student.id, entry.exercise, entry.path.display())
}
