//! The course: which exercises there are, in which order, and how one is named.

use anyhow::{Context, Result};
use fs_err as fs;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::Usage;
use crate::entry::Entry;

/// The variable that says where the course is, when it is not above the current directory.
pub const VARIABLE: &str = "WDL_COURSE";

/// The file that lists the chapters and their exercises.
pub const FILE: &str = "course.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listing {
    chapters: Vec<String>,
    #[serde(default)]
    chapter: BTreeMap<String, Chapter>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chapter {
    exercises: Vec<String>,
}

/// All exercises, in the order in which they are met.
#[derive(Debug)]
pub struct Course {
    /// The folder that holds `course.toml`.
    pub folder: PathBuf,
    /// What `course.toml` lists.
    pub slots: Vec<Slot>,
}

/// A line of the list.
#[derive(Debug)]
pub struct Slot {
    /// The chapter.
    pub chapter: String,
    /// The exercise's stable name.
    pub id: String,
    /// The exercise, or what is wrong with it: a fault of the course, which must not stop the others.
    pub entry: Result<Entry, String>,
}

impl Course {
    /// Reads the course that belongs to the current directory.
    ///
    /// # Errors
    /// [`Usage`] when there is none; anything else when `course.toml` cannot be understood.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current directory cannot be read")?;
        let folder = match std::env::var_os(VARIABLE) {
            Some(folder) => course_in(&here.join(&folder)).ok_or_else(|| {
                let folder = Path::new(&folder).display();
                Usage(format!("{VARIABLE} is `{folder}`, and there is no {FILE} there; correct it, or unset it"))
            })?,
            None => here.ancestors().find_map(course_in).ok_or_else(|| {
                Usage(format!(
                    "there is no course here: neither `{}` nor a folder above it holds `{FILE}` or `exercises/{FILE}`; \
                     change into the folder of the exercises, or say where it is with {VARIABLE}",
                    here.display()
                ))
            })?,
        };
        Self::load(folder)
    }

    /// Reads the course of a folder.
    ///
    /// # Errors
    /// When `course.toml` cannot be read or understood.
    pub fn load(folder: PathBuf) -> Result<Self> {
        let path = folder.join(FILE);
        let listing: Listing = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| anyhow::anyhow!("{}: {}", path.display(), error.to_string().trim_end()))?;
        let mut slots = Vec::new();
        for chapter in &listing.chapters {
            let exercises = listing.chapter.get(chapter).map(|chapter| chapter.exercises.as_slice());
            for id in exercises.unwrap_or_default() {
                let entry = Entry::load(&folder.join(chapter).join(id), chapter, id);
                let entry = entry.map_err(|error| format!("{error:#}"));
                slots.push(Slot { chapter: chapter.clone(), id: id.clone(), entry });
            }
        }
        Ok(Self { folder, slots })
    }

    /// The exercises that can be done.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.slots.iter().filter_map(|slot| slot.entry.as_ref().ok())
    }

    /// The exercise of this name: `drop-list`, `stack-limits/drop-list`, or a name that it had before.
    ///
    /// # Errors
    /// [`Usage`] when there is none, with the nearest name; another error when the course is at fault.
    pub fn entry(&self, name: &str) -> Result<&Entry> {
        self.lookup(name)?.ok_or_else(|| Usage(self.unknown(name)).into())
    }

    /// The exercise of this name, as [`entry`](Self::entry) finds it. `None` when there is none.
    ///
    /// # Errors
    /// When there is one, and the course is at fault.
    pub fn lookup(&self, name: &str) -> Result<Option<&Entry>> {
        let name = name.trim_end_matches('/');
        let named = |slot: &&Slot| slot.id == name || format!("{}/{}", slot.chapter, slot.id) == name;
        if let Some(slot) = self.slots.iter().find(named) {
            let broken = |fault: &String| anyhow::anyhow!("`{name}` cannot be done, the course is at fault: {fault}");
            return slot.entry.as_ref().map(Some).map_err(broken);
        }
        let id = without_chapter(name);
        Ok(self.entries().find(|entry| entry.about.aliases.iter().any(|alias| alias == id)))
    }

    fn unknown(&self, name: &str) -> String {
        let advice = self.nearest(name).map(|nearest| format!("is it `{nearest}`?"));
        format!("there is no exercise `{name}`; {}", advice.unwrap_or_else(|| "`wdl list` shows all".to_owned()))
    }

    /// The exercise that may be meant by a name that none has.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(without_chapter(name), self.slots.iter().map(|slot| slot.id.as_str()))
    }

    /// The exercise in whose folder the current directory lies.
    pub fn here(&self) -> Option<&Entry> {
        let here = std::env::current_dir().and_then(std::fs::canonicalize).ok()?;
        self.entries().find(|entry| std::fs::canonicalize(&entry.folder).is_ok_and(|folder| here.starts_with(folder)))
    }

    /// The folder of an exercise's hidden suite, in a copy of the course that has it.
    pub fn suite(&self, entry: &Entry) -> Option<PathBuf> {
        let folder = self.folder.parent()?.join("tests").join("suites").join(&entry.about.chapter).join(entry.id());
        folder.is_dir().then_some(folder)
    }

    /// The page of the book, as a path where the book lies beside the exercises.
    pub fn page(&self, name: &str) -> String {
        let path = self.folder.parent().map(|root| root.join("src").join(format!("{name}.md")));
        match path.filter(|path| path.is_file()) {
            Some(path) => crate::place::shown(&path),
            None => format!("the page `{name}` of the book"),
        }
    }
}

fn without_chapter(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The name that is most like another, if it is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |known: &&str| strsim::damerau_levenshtein(name, known);
    known.min_by_key(distance).filter(|known| distance(known) <= name.len().max(3) / 2)
}

/// The folder with the course, if it is this one or its `exercises`.
fn course_in(folder: &Path) -> Option<PathBuf> {
    [folder.join("exercises"), folder.to_owned()].into_iter().find(|folder| folder.join(FILE).is_file())
}
