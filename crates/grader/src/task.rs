//! An exercise with its suite, as they lie on disk.

use crate::crates;
use crate::fault::Faults;
use anyhow::{Context, Result, bail};
use model::exercise::{Exercise, Suite, faults};
use model::starter;
use std::path::{Path, PathBuf};

/// Where things are.
#[derive(Clone, Debug)]
pub struct Places {
    /// The workspace that students receive, `exercises/`: its toolchain, its instruments.
    pub course: PathBuf,
    /// The exercises themselves, by chapter and name: the same folder, unless a set has its own.
    pub exercises: PathBuf,
    /// The suites that they do not: `tests/suites/`.
    pub suites: PathBuf,
    /// Sources of the crate `obs`.
    pub obs: PathBuf,
    /// Where the kit is built and kept.
    pub cache: PathBuf,
}

impl Places {
    /// The places within this repository.
    pub fn of_repository(root: &Path) -> Self {
        Self {
            course: root.join("exercises"),
            exercises: root.join("exercises"),
            suites: root.join("tests/suites"),
            obs: root.join("crates/obs"),
            cache: root.join("target/grader"),
        }
    }

    /// Every exercise that has a suite, as `chapter/exercise`, in order of name.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn tasks(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for chapter in folders(&self.suites)? {
            for exercise in folders(&self.suites.join(&chapter))? {
                names.push(format!("{chapter}/{exercise}"));
            }
        }
        Ok(names)
    }
}

fn folders(parent: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs_err::read_dir(parent)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// An exercise and everything that is needed to grade it.
#[derive(Clone, Debug)]
pub struct Task {
    /// `chapter/exercise`.
    pub name: String,
    /// What a learner knows.
    pub exercise: Exercise,
    /// What a learner does not.
    pub suite: Suite,
    /// The folder in `exercises/`.
    pub folder: PathBuf,
    /// The folder in `tests/suites/`.
    pub secret: PathBuf,
    /// The reference solution.
    pub solution: String,
    /// Programs that must not compile against a right library.
    pub refused: Vec<Refused>,
}

/// A program that a right library makes impossible.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Name of its file, without extension.
    pub name: String,
    /// What it tries.
    pub tried: String,
    /// The error that the compiler must report, like `E0505`.
    pub code: String,
    /// Criterion that it belongs to.
    pub criterion: String,
    /// The file.
    pub path: PathBuf,
}

impl Task {
    /// Reads an exercise and its suite.
    ///
    /// # Errors
    /// When a file is missing or wrong, when it names a crate that the course's lock does not, or when exercise and suite
    /// disagree: all disagreements at once.
    pub fn load(places: &Places, name: &str) -> Result<Self> {
        let (folder, secret) = (places.exercises.join(name), places.suites.join(name));
        let exercise: Exercise = read_toml(&folder.join("exercise.toml"))?;
        let unknown = crates::unknown(&exercise.crates, &folder.join("exercise.toml"), &places.course)?;
        if !unknown.is_empty() {
            return Err(Faults(unknown).into());
        }
        let suite: Suite = read_toml(&secret.join("criteria.toml"))?;
        let mut wrong = faults(&exercise, None);
        let path = secret.join("solution.rs");
        let solution =
            starter::solution(&fs_err::read_to_string(&path)?).with_context(|| format!("in {}", path.display()))?;
        let refused = refused(&secret.join("refuse"))?;
        wrong.extend(unknown_criteria(&exercise, &refused));
        wrong.extend(faults(&exercise, Some(&without_cases_for(&suite, &refused, &exercise))));
        wrong.dedup();
        if format!("{}/{}", exercise.chapter, exercise.id) != name {
            wrong.push(format!("it calls itself `{}/{}`", exercise.chapter, exercise.id));
        }
        if !wrong.is_empty() {
            bail!("exercise `{name}` and its suite disagree:\n  {}", wrong.join("\n  "));
        }
        Ok(Self { name: name.to_owned(), exercise, suite, folder, secret, solution, refused })
    }

    /// Name of the student's crate: the exercise's, with underscores.
    pub fn crate_name(&self) -> String {
        self.exercise.id.replace('-', "_")
    }

    /// Points that can be earned.
    pub fn points(&self) -> u32 {
        self.exercise.criterion.iter().map(|criterion| criterion.points).sum()
    }

    /// Files below the suite's folder `kind`: `alternatives` or `wrong`.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn variants(&self, kind: &str) -> Result<Vec<PathBuf>> {
        let folder = self.secret.join(kind);
        let mut paths = Vec::new();
        for entry in fs_err::read_dir(&folder)? {
            paths.push(entry?.path());
        }
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
        paths.sort();
        Ok(paths)
    }
}

/// A criterion may be met by what is refused alone; it then needs no case.
fn without_cases_for(suite: &Suite, refused: &[Refused], exercise: &Exercise) -> Suite {
    let mut suite = suite.clone();
    for refused in refused {
        if exercise.criterion.iter().any(|criterion| criterion.id == refused.criterion)
            && let Some(first) = suite.cases.first().cloned()
        {
            suite.cases.push(model::exercise::Case { criterion: refused.criterion.clone(), ..first });
        }
    }
    suite
}

fn unknown_criteria(exercise: &Exercise, refused: &[Refused]) -> Vec<String> {
    let known = |id: &str| exercise.criterion.iter().any(|criterion| criterion.id == id);
    refused
        .iter()
        .filter(|refused| !known(&refused.criterion))
        .map(|refused| {
            format!("refuse/{}.rs belongs to criterion `{}`, which does not exist", refused.name, refused.criterion)
        })
        .collect()
}

fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    toml::from_str(&fs_err::read_to_string(path)?).with_context(|| format!("in {}", path.display()))
}

/// What a file says of itself in its first lines, `//! key: value`.
pub fn said(text: &str, key: &str) -> Option<String> {
    let lines = text.lines().take_while(|line| line.starts_with("//!"));
    let mut values = lines.filter_map(|line| line.trim_start_matches("//!").trim().split_once(':'));
    values.find(|(found, _)| found.trim() == key).map(|(_, value)| value.trim().to_owned())
}

fn refused(folder: &Path) -> Result<Vec<Refused>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        let text = fs_err::read_to_string(&path)?;
        let say =
            |key: &str| said(&text, key).with_context(|| format!("{} has no line `//! {key}: ...`", path.display()));
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        found.push(Refused {
            name,
            tried: say("tried")?,
            code: say("code")?,
            criterion: say("criterion")?,
            path: path.clone(),
        });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}
