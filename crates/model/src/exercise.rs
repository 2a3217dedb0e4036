//! What an exercise says of itself (`exercise.toml`), and what its hidden suite demands (`criteria.toml`).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file `exercise.toml`: everything that a learner may know.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// Stable name, unique in the course; equals the folder and the package.
    pub id: String,
    /// Chapter that it belongs to, and the folder it lies in.
    pub chapter: String,
    /// What it is called.
    pub title: String,
    /// How hard it is meant to be.
    pub step: Step,
    /// Minutes that a learner needs for it, roughly.
    pub minutes: u32,
    /// Paths that a submission may hold, relative to the exercise.
    pub files: Vec<String>,
    /// Crates that a solution may use, besides the standard library.
    #[serde(default)]
    pub crates: Vec<String>,
    /// Whether `unsafe` may be used.
    #[serde(rename = "unsafe")]
    pub unsafe_code: UnsafeCode,
    /// Page of the book that teaches what is needed, `chapter/page`.
    pub read: String,
    /// Names that it had in earlier editions of the course.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What one case may use.
    #[serde(default)]
    pub limits: CaseLimits,
    /// What is graded, in the order in which a learner meets it.
    pub criterion: Vec<Criterion>,
}

/// How an exercise relates to what the chapter showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Repeats something that was shown.
    Check,
    /// Uses it in another place.
    Apply,
    /// Goes further than the text.
    Beyond,
}

impl Step {
    /// The word that learners see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Apply => "apply",
            Self::Beyond => "beyond",
        }
    }
}

/// Whether a solution may use `unsafe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnsafeCode {
    /// The compiler refuses it.
    Forbidden,
    /// It is part of the task, and the AddressSanitizer build looks at it.
    Allowed,
}

/// What one case of the hidden suite may use.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseLimits {
    /// Memory, like `256 MiB`.
    pub memory: String,
    /// Processor time in seconds.
    pub cpu_seconds: u64,
    /// Time on the clock in seconds: a wide net, since a busy machine is no fault.
    pub wall_seconds: f64,
}

/// Seconds on the clock that one case may take at most.
const WALL: f64 = 15.0;
/// Seconds of processor time that one case may take at most.
const CPU: u64 = 5;

impl Default for CaseLimits {
    fn default() -> Self {
        Self { memory: "512 MiB".into(), cpu_seconds: 5, wall_seconds: 15.0 }
    }
}

/// Something that earns points.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Name within the exercise.
    pub id: String,
    /// What holds when it is met, as a sentence without a full stop.
    pub title: String,
    /// What it is worth.
    pub points: u32,
    /// Criteria that must be met before this one is looked at.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Why it matters for memory, in one line.
    pub why: String,
    /// What to do when it is not met, in one line.
    pub next: String,
    /// Page of the book, where it is another than the exercise's.
    #[serde(default)]
    pub read: Option<String>,
    /// The visible tests that check it.
    #[serde(default)]
    pub tests: Vec<String>,
}

/// The file `criteria.toml`: the cases of the hidden driver and the bounds of its meters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    /// The cases, in the order in which they are run.
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
}

/// One case of a driver: a process of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Name in the driver's table.
    pub name: String,
    /// Criterion that it belongs to.
    pub criterion: String,
    /// What the driver reads as its size.
    #[serde(default)]
    pub size: u64,
    /// Bounds by meter.
    #[serde(default)]
    pub meters: BTreeMap<String, Bounds>,
    /// A cost that must grow at a certain rate. The case then runs at two sizes.
    #[serde(default)]
    pub growth: Option<Growth>,
    /// Whether the case also runs in the AddressSanitizer build.
    #[serde(default)]
    pub asan: bool,
}

/// The readings of a meter that are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// The smallest.
    #[serde(default)]
    pub least: Option<Bound>,
    /// The largest.
    #[serde(default)]
    pub most: Option<Bound>,
}

/// A number, or a sum of a constant, a part for each unit of the size, and a multiple of what the
/// reference solution reads.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Bound {
    /// The same for every size.
    Constant(f64),
    /// A sum.
    Sum(Sum),
}

/// The parts of a bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sum {
    /// The same for every size.
    pub constant: f64,
    /// For each unit of the case's size.
    pub per_size: f64,
    /// Times what the reference reads in the same case.
    pub reference: f64,
}

impl Bound {
    /// The bound for a case of a certain size, given the reference's reading.
    pub fn at(self, size: u64, reference: u64) -> f64 {
        let sum = match self {
            Self::Constant(constant) => Sum { constant, ..Sum::default() },
            Self::Sum(sum) => sum,
        };
        sum.constant + sum.per_size * size as f64 + sum.reference * reference as f64
    }
}

