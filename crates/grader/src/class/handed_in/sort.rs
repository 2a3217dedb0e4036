//! From bundles to deposits, in order, each with its time.

use super::times::Times;
use super::{Bundle, Deposit, Ground, Tray, answer};
use crate::fault::Fault;
use model::late::Submitted;
use model::time::Time;
use std::collections::{BTreeMap, BTreeSet};

/// By student and exercise.
type Groups = BTreeMap<(usize, usize), Vec<Deposit>>;

/// Every answer, for everybody who gave it. Of several without a time each, none.
pub(super) fn deposits(ground: &Ground<'_>, times: &mut Times, tray: &mut Tray) -> Vec<Deposit> {
    tray.faults.append(&mut times.faults);
    let mut groups = Groups::new();
    for bundle in std::mem::take(&mut tray.bundles) {
        for deposit in of(&bundle, ground, tray) {
            groups.entry((deposit.student, deposit.exercise)).or_default().push(deposit);
        }
    }
    groups.retain(|(student, _), _| !times.nothing.contains(student));
    let mut sorted = Vec::new();
    for ((student, exercise), mut group) in groups {
        let said = times.of(student, exercise);
        match (said, group.as_mut_slice()) {
            (Some((_, said)), [only]) => (only.submitted, only.is_told) = (said.clone(), true),
            (Some((line, _)), several) => {
                let text = format!(
                    "{} handed in {} items for `{}`, and this does not say which of them came then",
                    ground.roster.known(student),
                    several.len(),
                    ground.exercises[exercise].name
                );
                tray.faults.push(Fault::on(&times.file, *line, text).about(student));
            }
            (None, _) => {}
        }
        match times_of(&group) {
            Some(times) if times.len() == group.len() => {
                group.sort_by_cached_key(|deposit| at(deposit).map(Time::millisecond));
                sorted.append(&mut group);
            }
            _ if group.len() == 1 => sorted.append(&mut group),
            _ => tray.faults.push(unclear(&group, ground)),
        }
    }
    sorted
}

fn of(bundle: &Bundle, ground: &Ground<'_>, tray: &mut Tray) -> Vec<Deposit> {
    let answers = answer::of(bundle, ground, tray);
    let deposit = |student: usize, (exercise, path): &(usize, std::path::PathBuf)| Deposit {
        student,
        exercise: *exercise,
        path: path.clone(),
        place: ground.places.of(path),
        submitted: bundle.submitted.clone(),
        is_told: false,
    };
    bundle.students.iter().flat_map(|student| answers.iter().map(|answer| deposit(*student, answer))).collect()
}

fn at(deposit: &Deposit) -> Option<&Time> {
    match &deposit.submitted {
        Submitted::At(time) => Some(time),
        _ => None,
    }
}

/// The times of all, if all have one.
fn times_of(group: &[Deposit]) -> Option<BTreeSet<&Time>> {
    group.iter().map(at).collect()
}

fn unclear(group: &[Deposit], ground: &Ground<'_>) -> Fault {
    let Deposit { student, exercise, .. } = &group[0];
    let others: Vec<String> = group[1..].iter().map(|deposit| format!("`{}`", deposit.place)).collect();
    let text = format!(
        "{} handed this in for `{}`, and also {}; nobody can say which counts: take away all but one",
        ground.roster.known(*student),
        ground.exercises[*exercise].name,
        others.join(", ")
    );
    Fault::at(&group[0].place, text).about(*student)
}
