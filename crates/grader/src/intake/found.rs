//! What was found so far, and which of it counts.

use super::ignored::IgnoredList;
use super::{DEPTH, ENTRIES, FILE_BYTES, Ignored, Stop, TOTAL_BYTES, Why, name, text};
use model::exercise::Exercise;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

/// A file that could be one of those that the exercise lists.
#[derive(Debug)]
struct Held {
    /// The folder that would stand for the exercise; empty at the top.
    root: String,
    /// The path that the exercise lists.
    listed: String,
    bytes: Vec<u8>,
}

impl Held {
    fn path(&self) -> String {
        if self.root.is_empty() { self.listed.clone() } else { format!("{}/{}", self.root, self.listed) }
    }
}

/// Collects entries of one submission, within the limits.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    pub(super) exercise: &'a Exercise,
    looked: usize,
    bytes: u64,
    held: Vec<Held>,
    ignored: IgnoredList,
}

impl<'a> Findings<'a> {
    pub(super) fn new(exercise: &'a Exercise) -> Self {
        Self { exercise, looked: 0, bytes: 0, held: Vec::new(), ignored: IgnoredList::default() }
    }

    /// Counts an entry, whatever it is.
    pub(super) fn count(&mut self) -> Result<(), Stop> {
        self.looked += 1;
        if self.looked <= ENTRIES {
            return Ok(());
        }
        Err(Stop::policy(format!(
            "the submission has more than {ENTRIES} entries; hand in the exercise's folder alone, without `target`"
        )))
    }

    /// The plain path of an entry that is to be looked at. Anything else is noted as ignored.
    pub(super) fn admit(&mut self, raw: &[u8], is_folder: bool) -> Option<String> {
        let path = match name::plain(raw) {
            Ok(path) => path,
            Err(why) => {
                self.ignore(raw, why);
                return None;
            }
        };
        let inner = path.match_indices('/').map(|(end, _)| end);
        let mut folders = inner.chain(is_folder.then_some(path.len())).map(|end| &path[..end]);
        let skipped = folders.find_map(|folder| {
            let name = folder.rsplit('/').next().unwrap_or_default();
            Why::of_folder(name).map(|why| (folder, why))
        });
        if let Some((folder, why)) = skipped {
            self.ignored.push_once(folder, why);
            return None;
        }
        if path.matches('/').count() + usize::from(is_folder) > DEPTH {
            self.ignore(raw, Why::TooDeep);
            return None;
        }
        Some(path)
    }

    pub(super) fn ignore(&mut self, path: &[u8], why: Why) {
        self.ignored.push(path, why);
    }

    pub(super) fn ignored(&self) -> Vec<Ignored> {
        self.ignored.list()
    }

    /// The listed file that an entry with this plain path could be, and the folder that it would lie in. Of
    /// two, the longer: `src/lib.rs`, not `lib.rs` in a folder `src`.
    pub(super) fn wanted(&self, path: &str) -> Option<(String, String)> {
        let fits = self.exercise.files.iter().filter_map(|listed| {
            let before = path.strip_suffix(listed.as_str())?;
            let root = if before.is_empty() { before } else { before.strip_suffix('/')? };
            Some((root.to_owned(), listed.clone()))
        });
        fits.max_by_key(|(_, listed)| listed.len())
    }

    /// Reads a regular file with a plain path if it could be one that is listed, or else notes it as ignored.
    /// `fault` says who is at fault when reading fails.
    pub(super) fn take(
        &mut self,
        path: &str,
        reader: &mut dyn Read,
        fault: impl FnOnce(io::Error) -> Stop,
    ) -> Result<(), Stop> {
        let Some((root, listed)) = self.wanted(path) else {
            self.ignore(path.as_bytes(), Why::of_unlisted(path));
            return Ok(());
        };
        self.hold(root, listed, reader).map_err(fault)?;
        if self.bytes > TOTAL_BYTES {
            return Err(too_much());
        }
        Ok(())
    }

