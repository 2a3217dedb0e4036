//! What one student may see of the set: made here, once, so that no format can show what is not in it.

use crate::class::{Class, Entry, Row, Score, Set, SetExercise};
use crate::late::{Extension, Late, Submitted};
use crate::points::Points;
use crate::redact::{StudentReport, Visibility};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// A student's own page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentSheet {
    /// See [`crate::class::VERSION`].
    pub version: u32,
    /// When it was put together.
    pub date: Time,
    /// What the set is called.
    pub title: String,
    /// When it was due.
    pub due: Option<Time>,
    /// What the student was promised.
    pub extension: Option<Extension>,
    /// Name of the student.
    pub student: String,
    /// In the order of the set.
    pub work: Vec<StudentWork>,
    /// What all of it is worth, if that may be seen.
    pub score: Option<Score>,
}

/// One exercise of a [`StudentSheet`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentWork {
    /// `chapter/exercise`.
    pub exercise: String,
    /// What it is called.
    pub title: String,
    /// Page of the book that teaches what it needs.
    pub read: String,
    /// How often something was handed in.
    pub attempts: usize,
    /// Which of these counts, from 1.
    pub counts: Option<usize>,
    /// When that one was handed in.
    pub submitted: Option<Submitted>,
    /// How late it was, and what that cost.
    pub late: Late,
    /// What may be seen of its report.
    pub report: Option<StudentReport>,
    /// What people grade. Empty where nothing may be seen.
    pub manual: Vec<StudentManual>,
    /// What it is worth in the set, if that may be seen.
    pub score: Option<Score>,
}

/// Something that people grade, for the student.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudentManual {
    /// What holds when it is met.
    pub title: String,
    /// Points; none as long as nobody looked at it.
    pub points: Option<Points>,
    /// Points that could be had.
    pub of: Points,
    /// What the person wrote.
    pub remark: String,
}

impl Class {
    /// The page of one student of the class.
    pub fn for_student(&self, row: &Row) -> StudentSheet {
        let entries = self.set.exercises.iter().zip(&row.entries);
        StudentSheet {
            version: self.version,
            date: self.date.clone(),
            title: self.set.title.clone(),
            due: self.set.due.clone(),
            extension: row.extension.clone(),
            student: row.student.name.clone(),
            work: entries.map(|(exercise, entry)| work(&self.set, exercise, entry)).collect(),
            score: sees_points(&self.set).then_some(row.score),
        }
    }
}

fn sees_points(set: &Set) -> bool {
    set.visibility > Visibility::Nothing
}

fn work(set: &Set, exercise: &SetExercise, entry: &Entry) -> StudentWork {
    let counted = entry.counted();
    StudentWork {
        exercise: exercise.exercise.clone(),
        title: exercise.title.clone(),
        read: exercise.read.clone(),
        attempts: entry.work.attempts.len(),
        counts: entry.counts.map(|at| at + 1),
        submitted: counted.map(|attempt| attempt.submitted.clone()),
        late: entry.late,
        report: counted.map(|attempt| attempt.graded.for_student(set.visibility)),
        manual: if sees_points(set) { manual(exercise, entry) } else { Vec::new() },
        score: sees_points(set).then_some(entry.score),
    }
}

fn manual(exercise: &SetExercise, entry: &Entry) -> Vec<StudentManual> {
    let told = |criterion: &crate::class::ManualCriterion| {
        let given = entry.work.manual.iter().find(|given| given.id == criterion.id);
        StudentManual {
            title: criterion.title.clone(),
            points: given.and_then(|given| given.points),
            of: criterion.points,
            remark: given.map(|given| given.remark.clone()).unwrap_or_default(),
        }
    };
    exercise.manual.iter().map(told).collect()
}
