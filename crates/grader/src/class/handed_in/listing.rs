//! What lies in a folder of a download.

use crate::fault::Fault;
use crate::output::safe;
use fs_err as fs;
use std::io;
use std::path::{Path, PathBuf};

/// How paths are shown: as they lie in what the teacher gave, also when that was unpacked somewhere else.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub(super) root: PathBuf,
    given: PathBuf,
}

impl Places {
    pub(super) fn new(root: &Path, given: &Path) -> Self {
        Self { root: root.to_owned(), given: given.to_owned() }
    }

    /// The place of a path below the root.
    pub(super) fn of(&self, path: &Path) -> String {
        let inner = path.strip_prefix(&self.root).unwrap_or(path);
        let place = if inner.as_os_str().is_empty() { self.given.clone() } else { self.given.join(inner) };
        safe::line(&place.to_string_lossy())
    }
}

/// A file or a folder with a plain name.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// As the platform or the student called it; at first, as it is called on the disk.
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) is_folder: bool,
}

impl Entry {
    /// Whether a submission may be in it: a folder, an archive or a source file, by its name.
    pub(super) fn may_answer(&self) -> bool {
        self.is_folder || stem(&self.name) != self.name
    }

    /// Whether it is a source file, by its name.
    pub(super) fn is_source(&self) -> bool {
        !self.is_folder && self.name.to_lowercase().ends_with(".rs")
    }
}

/// A name without the ending that an archive or a source file has.
pub(super) fn stem(name: &str) -> &str {
    let cut = |ending: &&str| {
        let (start, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
        (end.eq_ignore_ascii_case(ending) && !start.is_empty()).then_some(start)
    };
    [".tar.gz", ".tgz", ".tar", ".zip", ".rs"].iter().find_map(cut).unwrap_or(name)
}

/// What is hidden, and what operating systems and version control leave behind: no student is called so, and no answer.
fn is_clutter(name: &str) -> bool {
    matches!(name, "Thumbs.db" | "desktop.ini" | "__MACOSX") || name.starts_with('.')
}

/// The files and folders in a folder, by name, without clutter. Links, other odd things and names that are no text are
/// faults.
pub(super) fn entries(folder: &Path, places: &Places, faults: &mut Vec<Fault>) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        match entry.file_name().into_string() {
            Ok(name) if is_clutter(&name) => {}
            _ if kind.is_symlink() => {
                let text = "this is a link, which is not followed; put there what it points to";
                faults.push(Fault::at(places.of(&path), text));
            }
            Ok(name) if kind.is_dir() || kind.is_file() => {
                entries.push(Entry { name, path, is_folder: kind.is_dir() });
            }
            Ok(_) => faults.push(Fault::at(places.of(&path), "this is neither a file nor a folder")),
            Err(_) => faults.push(Fault::at(places.of(&path), "this name is not UTF-8; give it another")),
        }
    }
    entries.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_cut_off_once_and_a_point_in_a_name_stays() {
        let cases = [
            ("1001.tar.gz", "1001"),
            ("j.mueller@uni.example.zip", "j.mueller@uni.example"),
            ("J.Mueller", "J.Mueller"),
            ("a.ZIP", "a"),
            (".zip", ".zip"),
            ("ö", "ö"),
        ];
        for (name, expected) in cases {
            assert_eq!(stem(name), expected);
        }
    }
}
