//! The exercises of a set as a workspace of their own: what a student receives, file by file, in memory. Only what is
//! named here comes along: no build folder, no editor's file, and no answer that a teacher wrote into a starter.

use anyhow::{Context, Result};
use fs_err as fs;
use model::exercise::Exercise;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml_edit::{Array, DocumentMut, Item};

use crate::course;
use crate::entry::Entry;
use crate::manifest::{self, Manifest};

/// Files by their paths, with `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Files at the top of the workspace that go along as they are, where they are there.
const AS_THEY_ARE: [&str; 4] = [".gitignore", "README.md", "rust-toolchain.toml", "rustfmt.toml"];

/// Files of an exercise besides those without which it cannot be checked.
const TO_READ: [&str; 3] = ["README.md", "exercise.toml", "hints.md"];

/// The package with the instruments.
pub const PROBE: &str = "probe";

/// An exercise with the texts of its files, relative to its folder.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// What its `exercise.toml` says.
    pub about: Exercise,
    /// Its files.
    pub files: BTreeMap<String, String>,
}

impl Delivered {
    /// Reads an exercise of a folder, with a starter in place of what its first file holds.
    ///
    /// # Errors
    /// When a file is missing that it cannot do without.
    pub fn read(folder: &Path, about: &Exercise, starter: String) -> Result<Self> {
        let entry = Entry { folder: folder.to_owned(), about: about.clone() };
        let mut files = BTreeMap::new();
        for name in entry.needed().chain(TO_READ) {
            files.insert(name.to_owned(), fs::read_to_string(folder.join(name))?);
        }
        let main = about.files.first().context("an exercise has a file to write in")?;
        files.insert(main.clone(), starter);
        Ok(Self { about: about.clone(), files })
    }

    /// `chapter/exercise`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.about.chapter, self.about.id)
    }

    /// Writes points of criteria into `exercise.toml`, and changes no other byte of it.
    ///
    /// # Errors
    /// When the file is no TOML.
    pub fn set_points(&mut self, points: &BTreeMap<String, u32>) -> Result<()> {
        let Some(text) = self.files.get_mut("exercise.toml") else { return Ok(()) };
        let mut document: DocumentMut = text.parse()?;
        let criteria = document.get_mut("criterion").and_then(Item::as_array_of_tables_mut);
        for (table, about) in criteria.into_iter().flat_map(|tables| tables.iter_mut()).zip(&mut self.about.criterion) {
            let Some(points) = points.get(&about.id).filter(|points| **points != about.points) else { continue };
            if let Some(Item::Value(value)) = table.get_mut("points") {
                let decor = value.decor().clone();
                *value = i64::from(*points).into();
                *value.decor_mut() = decor;
                about.points = *points;
            }
        }
        *text = document.to_string();
        Ok(())
    }
}

/// The workspace of `exercises`, which come from the course in `folder`.
///
/// # Errors
/// When a file cannot be read or understood.
pub fn workspace(folder: &Path, exercises: &[Delivered]) -> Result<Files> {
    let mut files = Files::new();
    for name in AS_THEY_ARE.iter().filter(|name| folder.join(name).is_file()) {
        files.insert((*name).to_owned(), fs::read(folder.join(name))?);
    }
    probe(folder, &mut files)?;
    for exercise in exercises {
        for (name, text) in &exercise.files {
            files.insert(format!("{}/{name}", exercise.name()), text.clone().into_bytes());
        }
    }
    let members: Vec<String> = std::iter::once(PROBE.to_owned()).chain(exercises.iter().map(Delivered::name)).collect();
    let packages: BTreeSet<&str> = exercises.iter().map(|exercise| exercise.about.id.as_str()).chain([PROBE]).collect();
    let edited = |name: &str, change: &dyn Fn(&mut DocumentMut)| edited(&folder.join(name), change);
    files.insert("Cargo.toml".to_owned(), edited("Cargo.toml", &|document| set_members(document, &members))?);
    files.insert("Cargo.lock".to_owned(), edited("Cargo.lock", &|document| prune(document, &packages))?);
    files.insert(course::FILE.to_owned(), order(exercises).into_bytes());
    let manifest = Manifest::delivered(exercises.iter().map(|exercise| (&exercise.about, &exercise.files)));
    files.insert(manifest::FILE.to_owned(), manifest.text()?.into_bytes());
    Ok(files)
}

/// The sources of the instruments, with their own tests.
fn probe(folder: &Path, files: &mut Files) -> Result<()> {
    let name = format!("{PROBE}/Cargo.toml");
    files.insert(name.clone(), fs::read(folder.join(&name))?);
    for part in ["src", "tests"] {
        sources(folder, &format!("{PROBE}/{part}"), files)?;
    }
    Ok(())
}

