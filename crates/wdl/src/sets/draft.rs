//! A new set: its folder, file by file.

use anyhow::{Context, Result};
use fs_err as fs;
use grader::fault::{Fault, Faults};
use grader::set::{FILE, SetFolder};
use grader::task::{Places, Task};
use grader::unit;
use grader::variant::{self, Variant};
use model::set::SCHEMA;
use model::{starter, variant as options};
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::place;
use super::text::{self, About};
use super::workspace::{self, Delivered, Files};
use crate::Usage;

/// What a teacher asked for.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The exercises, in their order.
    pub tasks: Vec<Task>,
    /// What it is called, if anything.
    pub title: Option<String>,
    /// When it is due.
    pub due: Option<String>,
    /// A class list to begin with.
    pub students: Option<PathBuf>,
    /// A number to draw variants from.
    pub variant: Option<u64>,
    /// Whether the suites are copied, to be changed.
    pub private: bool,
}

/// Files that are no business of anybody's repository.
const IGNORED: &str = "# What nobody else may know, and what can be made again.\nsecret\ngraded/\n";

const STUDENTS: &str = "id,name,login,email,section\n# s1234567,Ada Example,ada,ada@example.org,group 1\n";

impl Draft {
    /// Makes the folder: whole, or not at all.
    ///
    /// # Errors
    /// When something is in its place, and everything that keeps its exercises from being graded.
    pub fn write(&self, folder: &Path, course: &Places) -> Result<SetFolder> {
        place::must_be_free(folder)?;
        let name = std::path::absolute(folder)?;
        let name = name.file_name().context("the folder has no name")?.to_string_lossy().into_owned();
        let files = self.files(&name, course)?;
        place::whole(folder, |made| {
            place::write(made, &files)?;
            write_secret(&made.join("secret"))?;
            // What is written here must be right as it is.
            SetFolder::load(made, course).map(drop).map_err(Into::into)
        })?;
        Ok(SetFolder::load(folder, course)?)
    }

    fn files(&self, name: &str, course: &Places) -> Result<Files> {
        let variants = self.variants()?;
        let mut files = Files::new();
        if let Some(variants) = &variants {
            add_variants(&mut files, variants, course)?;
        } else if self.private {
            for task in &self.tasks {
                copy_suite(&mut files, task)?;
            }
        }
        let id = text::id(name);
        let about = About {
            title: self.title.clone().unwrap_or_else(|| text::title(&id)),
            id,
            due: self.due.clone(),
            own_exercises: variants.is_some(),
            own_suites: variants.is_some() || self.private,
            variant: self.variant,
        };
        let drawn: Vec<Vec<String>> = variants.iter().flatten().map(|variant| variant.chosen.clone()).collect();
        let students = match &self.students {
            Some(path) => fs::read(path).map_err(|error| Usage(format!("the class list cannot be read: {error}")))?,
            None => STUDENTS.into(),
        };
        let own = [
            (FILE, text::set(&about, &self.tasks, &drawn).into_bytes()),
            ("set.schema.json", SCHEMA.into()),
            ("students.csv", students),
            (".gitignore", IGNORED.into()),
        ];
        files.extend(own.map(|(name, bytes)| (name.to_owned(), bytes)));
        Ok(files)
    }

    /// A variant of every exercise, if any is wanted.
    fn variants(&self) -> Result<Option<Vec<Variant>>> {
        let Some(seed) = self.variant else { return Ok(None) };
        let (mut variants, mut faults) = (Vec::new(), Vec::new());
        for task in &self.tasks {
            match variant::read(task)? {
                Some(known) => variants.push(variant::make(task, &known, &variant::draw(&known, seed, &task.name))?),
                None => faults.push(Fault::at(
                    task.secret.join(options::FILE),
                    format!("there is no such file, so `{}` has no variants", task.name),
                )),
            }
        }
        if faults.is_empty() { Ok(Some(variants)) } else { Err(Faults(faults).into()) }
    }
}

/// Nobody else may read it, not even while it is written.
fn write_secret(path: &Path) -> Result<()> {
    let secret: String = unit::random()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    Ok(file.write_all(format!("{secret}\n").as_bytes())?)
}

fn add_variants(files: &mut Files, variants: &[Variant], course: &Places) -> Result<()> {
    let delivered: Vec<Delivered> =
        variants.iter().map(|one| Delivered { about: one.about.clone(), files: one.exercise.clone() }).collect();
    for (name, bytes) in workspace::workspace(&course.exercises, &delivered)? {
        files.insert(format!("exercises/{name}"), bytes);
    }
    for (variant, delivered) in variants.iter().zip(&delivered) {
        for (name, text) in &variant.suite {
            files.insert(format!("suites/{}/{name}", delivered.name()), text.clone().into_bytes());
        }
    }
    Ok(())
}

/// The suite as it is, but for its variants: what is private now is changed by hand.
fn copy_suite(files: &mut Files, task: &Task) -> Result<()> {
    for (name, bytes) in place::read(&task.secret)? {
        let is_source = name.ends_with(".rs") || name.ends_with(".toml");
        if is_source && name != options::FILE {
            files.insert(format!("suites/{}/{name}", task.name), bytes);
        }
    }
    Ok(())
}

/// The starter of an exercise, which its suite makes: what lies in its folder may be somebody's answer.
///
/// # Errors
/// When the solution cannot be read, or its marks are wrong.
pub fn starter_of(task: &Task) -> Result<String> {
    let path = task.secret.join("solution.rs");
    starter::starter(&fs::read_to_string(&path)?).with_context(|| format!("in {}", path.display()))
}
