//! What was found, put into a report.

use crate::judge::Wrong;
use crate::task::Task;
use model::exercise::Criterion;
use model::report::{CriterionReport, Finding, Outcome, Report, VERSION};

/// The library compiles and does not fit the driver. The compiler's message would quote the driver, so only
/// what the visible tests say may be told, and otherwise what kind of mistake it is.
pub(crate) fn foreign_interface(codes: &[String], visible: Option<String>) -> String {
    let told = "the library compiles, but a name, a type or a signature in it is not the one that the task gives";
    match visible {
        Some(message) => format!("{told}. With the visible tests:\n{message}"),
        None => format!("{told} ({})", codes.join(", ")),
    }
}

/// Errors of the compiler for a crate that it does not know, or for a name in one.
const UNRESOLVED: [&str; 3] = ["E0432", "E0433", "E0463"];

/// Which crates the exercise may use, if it may be that one is missed. The compiler's own advice, to add it to
/// `Cargo.toml`, is of no use to a student: that file is the course's.
pub(crate) fn foreign_crate(codes: &[String], task: &Task) -> String {
    if !codes.iter().any(|code| UNRESOLVED.contains(&code.as_str())) {
        return String::new();
    }
    let crates: Vec<String> = task.exercise.crates.iter().map(|name| format!("`{name}`")).collect();
    let may = if crates.is_empty() {
        "no crates besides the standard library".to_owned()
    } else {
        format!("besides the standard library only {}", crates.join(", "))
    };
    format!("\nnote: this exercise may use {may}; `Cargo.toml` is not part of a submission\n")
}

/// A criterion that waits for another.
pub(crate) fn not_run(criterion: &Criterion, need: &Criterion) -> CriterionReport {
    let need = &need.title;
    let finding = Finding {
        case: String::new(),
        tried: format!("nothing yet: another criterion comes first, \"{need}\""),
        expected: String::new(),
        got: String::new(),
        why: criterion.why.clone(),
        read: String::new(),
        next: format!("meet \"{need}\" first, then this one is looked at"),
    };
    CriterionReport { outcome: Outcome::NotRun, finding: Some(finding), ..met(criterion, 0) }
}

/// A criterion that is met.
pub(crate) fn met(criterion: &Criterion, points: u32) -> CriterionReport {
    let (id, title) = (criterion.id.clone(), criterion.title.clone());
    CriterionReport { id, title, points, of: criterion.points, outcome: Outcome::Passed, finding: None }
}

/// A criterion with the first thing that is wrong, if anything is.
pub(crate) fn explained(task: &Task, criterion: &Criterion, wrong: Option<(String, Wrong)>) -> CriterionReport {
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

/// All criteria, and what stands for the whole.
pub(crate) fn report(task: &Task, seed: u64, criteria: Vec<CriterionReport>) -> Report {
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
