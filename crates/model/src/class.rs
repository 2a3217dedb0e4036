//! A graded class: who handed in what, what it earned, what lateness cost, what is still to be graded by a person.
//!
//! It is what every report for a teacher is made from, and what [`crate::sheet`] makes a student's own page from. As a
//! file it is described by `crates/model/schemas/class.schema.json`.

use crate::graded::Graded;
use crate::late::{Attempts, Extension, Late, LatePolicy, Submitted};
use crate::points::Points;
use crate::redact::Visibility;
use crate::time::Time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of this shape, raised when a member changes its meaning.
pub const VERSION: u32 = 1;

/// A set and everybody's work on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// See [`VERSION`].
    pub version: u32,
    /// When this was put together, as the caller says: nothing here asks a clock.
    pub date: Time,
    /// What was to be done.
    pub set: Set,
    /// In the order of the class list.
    pub rows: Vec<Row>,
}

/// What was to be done, and how it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// Stable name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it is due; without it, nothing is late.
    pub due: Option<Time>,
    /// What handing in late costs.
    pub late: LatePolicy,
    /// Which attempt counts.
    pub attempts: Attempts,
    /// What students may see of their reports.
    pub visibility: Visibility,
    /// What a gradebook gets for who handed in nothing.
    pub missing: Missing,
    /// In the order in which they are to be done.
    pub exercises: Vec<SetExercise>,
}

/// What a gradebook gets for a student who handed in nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// No points.
    #[default]
    Zero,
    /// What stands there already.
    Blank,
}

/// An exercise of a set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetExercise {
    /// `chapter/exercise`.
    pub exercise: String,
    /// What it is called.
    pub title: String,
    /// Page of the book that teaches what it needs, `chapter/page`.
    pub read: String,
    /// Points that its suite gives.
    pub points: u32,
    /// By what its points, also those that people give, are multiplied in the set: 1 counts them as they are.
    pub weight: Points,
    /// What a person grades.
    pub manual: Vec<ManualCriterion>,
}

/// Something that only a person can grade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManualCriterion {
    /// Name within the exercise.
    pub id: String,
    /// What holds when it is met.
    pub title: String,
    /// What it is worth.
    pub points: Points,
}

/// One student of the class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Student {
    /// What nobody else of the class has: the school's number, where there is one.
    pub id: String,
    /// As it is to be shown.
    pub name: String,
    /// What the learning platform calls a login or a user name.
    pub login: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Group within the class.
    pub section: Option<String>,
    /// Every column of the platform's list by its header, also those that nobody here understands.
    pub columns: BTreeMap<String, String>,
}

/// A student's work on a set, with what it is worth. [`Row::settled`](crate::settle) makes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Who.
    pub student: Student,
    /// What was promised, if anything.
    pub extension: Option<Extension>,
    /// For each exercise of the set, in its order.
    pub entries: Vec<Entry>,
    /// What all of it is worth.
    pub score: Score,
}

/// A student's work on one exercise, with what it is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What was handed in and said of it.
    pub work: Work,
    /// The place in `work.attempts` of the one that counts, if there is one.
    pub counts: Option<usize>,
    /// How late that one was, and what it cost.
    pub late: Late,
    /// Points before that, as the suite and the people gave them, without the weight.
    pub earned: Points,
    /// What it is worth in the set.
    pub score: Score,
}

/// What a student handed in for one exercise, and what people said of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// In the order in which they were handed in.
    pub attempts: Vec<Attempt>,
    /// What people gave, for each manual criterion of the exercise that somebody looked at.
    pub manual: Vec<ManualPoints>,
}

/// One submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// When it was handed in. Grading it again changes nothing here.
    pub submitted: Submitted,
    /// What came of it.
    pub graded: Graded,
}

/// What a person gave for a manual criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManualPoints {
    /// Name of the criterion.
    pub id: String,
    /// Points; none as long as it is blank.
    pub points: Option<Points>,
    /// What the person wrote to the student.
    pub remark: String,
}

/// Points, and whether they can still rise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Points after penalty and weight. What is still blank counts nothing.
    pub points: Points,
    /// Points that could be had.
    pub of: Points,
    /// Whether nothing is blank.
    pub is_final: bool,
}

impl SetExercise {
    /// Points that could be had for it in the set.
    pub fn worth(&self) -> Points {
        let manual: Points = self.manual.iter().map(|criterion| criterion.points).sum();
        self.weighted(Points::whole(self.points) + manual)
    }

    /// Points as they count in the set.
    pub fn weighted(&self, points: Points) -> Points {
        points.share(self.weight.in_hundredths(), 100)
    }
}

impl Set {
    /// Points that could be had for all of it.
    pub fn worth(&self) -> Points {
        self.exercises.iter().map(SetExercise::worth).sum()
    }
}

impl Entry {
    /// The attempt that counts, if there is one.
    pub fn counted(&self) -> Option<&Attempt> {
        self.work.attempts.get(self.counts?)
    }
}

impl Row {
    /// Whether nothing counts, because nothing was handed in.
    pub fn is_missing(&self) -> bool {
        self.entries.iter().all(|entry| entry.counts.is_none())
    }
}