/// A meter whose reading at the second size, divided by the one at the first, must lie in a band.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// The two sizes, the smaller first.
    pub sizes: [u64; 2],
    /// The meter.
    pub meter: String,
    /// The smallest and the largest ratio that is right.
    pub band: [f64; 2],
}

/// What is wrong with an exercise, or with a suite for it: every mistake as a sentence.
pub fn faults(exercise: &Exercise, suite: Option<&Suite>) -> Vec<String> {
    let mut faults = Vec::new();
    if exercise.limits.wall_seconds > WALL || exercise.limits.cpu_seconds > CPU {
        faults.push(format!(
            "a case may take at most {CPU} seconds of processor time and {WALL} on the clock: nobody's submission shall \
             hold up a class"
        ));
    }
    let known = |id: &str| exercise.criterion.iter().any(|criterion| criterion.id == id);
    for (index, criterion) in exercise.criterion.iter().enumerate() {
        let id = &criterion.id;
        if exercise.criterion[..index].iter().any(|earlier| earlier.id == *id) {
            faults.push(format!("criterion `{id}` stands twice"));
        }
        for need in &criterion.needs {
            if !exercise.criterion[..index].iter().any(|earlier| earlier.id == *need) {
                faults.push(format!("criterion `{id}` needs `{need}`, which does not stand before it"));
            }
        }
        if criterion.points == 0 {
            faults.push(format!("criterion `{id}` is worth nothing"));
        }
    }
    for case in suite.iter().flat_map(|suite| &suite.cases) {
        if !known(&case.criterion) {
            faults
                .push(format!("case `{}` belongs to criterion `{}`, which does not exist", case.name, case.criterion));
        }
        if let Some(growth) = &case.growth
            && (growth.sizes[0] == 0 || growth.sizes[0] >= growth.sizes[1] || growth.band[0] > growth.band[1])
        {
            faults
                .push(format!("the growth of case `{}` needs two rising sizes and a band from low to high", case.name));
        }
    }
    if let Some(suite) = suite {
        for criterion in &exercise.criterion {
            if !suite.cases.iter().any(|case| case.criterion == criterion.id) {
                faults.push(format!("no case looks at criterion `{}`", criterion.id));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXERCISE: &str = r#"
id = "drop-list"
chapter = "stack-limits"
title = "Take a list apart"
step = "apply"
minutes = 30
files = ["src/lib.rs"]
unsafe = "forbidden"
read = "stack-limits/cures"

[[criterion]]
id = "contents"
title = "The list holds what was pushed"
points = 2
why = "w"
next = "n"

[[criterion]]
id = "depth"
title = "It can be dropped"
points = 3
needs = ["contents"]
why = "w"
next = "n"
"#;

    fn exercise(text: &str) -> Exercise {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_bound_is_the_sum_of_its_parts() {
        let suite: Suite = toml::from_str(
            "[[case]]\nname = \"a\"\ncriterion = \"contents\"\nmeters = { live = { most = { constant = 3, per_size = 2.0, reference = 1.5 } } }\n",
        )
        .unwrap();
        let most = suite.cases[0].meters["live"].most.unwrap();
        assert_eq!(most.at(10, 4), 29.0);
        assert_eq!(Bound::Constant(7.0).at(10, 4), 7.0);
    }

    #[test]
    fn every_mistake_between_exercise_and_suite_is_told() {
        let suite: Suite = toml::from_str(
            "[[case]]\nname = \"a\"\ncriterion = \"contents\"\n[[case]]\nname = \"b\"\ncriterion = \"deep\"\ngrowth = { sizes = [8, 1], meter = \"cost\", band = [1, 2] }\n",
        )
        .unwrap();
        let exercise = exercise(&EXERCISE.replace("needs = [\"contents\"]", "needs = [\"content\"]"));
        assert_eq!(
            faults(&exercise, Some(&suite)),
            [
                "criterion `depth` needs `content`, which does not stand before it",
                "case `b` belongs to criterion `deep`, which does not exist",
                "the growth of case `b` needs two rising sizes and a band from low to high",
                "no case looks at criterion `depth`",
            ]
        );
    }

    #[test]
    fn an_exercise_without_a_mistake_has_none() {
        assert_eq!(faults(&exercise(EXERCISE), None), Vec::<String>::new());
        assert!(toml::from_str::<Exercise>(&EXERCISE.replace("minutes", "minute")).is_err());
    }
}
