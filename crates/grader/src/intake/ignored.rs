//! What is left out of a submission, and why.

use super::name;
use std::collections::BTreeSet;
use std::fmt;

/// How many entries are named; the others are counted.
pub(super) const SHOWN: usize = 50;

/// Something that was handed in and is not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Where it lies in what was handed in, safe to print; empty for [`Why::More`].
    pub path: String,
    /// The reason.
    pub why: Why,
}

/// Why something is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The exercise does not ask for it.
    NotListed,
    /// The course has such a file, and takes its own.
    CoursesOwn,
    /// It would tell cargo or rustup what to do, and neither is run.
    Configuration,
    /// An operating system left it there.
    Clutter,
    /// A folder that is not looked into: `.git` or `target`.
    Skipped,
    /// A link, a pipe, a device, or an entry of another odd kind.
    NotARegularFile,
    /// Its name leads out of the submission.
    Outside,
    /// Its name holds a backslash or a control character, or is not UTF-8.
    StrangeName,
    /// It lies in more folders than are gone down.
    TooDeep,
    /// It would count, but another folder was chosen.
    Elsewhere,
    /// There is another one with this name.
    Duplicate,
    /// Not an entry, but how many more there are.
    More(usize),
}

impl Why {
    /// The reason in words, to stand behind the path.
    pub fn words(self) -> String {
        let words = match self {
            Self::NotListed => "is not a file of this exercise",
            Self::CoursesOwn => "is left out: the course's own is used",
            Self::Configuration => "is left out: no tool that reads it is run",
            Self::Clutter => "was left there by an operating system",
            Self::Skipped => "is not looked into",
            Self::NotARegularFile => "is not a regular file",
            Self::Outside => "has a name that leads out of the submission",
            Self::StrangeName => "has a name with a backslash, a control character or bytes that are not UTF-8",
            Self::TooDeep => "lies too deep in folders",
            Self::Elsewhere => "lies beside the folder that is graded",
            Self::Duplicate => "is there more than once",
            Self::More(count) => return format!("and {count} more"),
        };
        words.to_owned()
    }

    /// Why a file with a plain path that the exercise does not list is left out.
    pub(super) fn of_unlisted(path: &str) -> Self {
        let mut parts = path.split('/');
        let last = parts.next_back().unwrap_or_default();
        let folders: Vec<&str> = parts.collect();
        if matches!(last, "Cargo.toml" | "Cargo.lock") || folders.contains(&"tests") {
            Self::CoursesOwn
        } else if last == "build.rs" || last.starts_with("rust-toolchain") || folders.contains(&".cargo") {
            Self::Configuration
        } else if matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini") || last.starts_with("._") {
            Self::Clutter
        } else {
            Self::NotListed
        }
    }

    /// Why a folder of this name is not looked into, if it is not.
    pub(super) fn of_folder(name: &str) -> Option<Self> {
        match name {
            ".git" | "target" => Some(Self::Skipped),
            "__MACOSX" => Some(Self::Clutter),
            _ => None,
        }
    }
}

impl fmt::Display for Ignored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.why {
            Why::More(_) => write!(f, "{}", self.why.words()),
            _ => write!(f, "`{}` {}", self.path, self.why.words()),
        }
    }
}

/// A list that does not grow beyond [`SHOWN`].
#[derive(Debug, Default)]
pub(super) struct IgnoredList {
    named: Vec<Ignored>,
    more: usize,
    folders: BTreeSet<String>,
}

impl IgnoredList {
    pub(super) fn push(&mut self, path: &[u8], why: Why) {
        if self.named.len() < SHOWN {
            self.named.push(Ignored { path: name::printable(path), why });
        } else {
            self.more += 1;
        }
    }

    /// The same for a folder that is met again with each entry in it: all of them make one line.
    pub(super) fn push_once(&mut self, folder: &str, why: Why) {
        if self.folders.insert(folder.to_owned()) {
            self.push(folder.as_bytes(), why);
        }
    }

    /// The first entry whose last part is this name, also behind a backslash.
    pub(super) fn named(&self, name: &str) -> Option<&Ignored> {
        self.named.iter().find(|ignored| ignored.path.rsplit(['/', '\\']).next() == Some(name))
    }

    pub(super) fn list(&self) -> Vec<Ignored> {
        let more = (self.more > 0).then(|| Ignored { path: String::new(), why: Why::More(self.more) });
        self.named.iter().cloned().chain(more).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_course_brings_itself_is_told_apart_from_what_nobody_asked_for() {
        let cases = [
            ("Cargo.toml", Why::CoursesOwn),
            ("a/Cargo.lock", Why::CoursesOwn),
            ("drop-list/tests/visible.rs", Why::CoursesOwn),
            ("build.rs", Why::Configuration),
            (".cargo/config.toml", Why::Configuration),
            ("rust-toolchain", Why::Configuration),
            ("rust-toolchain.toml", Why::Configuration),
            ("src/.DS_Store", Why::Clutter),
            ("Thumbs.db", Why::Clutter),
            ("src/._lib.rs", Why::Clutter),
            ("src/other.rs", Why::NotListed),
        ];
        for (path, why) in cases {
            assert_eq!(Why::of_unlisted(path), why, "{path}");
        }
        assert!(Why::CoursesOwn.words().contains("the course's own is used"));
    }

    #[test]
    fn a_long_list_ends_with_a_count() {
        let mut list = IgnoredList::default();
        (0..SHOWN + 7).for_each(|index| list.push(format!("{index}.txt").as_bytes(), Why::NotListed));
        let list = list.list();
        assert_eq!(list.len(), SHOWN + 1);
        assert_eq!(list[0].to_string(), "`0.txt` is not a file of this exercise");
        assert_eq!(list[SHOWN].to_string(), "and 7 more");
    }

    #[test]
    fn a_folder_counts_once_however_long_the_list_is() {
        let mut list = IgnoredList::default();
        (0..SHOWN).for_each(|index| list.push(format!("{index}.txt").as_bytes(), Why::NotListed));
        (0..9).for_each(|_| list.push_once("target", Why::Skipped));
        assert_eq!(list.list()[SHOWN].why, Why::More(1));
    }
}
