//! Moodle: *Download all submissions* of an assignment.
//!
//! Source: `public/mod/assign/classes/downloader.php` of <https://github.com/moodle/moodle>, commit b1b5f26, and
//! before that `mod/assign/locallib.php`. An entry is called `<full name>_<participant>_assignsubmission_<plugin>`,
//! with spaces for `_` in the name and without what `PARAM_FILE` drops (`public/lib/classes/param.php`, commit
//! 0c146aa: an apostrophe, for one). It is a folder with the student's files in it, in older versions with one more
//! `_` at its end; or, where the teacher wants no folders, the name of a file follows after a `_`. The plugin is
//! `file`, or `onlinetext` for what was written in Moodle's editor. With names hidden, every full name is the word for
//! a participant. A group has its own name and number, or the name of the default group and none.
//!
//! The participant's number is in the worksheet, as `Identifier`. The download tells no times. The worksheet has
//! `Last modified (submission)`, in the words of the teacher's language and zone, so it is not read: give a table of
//! times.

use super::listing::Entry;
use super::source::{Source, stranger};
use super::{Bundle, Ground, Tray};
use crate::class::roster::{self, Kind};
use model::late::Submitted;
use std::collections::BTreeMap;

const MARK: &str = "_assignsubmission_";

/// What the name of an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// Name of a student or a group, without what Moodle drops.
    pub name: &'a str,
    /// Number of the participant, or of the group.
    pub number: Option<&'a str>,
    /// `file`, `onlinetext`, or what else a school has installed.
    pub plugin: &'a str,
    /// What the student called the file; empty for a folder.
    pub file: &'a str,
}

/// Reads a name, if it is one of Moodle's.
pub fn parse(name: &str) -> Option<Named<'_>> {
    let (who, what) = name.split_once(MARK)?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (name, number) = match who.rsplit_once('_') {
        Some((name, number)) if is_number(number) => (name, Some(number)),
        _ => (who, None),
    };
    let (plugin, file) = what.split_once('_').unwrap_or((what, ""));
    (!plugin.is_empty()).then_some(Named { name, number, plugin, file })
}

/// Reads a download, and puts together what one student handed in.
pub(super) fn read(entries: &[Entry], ground: &Ground<'_>, tray: &mut Tray) {
    let mut loose: BTreeMap<usize, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        let Some(named) = parse(&entry.name) else {
            tray.fault(ground, &entry.path, stranger(Source::Moodle, "Jörg Müller_123_assignsubmission_file"));
            continue;
        };
        match owner(&named, ground) {
            Ok(student) if named.plugin != "file" => {
                let who = ground.roster.known(student);
                tray.note(
                    ground,
                    &entry.path,
                    &[student],
                    &format!("{who} wrote this on the page of Moodle; it is not graded"),
                );
            }
            Ok(student) if entry.is_folder => {
                Bundle::folder(&[student], Submitted::Unknown, &entry.path, ground, tray);
            }
            Ok(student) => {
                loose.entry(student).or_default().push(Entry { name: named.file.to_owned(), ..entry.clone() });
            }
            Err(text) => tray.fault(ground, &entry.path, text),
        }
    }
    for (student, items) in loose {
        tray.bundles.push(Bundle::loose(student, Submitted::Unknown, items));
    }
}

/// Whose an entry is: by the number where the class list has such numbers, or else by the name.
fn owner(named: &Named<'_>, ground: &Ground<'_>) -> Result<usize, String> {
    let Named { name, number, .. } = named;
    let roster = ground.roster;
    if roster.kind() != Kind::MoodleWorksheet {
        return roster.by_name(name).ok_or_else(|| match roster.namesakes(name) {
            0 => format!(
                "`{name}`{} is nobody's name in the class list; a group's work cannot be told apart",
                roster.perhaps(name)
            ),
            many => format!(
                "{many} students are called `{name}`; give the assignment's grading worksheet as the class list"
            ),
        });
    }
    let Some(number) = number else {
        return Err(format!("`{name}` has no number, as Moodle's default group; a group's work cannot be told apart"));
    };
    match roster.by_number(Kind::MoodleWorksheet, number) {
        Some(student) if roster.is_named(student, name) || is_hidden(name, student, ground) => Ok(student),
        Some(student) => Err(format!(
            "the number {number} is that of {}, and the name `{name}` is not: is it a group's, or is the worksheet of \
             another assignment?",
            roster.known(student)
        )),
        None => Err(format!("no participant has the number {number} of `{name}`{}", roster.perhaps(name))),
    }
}

/// Whether the name is only the word for a participant, as it is where names are hidden.
fn is_hidden(name: &str, student: usize, ground: &Ground<'_>) -> bool {
    roster::participant(&ground.roster.students()[student].columns).is_some_and(|(word, _)| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folders_of_new_and_old_versions_and_single_files_are_read() {
        let named = |name, number, plugin, file| Some(Named { name, number, plugin, file });
        let cases = [
            ("Jörg Müller_123_assignsubmission_file", named("Jörg Müller", Some("123"), "file", "")),
            ("Jörg Müller_123_assignsubmission_file_", named("Jörg Müller", Some("123"), "file", "")),
            ("ONeil_9_assignsubmission_file_a_b.zip", named("ONeil", Some("9"), "file", "a_b.zip")),
            ("Participant_9_assignsubmission_onlinetext", named("Participant", Some("9"), "onlinetext", "")),
            ("Default group_assignsubmission_file", named("Default group", None, "file", "")),
            ("Jörg Müller_123", None),
            ("a_assignsubmission_", None),
        ];
        for (name, expected) in cases {
            assert_eq!(parse(name), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_moodle_writes_is_read(name in "[^_]{0,12}", number in 1u32.., file in ".{0,12}") {
            let (entry, number) = (format!("{name}_{number}_assignsubmission_file_{file}"), number.to_string());
            let expected = Named { name: &name, number: Some(&number), plugin: "file", file: &file };
            prop_assert_eq!(parse(&entry), Some(expected));
        }

        #[test]
        fn any_text_is_read_or_not(text in any::<String>(), other in "[_a-z0-9]{0,6}_assignsubmission_.{0,6}") {
            parse(&text);
            parse(&other);
        }
    }
}
