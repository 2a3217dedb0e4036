//! A graded set as its teacher writes it: the file `set.toml`. It is described by
//! `crates/model/schemas/set.schema.json`, with which an editor completes and checks it.

use crate::class::{ManualCriterion, Missing, Set, SetExercise};
use crate::exercise::Exercise;
use crate::late::{Attempts, Extension, LatePolicy};
use crate::points::Points;
use crate::redact::Visibility;
use crate::report::{Outcome, Report};
use crate::time::Time;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The description of [`SetFile`] as a JSON Schema, for editors.
pub const SCHEMA: &str = include_str!("../schemas/set.schema.json");

/// The file `set.toml`. Paths in it are relative to it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetFile {
    /// Stable name: small letters, digits and hyphens.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it is due; without it, nothing is late.
    pub due: Option<Time>,
    /// The class list, a CSV file.
    #[serde(default = "students")]
    pub students: String,
    /// A folder with the exercises, where they are not the course's own.
    pub exercises: Option<String>,
    /// A folder with private suites, where they are not the ones that anybody can read.
    pub suites: Option<String>,
    /// The number from which the exercises' variants were drawn, if there are any.
    pub variant: Option<u64>,
    /// What students may see of their reports.
    #[serde(default = "criterion")]
    pub visibility: Visibility,
    /// What a gradebook gets for who handed in nothing.
    #[serde(default)]
    pub missing: Missing,
    /// What handing in late costs.
    #[serde(default)]
    pub late: LatePolicy,
    /// Which attempt counts.
    #[serde(default)]
    pub attempts: Attempts,
    /// In the order in which they are to be done.
    pub exercise: Vec<ExerciseOfSet>,
    /// What single students were promised, by their id in the class list.
    #[serde(default)]
    pub extension: BTreeMap<String, Promise>,
}

fn students() -> String {
    "students.csv".to_owned()
}

fn criterion() -> Visibility {
    Visibility::Criterion
}

fn one() -> Points {
    Points::whole(1)
}

/// An exercise of a set, as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExerciseOfSet {
    /// `chapter/exercise`.
    pub id: String,
    /// By what its points are multiplied.
    #[serde(default = "one")]
    pub weight: Points,
    /// Points of criteria, where they are not the exercise's own.
    #[serde(default)]
    pub points: BTreeMap<String, u32>,
    /// What a person grades.
    #[serde(default)]
    pub manual: Vec<ManualCriterion>,
}

/// What one student was promised: days, or a time, and perhaps why.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// More days, of 24 hours.
    pub days: Option<u32>,
    /// A due time of one's own.
    pub until: Option<Time>,
    /// For the teacher; shown nowhere.
    pub reason: Option<String>,
}

impl Promise {
    /// What it amounts to; nothing, where it is not exactly one of both.
    pub fn extension(&self) -> Option<Extension> {
        match (self.days, &self.until) {
            (Some(days), None) => Some(Extension::Days(days)),
            (None, Some(until)) => Some(Extension::Until(until.clone())),
            _ => None,
        }
    }
}

/// What is wrong in a set, and at which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From the top of the file.
    pub key: Vec<Key>,
    /// What is wrong, and what to write instead.
    pub text: String,
}

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Into a table.
    Name(String),
    /// Into an array, from 0.
    At(usize),
}

impl From<&str> for Key {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<usize> for Key {
    fn from(at: usize) -> Self {
        Self::At(at)
    }
}

/// As TOML writes it, with places counted from 1: `exercise 2, points`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, key) in self.key.iter().enumerate() {
            match key {
                Key::Name(name) if at == 0 => write!(f, "`{name}`")?,
                Key::Name(name) => write!(f, ", `{name}`")?,
                Key::At(place) => write!(f, " {}", place + 1)?,
            }
        }
        write!(f, ": {}", self.text)
    }
}

