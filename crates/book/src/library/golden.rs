//! What listings are known to print: the files of `listings/<chapter>/expected/`.

use crate::faults::Source;
use model::header::Profile;
use std::collections::BTreeMap;

/// What a golden is a record of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What the program printed in one profile.
    Output(Profile),
    /// What the compiler printed about a program that must fail.
    Error,
    /// The assembly of one function.
    Asm,
}

impl Part {
    /// The end of the file name of a golden of its own.
    pub fn file_name(self) -> String {
        match self {
            Self::Output(profile) => format!("{profile}.txt"),
            Self::Error => "error.txt".into(),
            Self::Asm => "asm.txt".into(),
        }
    }

    /// In words, for messages.
    pub fn words(self) -> String {
        match self {
            Self::Output(profile) => format!("output of the {profile} build"),
            Self::Error => "compiler's message".into(),
            Self::Asm => "assembly".into(),
        }
    }
}

/// The file name of an output that is the same in every profile.
pub const SHARED_OUTPUT: &str = "txt";

/// The goldens of one listing.
#[derive(Clone, Debug, Default)]
pub struct Goldens {
    files: BTreeMap<String, Source>,
}

impl Goldens {
    /// Adds a file, under the part of its name after the slug and the point.
    pub fn add(&mut self, name: &str, source: Source) {
        self.files.insert(name.to_owned(), source);
    }

    /// The golden of a part. An output may have one file for all profiles.
    pub fn get(&self, part: Part) -> Option<&Source> {
        let shared = matches!(part, Part::Output(_)).then(|| self.files.get(SHARED_OUTPUT)).flatten();
        self.files.get(&part.file_name()).or(shared)
    }

    /// Every golden that there is.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.files.iter().map(|(name, source)| (name.as_str(), source))
    }

    /// The names that no part in `wanted` reads.
    pub fn unused(&self, wanted: &[Part]) -> Vec<&Source> {
        let shared_is_read =
            wanted.iter().any(|part| matches!(part, Part::Output(_)) && !self.files.contains_key(&part.file_name()));
        self.files
            .iter()
            .filter(|(name, _)| {
                let own = wanted.iter().any(|part| part.file_name() == **name);
                !(own || *name == SHARED_OUTPUT && shared_is_read)
            })
            .map(|(_, source)| source)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goldens(names: &[&str]) -> Goldens {
        let mut goldens = Goldens::default();
        for name in names {
            goldens.add(name, Source::new(*name, *name));
        }
        goldens
    }

    const DEBUG: Part = Part::Output(Profile::Debug);
    const RELEASE: Part = Part::Output(Profile::Release);

    #[test]
    fn one_file_serves_both_profiles_unless_one_has_its_own() {
        let both = goldens(&["txt"]);
        assert_eq!(both.get(DEBUG).unwrap().path, both.get(RELEASE).unwrap().path);
        let own = goldens(&["txt", "release.txt"]);
        assert_eq!(own.get(RELEASE).unwrap().path.to_str(), Some("release.txt"));
    }

    #[test]
    fn a_golden_that_nothing_reads_is_found() {
        let unused = |names: &[&str], parts: &[Part]| goldens(names).unused(parts).len();
        assert_eq!(unused(&["txt"], &[DEBUG, RELEASE]), 0);
        assert_eq!(unused(&["txt", "debug.txt", "release.txt"], &[DEBUG, RELEASE]), 1);
        assert_eq!(unused(&["txt", "asm.txt"], &[DEBUG]), 1);
    }
}