fn sources(folder: &Path, below: &str, files: &mut Files) -> Result<()> {
    for entry in fs::read_dir(folder.join(below))? {
        let entry = entry?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            sources(folder, &name, files)?;
        } else if name.ends_with(".rs") {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn edited(path: &Path, change: &dyn Fn(&mut DocumentMut)) -> Result<Vec<u8>> {
    let mut document: DocumentMut =
        fs::read_to_string(path)?.parse().with_context(|| format!("{} cannot be understood", path.display()))?;
    change(&mut document);
    Ok(document.to_string().into_bytes())
}

fn set_members(document: &mut DocumentMut, members: &[String]) {
    let mut array: Array = members.iter().map(String::as_str).collect();
    array.fmt();
    document["workspace"]["members"] = toml_edit::value(array);
}

/// Takes out of a lock file what none of the given packages needs: cargo would have to change it otherwise, which
/// `--locked` forbids.
fn prune(document: &mut DocumentMut, packages: &BTreeSet<&str>) {
    let Some(locked) = document.get_mut("package").and_then(Item::as_array_of_tables_mut) else { return };
    let named =
        |table: &toml_edit::Table, key: &str| table.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
    // A dependency is written as `name`, or as `name version` where there are several.
    let mut needed: BTreeSet<String> = packages.iter().map(|name| (*name).to_owned()).collect();
    loop {
        let before = needed.len();
        for table in locked.iter() {
            let (name, version) = (named(table, "name"), named(table, "version"));
            if needed.contains(&name) || needed.contains(&format!("{name} {version}")) {
                let dependencies = table.get("dependencies").and_then(Item::as_array).into_iter().flatten();
                needed.extend(dependencies.filter_map(|one| one.as_str().map(str::to_owned)));
            }
        }
        if needed.len() == before {
            break;
        }
    }
    locked.retain(|table| {
        let (name, version) = (named(table, "name"), named(table, "version"));
        needed.contains(&name) || needed.contains(&format!("{name} {version}"))
    });
}

/// The text of `course.toml`: chapters and exercises in the order of the set.
fn order(exercises: &[Delivered]) -> String {
    let mut chapters: Vec<(&str, Vec<&str>)> = Vec::new();
    for Delivered { about, .. } in exercises {
        match chapters.iter_mut().find(|(chapter, _)| *chapter == about.chapter) {
            Some((_, ids)) => ids.push(&about.id),
            None => chapters.push((&about.chapter, vec![&about.id])),
        }
    }
    let quoted =
        |names: &mut dyn Iterator<Item = &str>| names.map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let mut text = "# The order of the set: its chapters, and the exercises of each.\n".to_owned();
    text += &format!("chapters = [{}]\n", quoted(&mut chapters.iter().map(|(chapter, _)| *chapter)));
    for (chapter, ids) in &chapters {
        text += &format!("\n[chapter.{chapter}]\nexercises = [{}]\n", quoted(&mut ids.iter().copied()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"0.1.0\"\ndependencies = [\n \"libc 0.1.0\",\n \"probe\",\n]\n\n\
        [[package]]\nname = \"b\"\nversion = \"0.1.0\"\ndependencies = [\n \"libc 0.2.0\",\n]\n\n\
        [[package]]\nname = \"libc\"\nversion = \"0.1.0\"\nsource = \"registry\"\n\n\
        [[package]]\nname = \"libc\"\nversion = \"0.2.0\"\nsource = \"registry\"\n\n\
        [[package]]\nname = \"probe\"\nversion = \"0.1.0\"\n";

    #[test]
    fn a_lock_file_keeps_what_its_packages_need_as_it_was_written() {
        let mut document: DocumentMut = LOCK.parse().unwrap();
        prune(&mut document, &BTreeSet::from(["a", "probe"]));
        let (before, rest) = LOCK.split_once("[[package]]\nname = \"b\"").unwrap();
        let (first, second) = (
            rest.find("[[package]]").unwrap(),
            rest.find("[[package]]\nname = \"libc\"\nversion = \"0.2.0\"").unwrap(),
        );
        let third = rest.find("[[package]]\nname = \"probe\"").unwrap();
        assert_eq!(document.to_string(), format!("{before}{}{}", &rest[first..second], &rest[third..]));
    }

    #[test]
    fn points_are_changed_and_nothing_else_is() {
        let text = "id = 'e' # name\nchapter = 'c'\ntitle = 't'\nstep = 'check'\nminutes = 1\nfiles = ['src/lib.rs']\n\
                    unsafe = 'forbidden'\nread = 'c'\n\n[[criterion]]\nid = 'a'\ntitle = 'A'\npoints = 2 # two\n\
                    why = 'w'\nnext = 'n'\n\n[[criterion]]\nid = 'b'\ntitle = 'B'\npoints = 3\nwhy = 'w'\nnext = 'n'\n";
        let about = toml::from_str(text).unwrap();
        let mut exercise = Delivered { about, files: [("exercise.toml".to_owned(), text.to_owned())].into() };
        exercise.set_points(&[("a".to_owned(), 5), ("b".to_owned(), 3)].into()).unwrap();
        assert_eq!(exercise.files["exercise.toml"], text.replace("points = 2 # two", "points = 5 # two"));
        assert_eq!(exercise.about.criterion[0].points, 5);
    }
}