impl SetFile {
    /// What is wrong with it by itself.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        if !is_plain(&self.id) {
            faults.add(["id"], format!("`{}` is no name: small letters, digits and hyphens, like `week-5`", self.id));
        }
        if self.title.trim().is_empty() {
            faults.add(["title"], "it is empty");
        }
        for (key, percent) in [("percent_per_day", self.late.percent_per_day), ("cap_percent", self.late.cap_percent)] {
            if percent > 100 {
                faults.add(["late", key], format!("{percent} percent: 100 is everything"));
            }
        }
        if self.attempts.at_most == Some(0) {
            faults.add(["attempts", "at_most"], "with no attempt nobody can earn anything; leave it out to take all");
        }
        if self.due.is_none() && !self.extension.is_empty() {
            faults.add(["extension"], "without `due` nothing is late, and nobody needs an extension");
        }
        for (student, promise) in &self.extension {
            if promise.extension().is_none() {
                faults.add(["extension", student], "write either `days` or `until`");
            }
        }
        if self.exercise.is_empty() {
            faults.add(["exercise"], "a set has at least one exercise");
        }
        let mut known = BTreeSet::new();
        for (at, exercise) in self.exercise.iter().enumerate() {
            if !known.insert(&exercise.id) {
                faults
                    .add([Key::from("exercise"), at.into(), "id".into()], format!("`{}` is there twice", exercise.id));
            }
            exercise.check(at, &mut faults);
        }
        faults.0
    }

    /// The set, once every exercise was read. `about` has one for each of the set's, in its order.
    ///
    /// # Errors
    /// What does not fit the exercises: all of it.
    pub fn set(&self, about: &[Exercise]) -> Result<Set, Vec<Fault>> {
        let mut faults = Faults::default();
        let mut exercises = Vec::new();
        for (at, (exercise, about)) in self.exercise.iter().zip(about).enumerate() {
            exercise.check_with(about, at, &mut faults);
            let points = about.criterion.iter().map(|criterion| exercise.points_of(&criterion.id, criterion.points));
            exercises.push(SetExercise {
                exercise: exercise.id.clone(),
                title: about.title.clone(),
                read: about.read.clone(),
                points: points.sum(),
                weight: exercise.weight,
                manual: exercise.manual.clone(),
            });
        }
        if !faults.0.is_empty() {
            return Err(faults.0);
        }
        Ok(Set {
            id: self.id.clone(),
            title: self.title.clone(),
            due: self.due.clone(),
            late: self.late,
            attempts: self.attempts,
            visibility: self.visibility,
            missing: self.missing,
            exercises,
        })
    }
}

impl ExerciseOfSet {
    /// What a criterion is worth here.
    pub fn points_of(&self, criterion: &str, own: u32) -> u32 {
        self.points.get(criterion).copied().unwrap_or(own)
    }

    /// A report as this set counts it. `worth` is what the exercise is worth here.
    pub fn counted(&self, report: &Report, worth: u32) -> Report {
        let mut report = report.clone();
        for criterion in &mut report.criteria {
            let here = self.points_of(&criterion.id, criterion.of);
            // A criterion is met or missed; there is nothing in between.
            criterion.points = if criterion.outcome == Outcome::Passed { here } else { 0 };
            criterion.of = here;
        }
        report.points = report.criteria.iter().map(|criterion| criterion.points).sum();
        report.of = worth;
        report
    }

    /// A counted report with its points multiplied, where these stay whole.
    pub fn weighted(&self, report: &Report) -> Option<Report> {
        let times = |points: u32| {
            let hundredths = u64::from(points) * self.weight.in_hundredths();
            u32::try_from(hundredths / 100).ok().filter(|_| hundredths.is_multiple_of(100))
        };
        let mut report = report.clone();
        for criterion in &mut report.criteria {
            (criterion.points, criterion.of) = (times(criterion.points)?, times(criterion.of)?);
        }
        (report.points, report.of) = (times(report.points)?, times(report.of)?);
        Some(report)
    }

    fn check(&self, at: usize, faults: &mut Faults) {
        let key = |name: &str| [Key::from("exercise"), at.into(), name.into()];
        if self.id.split('/').count() != 2 || !self.id.split('/').all(is_plain) {
            let told = format!("`{}` names no exercise: write `chapter/exercise`, as `wdl list` does", self.id);
            faults.add(key("id"), told);
        }
        if self.weight == Points::ZERO {
            faults.add(key("weight"), "with weight 0 nobody can earn anything; leave the exercise out instead");
        }
        for (place, manual) in self.manual.iter().enumerate() {
            let key = |name: &str| [Key::from("exercise"), at.into(), "manual".into(), place.into(), name.into()];
            if !is_plain(&manual.id) {
                faults.add(key("id"), format!("`{}` is no name: small letters, digits and hyphens", manual.id));
            }
            if self.manual[..place].iter().any(|earlier| earlier.id == manual.id) {
                faults.add(key("id"), format!("`{}` is there twice", manual.id));
            }
        }
    }

    fn check_with(&self, about: &Exercise, at: usize, faults: &mut Faults) {
        let known: Vec<&str> = about.criterion.iter().map(|criterion| criterion.id.as_str()).collect();
        for id in self.points.keys().filter(|id| !known.contains(&id.as_str())) {
            let key = [Key::from("exercise"), at.into(), "points".into(), id.as_str().into()];
            faults.add(key, format!("`{}` has no such criterion; it has {}", self.id, known.join(", ")));
        }
        for (place, manual) in self.manual.iter().enumerate().filter(|(_, manual)| known.contains(&manual.id.as_str()))
        {
            let key = [Key::from("exercise"), at.into(), "manual".into(), place.into(), "id".into()];
            faults.add(key, format!("the suite of `{}` has a criterion `{}` already", self.id, manual.id));
        }
    }
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, key: impl IntoIterator<Item = impl Into<Key>>, text: impl Into<String>) {
        self.0.push(Fault { key: key.into_iter().map(Into::into).collect(), text: text.into() });
    }
}

impl From<&String> for Key {
    fn from(name: &String) -> Self {
        Self::Name(name.clone())
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests;