    /// Reads a file as a listed one. One byte more than the limit is enough to know that it is too large.
    pub(super) fn hold(&mut self, root: String, listed: String, reader: &mut dyn Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        reader.take(FILE_BYTES + 1).read_to_end(&mut bytes)?;
        self.bytes += bytes.len() as u64;
        self.held.push(Held { root, listed, bytes });
        Ok(())
    }

    /// The text of every listed file. What lies in another folder is noted as ignored.
    pub(super) fn chosen(&mut self) -> Result<BTreeMap<String, String>, Stop> {
        let root = self.root()?;
        let (chosen, others): (Vec<Held>, Vec<Held>) =
            std::mem::take(&mut self.held).into_iter().partition(|held| held.root == root);
        for other in others {
            self.ignore(other.path().as_bytes(), Why::Elsewhere);
        }
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        for held in &chosen {
            if chosen.iter().filter(|other| other.listed == held.listed).count() > 1 {
                self.ignore(held.path().as_bytes(), Why::Duplicate);
                let path = name::printable(held.path().as_bytes());
                return Err(Stop::unreadable(format!(
                    "`{path}` is there more than once, and nobody can say which counts"
                )));
            }
            files.insert(held.listed.clone(), self.content(held)?);
        }
        match self.exercise.files.iter().find(|listed| !files.contains_key(*listed)) {
            Some(missing) => Err(self.missing(missing)),
            None => Ok(files),
        }
    }

    /// A listed file is not there; but one of its name may be, and be left out.
    fn missing(&self, listed: &str) -> Stop {
        let message = format!("the submission has no file `{listed}`");
        let name = listed.rsplit('/').next().unwrap_or(listed);
        match self.ignored.named(name) {
            Some(other) => Stop::unreadable(format!("{message}; {other}")),
            None => Stop::unreadable(message),
        }
    }

    fn content(&self, held: &Held) -> Result<String, Stop> {
        if held.bytes.len() as u64 > FILE_BYTES {
            let limit = FILE_BYTES >> 10;
            return Err(Stop::policy(format!("`{}` is larger than {limit} KiB, the limit for a file", held.listed)));
        }
        text::of(&held.bytes, &held.listed).map_err(Stop::unreadable)
    }

    /// The folder that stands for the exercise: the one that is named like it, or else the only one, or else
    /// the top. More than one is nobody's guess.
    fn root(&self) -> Result<String, Stop> {
        let roots: BTreeSet<&str> = self.held.iter().map(|held| held.root.as_str()).collect();
        let names = || std::iter::once(&self.exercise.id).chain(&self.exercise.aliases);
        let is_named = |root: &&str| names().any(|name| root.rsplit('/').next() == Some(name));
        let named: Vec<&str> = roots.iter().copied().filter(is_named).collect();
        match (named.as_slice(), roots.contains("")) {
            ([], true) => Ok(String::new()),
            ([only], false) => Ok((*only).to_owned()),
            ([], false) if roots.len() <= 1 => Ok(roots.first().copied().unwrap_or_default().to_owned()),
            ([], false) => Err(self.ambiguous(&roots, &format!("none of them is named `{}`", self.exercise.id))),
            _ => Err(self.ambiguous(&roots, "it is not clear which counts")),
        }
    }

    fn ambiguous(&self, roots: &BTreeSet<&str>, why: &str) -> Stop {
        let shown = |root: &&str| match *root {
            "" => "the top".to_owned(),
            root => format!("`{}`", name::printable(root.as_bytes())),
        };
        let some: Vec<String> = roots.iter().take(5).map(shown).collect();
        let dots = if roots.len() > some.len() { ", ..." } else { "" };
        let listed = self.exercise.files.first().map(String::as_str).unwrap_or_default();
        Stop::unreadable(format!(
            "several folders hold `{listed}` ({}{dots}), and {why}; hand in one of them",
            some.join(", ")
        ))
    }
}

/// More was decompressed, or would have to be read, than is reasonable.
pub(super) fn too_much() -> Stop {
    let limit = TOTAL_BYTES >> 20;
    Stop::policy(format!(
        "the submission is larger than {limit} MiB; hand in the exercise's folder alone, without `target`"
    ))
}
