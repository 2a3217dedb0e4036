//! From what was handed in to what it is worth: a pure function of the set, the work, and what the student was promised.

use crate::class::{Entry, ManualPoints, Row, Score, Set, SetExercise, Student, Work};
use crate::late::Submitted;
use crate::late::{Extension, Late, LateError};
use crate::points::Points;

/// Why a student's work cannot be settled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} ({id}), `{exercise}`: {why}")]
pub struct Unsettled {
    /// Student.
    pub id: String,
    /// Name of the student.
    pub name: String,
    /// `chapter/exercise`.
    pub exercise: String,
    /// What is wrong.
    pub why: Why,
}

/// What keeps work from being settled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Lateness.
    #[error("attempt {attempt}: {error}")]
    Late {
        /// From 1.
        attempt: usize,
        /// What is missing.
        error: LateError,
    },
    /// Points for what does not exist.
    #[error("somebody gave points for `{0}`, which is no manual criterion of this exercise")]
    UnknownCriterion(String),
    /// Points for the same thing twice.
    #[error("manual criterion `{0}` has points twice")]
    Twice(String),
    /// More points than there are.
    #[error("manual criterion `{id}` has {given} points of {of}")]
    TooMany {
        /// Name of the criterion.
        id: String,
        /// Points that it got.
        given: Points,
        /// Points that it is worth.
        of: Points,
    },
    /// More or less work than exercises.
    #[error("the set has {exercises} exercises, the row has work for {works}")]
    Count {
        /// Exercises of the set.
        exercises: usize,
        /// Works of the row.
        works: usize,
    },
}

impl Row {
    /// A student's work with what it is worth. `works` has one entry for each exercise of the set, in its order.
    ///
    /// # Errors
    /// When it may be late and nothing says when it came, and when people gave points that do not exist.
    pub fn settled(
        set: &Set,
        student: Student,
        extension: Option<Extension>,
        works: Vec<Work>,
    ) -> Result<Self, Unsettled> {
        let wrong = |exercise: &str, why| {
            let (id, name) = (student.id.clone(), student.name.clone());
            Unsettled { id, name, exercise: exercise.to_owned(), why }
        };
        let (exercises, works_given) = (set.exercises.len(), works.len());
        if exercises != works_given {
            return Err(wrong(&set.id, Why::Count { exercises, works: works_given }));
        }
        let mut entries = Vec::new();
        for (exercise, work) in set.exercises.iter().zip(works) {
            let entry = entry(set, exercise, extension.as_ref(), work).map_err(|why| wrong(&exercise.exercise, why))?;
            entries.push(entry);
        }
        let score = total(entries.iter().map(|entry| entry.score));
        Ok(Self { student, extension, entries, score })
    }
}

fn total(scores: impl Iterator<Item = Score>) -> Score {
    let none = Score { is_final: true, ..Score::default() };
    scores.fold(none, |sum, score| Score {
        points: sum.points + score.points,
        of: sum.of + score.of,
        is_final: sum.is_final && score.is_final,
    })
}

fn entry(set: &Set, exercise: &SetExercise, extension: Option<&Extension>, mut work: Work) -> Result<Entry, Why> {
    sort(&mut work);
    let manual = manual(exercise, &work.manual)?;
    let mut lates = Vec::new();
    for (at, attempt) in work.attempts.iter().enumerate() {
        let late = set.late.judge(set.due.as_ref(), extension, &attempt.submitted);
        lates.push(late.map_err(|error| Why::Late { attempt: at + 1, error })?);
    }
    let earned_by = |at: usize| Points::whole(work.attempts[at].graded.report.points) + manual.given;
    let after: Vec<Points> = lates.iter().enumerate().map(|(at, late)| late.after(earned_by(at))).collect();
    let counts = set.attempts.choose(&after);
    let (late, earned) = counts.map_or((Late::default(), Points::ZERO), |at| (lates[at], earned_by(at)));
    let points = exercise.weighted(late.after(earned));
    let is_final = counts.is_none() || manual.is_complete;
    let score = Score { points, of: exercise.worth(), is_final };
    Ok(Entry { work, counts, late, earned, score })
}

/// By time, where every attempt has one; otherwise the order in which they were found is all that is known.
fn sort(work: &mut Work) {
    let time = |submitted: &Submitted| match submitted {
        Submitted::At(time) => Some(time.clone()),
        _ => None,
    };
    if work.attempts.iter().all(|attempt| time(&attempt.submitted).is_some()) {
        work.attempts.sort_by_key(|attempt| time(&attempt.submitted));
    }
}

struct Manual {
    given: Points,
    is_complete: bool,
}

fn manual(exercise: &SetExercise, given: &[ManualPoints]) -> Result<Manual, Why> {
    for (at, one) in given.iter().enumerate() {
        let id = one.id.clone();
        let Some(criterion) = exercise.manual.iter().find(|criterion| criterion.id == id) else {
            return Err(Why::UnknownCriterion(id));
        };
        if given[..at].iter().any(|earlier| earlier.id == id) {
            return Err(Why::Twice(id));
        }
        if let Some(points) = one.points.filter(|points| *points > criterion.points) {
            return Err(Why::TooMany { id, given: points, of: criterion.points });
        }
    }
    let points = given.iter().filter_map(|one| one.points);
    let is_complete = points.clone().count() == exercise.manual.len();
    Ok(Manual { given: points.sum(), is_complete })
}

#[cfg(test)]
mod tests;
