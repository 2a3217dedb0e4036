//! A set on disk: its file, its exercises, its suites, its secret.

mod place;

use crate::fault::{Fault, Faults};
use crate::task::{Places, Task};
use model::class::{Set, Student};
use model::set::{Key, SetFile};
use std::path::{Path, PathBuf};

/// The name of a set's file.
pub const FILE: &str = "set.toml";

/// A set that is ready to be graded or given out.
#[derive(Clone, Debug)]
pub struct SetFolder {
    /// The file.
    pub path: PathBuf,
    /// What stands in it.
    pub file: SetFile,
    /// What it means, with its exercises.
    pub set: Set,
    /// Its exercises with their suites, in its order.
    pub tasks: Vec<Task>,
    /// Where these lie.
    pub places: Places,
}

impl SetFolder {
    /// Reads a set: `path` is its file or its folder. `course` is where exercises and suites lie that the set has not
    /// itself.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line.
    pub fn load(path: &Path, course: &Places) -> Result<Self, Faults> {
        let path = if path.is_dir() { path.join(FILE) } else { path.to_owned() };
        let text = fs_err::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let file: SetFile = toml::from_str(&text).map_err(|error| refused(&path, &text, &error))?;
        let places = places(&path, &file, course);
        let told = |faults: Vec<model::set::Fault>| {
            let placed = faults.iter().map(|fault| Fault::on(&path, place::line(&text, &fault.key), fault));
            let mut placed: Vec<Fault> = placed.collect();
            placed.sort();
            placed
        };
        let mut faults = told(file.faults());
        faults.extend(missing_folders(&path, &text, &file, &places));
        let mut tasks = Vec::new();
        for (at, exercise) in file.exercise.iter().enumerate() {
            let line = place::line(&text, &["exercise".into(), at.into(), "id".into()]);
            match Task::load(&places, &exercise.id) {
                Ok(task) => tasks.push(task),
                // What is no name at all was told already.
                Err(_) if faults.iter().any(|fault| fault.line == Some(line)) => {}
                Err(error) => faults.push(Fault::on(&path, line, ungradable(&exercise.id, &places, &error))),
            }
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let about: Vec<_> = tasks.iter().map(|task| task.exercise.clone()).collect();
        let set = file.set(&about).map_err(|faults| Faults(told(faults)))?;
        Ok(Self { path, file, set, tasks, places })
    }

    /// The folder of the set; paths in its file are relative to it.
    pub fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Extensions of somebody who is not in the class.
    pub fn strangers(&self, students: &[Student]) -> Vec<Fault> {
        let strangers = self.file.extension.keys().filter(|id| students.iter().all(|student| student.id != **id));
        strangers
            .map(|id| {
                let line = self.line(&["extension".into(), id.into()]);
                Fault::on(&self.path, line, format!("`{id}` has an extension and is not in the class list"))
            })
            .collect()
    }

    /// The line of a key of its file, from 1.
    pub fn line(&self, key: &[Key]) -> usize {
        std::fs::read_to_string(&self.path).map_or(1, |text| place::line(&text, key))
    }

    /// The class list.
    pub fn students(&self) -> PathBuf {
        self.folder().join(&self.file.students)
    }

    /// The file of the secret from which the seeds of hidden input are drawn.
    pub fn secret(&self) -> PathBuf {
        self.folder().join("secret")
    }
}

/// Why an exercise cannot be graded; of one that does not exist, which one may be meant.
fn ungradable(id: &str, places: &Places, error: &anyhow::Error) -> String {
    if places.exercises.join(id).is_dir() {
        return format!("`{id}` cannot be graded: {error:#}");
    }
    let known = places.tasks().unwrap_or_default();
    let near = known.iter().max_by(|a, b| strsim::jaro_winkler(id, a).total_cmp(&strsim::jaro_winkler(id, b)));
    let near = near.map_or(String::new(), |near| format!("; is it `{near}`?"));
    format!("there is no exercise `{id}`{near}")
}

fn places(path: &Path, file: &SetFile, course: &Places) -> Places {
    // A jail takes whole paths only.
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = whole.parent().unwrap_or(Path::new("."));
    let own = |given: &Option<String>, common: &Path| given.as_ref().map_or(common.to_owned(), |own| folder.join(own));
    Places {
        exercises: own(&file.exercises, &course.exercises),
        suites: own(&file.suites, &course.suites),
        ..course.clone()
    }
}

fn missing_folders(path: &Path, text: &str, file: &SetFile, places: &Places) -> Vec<Fault> {
    let (exercises, suites) = (&places.exercises, &places.suites);
    let mut faults = Vec::new();
    let mut fault = |key: &str, told: String| faults.push(Fault::on(path, place::line(text, &[key.into()]), told));
    if file.exercises.is_some() && !exercises.is_dir() {
        fault("exercises", format!("there is no folder {}", exercises.display()));
    } else if file.exercises.is_some() && !exercises.join("probe/Cargo.toml").is_file() {
        let told =
            "is no workspace of exercises: it has no package `probe`; `wdl set release` makes one that can be copied";
        fault("exercises", format!("{} {told}", exercises.display()));
    }
    if file.suites.is_some() && !suites.is_dir() {
        fault("suites", format!("there is no folder {}", suites.display()));
    }
    faults
}

fn unreadable(path: &Path, error: &std::io::Error) -> Faults {
    let advice = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file; `wdl set new` begins a set".to_owned(),
        _ => error.to_string(),
    };
    Fault::at(path, advice).into()
}

fn refused(path: &Path, text: &str, error: &toml::de::Error) -> Faults {
    let line = error.span().map_or(1, |span| place::line_of(text, span.start));
    Fault::on(path, line, error.message()).into()
}
