//! The corpus of submissions that cheat: what they are, and how they are laid out as a student hands them in.
//!
//! A submission is a folder below `tests/hostile/submissions` with an `about.toml`. Its trick stands in its files; the
//! rest of the toolbox, which it solves honestly, is put in for a line `//@ honest: PART ...`, from the marked
//! parts of the exercise's solution. `@HERE@` becomes the folder in which it is laid out. What git cannot keep is built
//! by code ([`built`]), and so are archives ([`archives`]).
//!
//! Nothing here runs a submission. Outside of a jail, or the safety belt of [`crate::naive`], nobody should.

pub mod archives;
pub mod built;
pub mod siege;

use anyhow::{Context, Result, ensure};
use grader::task::Places;
use model::report::Outcome;
use model::starter;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The rows of the catalog of threats: what a submission attacks.
pub const ROWS: [(&str, &str); 6] = [
    ("B1", "verdict"),
    ("B2", "resources"),
    ("B3", "secrets"),
    ("B4", "machine and later submissions"),
    ("B5", "compiler"),
    ("B6", "unpacking"),
];

const ABOUT: &str = "about.toml";

/// Where exercises, suites and submissions of the corpus lie.
pub fn place() -> PathBuf {
    crate::root().join("tests/hostile")
}

/// The same for the grader.
pub fn places() -> Places {
    let (root, place) = (crate::root(), place());
    Places { exercises: place.join("exercises"), suites: place.join("suites"), ..Places::of_repository(&root) }
}

/// One submission of the corpus.
#[derive(Clone, Debug)]
pub struct Hostile {
    /// Name of its folder.
    pub name: String,
    /// Row of the catalog that it belongs to, see [`ROWS`].
    pub row: String,
    /// What it does, in one sentence.
    pub trick: String,
    /// The exercise that it pretends to solve, without its chapter, `bait`.
    pub exercise: String,
    /// Whether it is right, and only looks unusual.
    pub honest: bool,
    /// What the grader may answer. Passed for the honest ones, and for no other.
    pub outcomes: BTreeSet<Outcome>,
    /// Where its files lie, before they are laid out.
    pub folder: PathBuf,
    /// Whether files are built by code.
    built: bool,
}

/// The file `about.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    row: String,
    trick: String,
    exercise: String,
    kind: Kind,
    outcomes: BTreeSet<Outcome>,
    #[serde(default)]
    built: bool,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Hostile,
    Honest,
}

/// Reads the corpus, in the order of names.
///
/// # Errors
/// When a description is missing or contradicts itself; the message names the submission.
pub fn corpus() -> Result<Vec<Hostile>> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir(place().join("submissions"))? {
        let folder = entry?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.push(described(folder, &name).with_context(|| format!("in submission `{name}`"))?);
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn described(folder: PathBuf, name: &str) -> Result<Hostile> {
    let about: About = toml::from_str(&fs_err::read_to_string(folder.join(ABOUT))?)?;
    let honest = about.kind == Kind::Honest;
    ensure!(ROWS.iter().any(|(row, _)| *row == about.row), "there is no row `{}`", about.row);
    ensure!(!about.outcomes.is_empty(), "it names no outcome");
    let passes = BTreeSet::from([Outcome::Passed]);
    ensure!(!honest || about.outcomes == passes, "an honest submission passes, and nothing else");
    ensure!(honest || about.outcomes.is_disjoint(&passes), "a hostile submission must not pass");
    let (row, trick, exercise, outcomes, built) = (about.row, about.trick, about.exercise, about.outcomes, about.built);
    Ok(Hostile { name: name.to_owned(), row, trick, exercise, honest, outcomes, folder, built })
}

impl Hostile {
    /// Lays the submission out in a folder, which is made, exactly as a student would hand it in.
    ///
    /// # Errors
    /// When files cannot be read or written, or name a part that the solution does not have.
    pub fn lay_out(&self, to: &Path) -> Result<()> {
        fs_err::create_dir_all(to)?;
        let parts = Parts::of(&self.exercise)?;
        for path in self.files()? {
            let target = to.join(path.strip_prefix(&self.folder)?);
            fs_err::create_dir_all(target.parent().context("a file lies in a folder")?)?;
            match String::from_utf8(fs_err::read(&path)?) {
                Ok(text) => fs_err::write(&target, parts.put_into(&text)?.replace("@HERE@", &to.to_string_lossy()))?,
                Err(bytes) => fs_err::write(&target, bytes.as_bytes())?,
            }
            fs_err::set_permissions(&target, fs_err::metadata(&path)?.permissions())?;
        }
        if self.built { built::build(&self.name, to, &parts) } else { Ok(()) }
    }

    /// The files that it is made of, without its description, in order.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        walk(&self.folder, &mut files)?;
        files.retain(|path| path != &self.folder.join(ABOUT));
        files.sort();
        Ok(files)
    }

    /// Hash of everything that a naive grader sees of it: its files, the parts that are put in, the tests.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn hash(&self) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        };
        for path in self.files()? {
            add(path.strip_prefix(&self.folder)?.as_os_str().as_encoded_bytes());
            add(&fs_err::read(&path)?);
        }
        let suite = suite(&self.exercise);
        add(&fs_err::read(suite.join("solution.rs"))?);
        add(&fs_err::read(suite.join("naive/hidden.rs"))?);
        if self.built {
            add(include_bytes!("hostile/built.rs"));
        }
        Ok(hasher.finalize().to_hex()[..32].to_owned())
    }
}

/// The suite of an exercise of the corpus.
pub fn suite(exercise: &str) -> PathBuf {
    place().join("suites/bait").join(exercise)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// A solution in its parts, each behind a line `// ---- NAME ----`.
#[derive(Debug)]
pub struct Parts(Vec<(String, String)>);

impl Parts {
    /// The parts of an exercise's solution.
    ///
    /// # Errors
    /// When it cannot be read, or its marks are wrong.
    pub fn of(exercise: &str) -> Result<Self> {
        let solution = starter::solution(&fs_err::read_to_string(suite(exercise).join("solution.rs"))?)?;
        let mut parts: Vec<(String, String)> = Vec::new();
        for line in solution.lines() {
            let mark = line.strip_prefix("// ---- ").and_then(|rest| rest.strip_suffix(" ----"));
            match (mark, parts.last_mut()) {
                (Some(name), _) => parts.push((name.to_owned(), String::new())),
                (None, Some((_, text))) => text.push_str(&format!("{line}\n")),
                (None, None) => {}
            }
        }
        Ok(Self(parts))
    }

    /// The text of all parts.
    pub fn whole(&self) -> String {
        self.0.iter().map(|(_, text)| text.as_str()).collect()
    }

    fn put_into(&self, text: &str) -> Result<String> {
        let mut out = String::new();
        for line in text.split_inclusive('\n') {
            let Some(names) = line.strip_prefix("//@ honest: ") else {
                out.push_str(line);
                continue;
            };
            for name in names.split_whitespace() {
                let part = self.0.iter().find(|(known, _)| known == name);
                out.push_str(&part.with_context(|| format!("the solution has no part `{name}`"))?.1);
            }
        }
        Ok(out)
    }
}
