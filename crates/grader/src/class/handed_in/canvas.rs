//! Canvas: *Download Submissions* of an assignment.
//!
//! Source: `lib/content_zipper.rb` of <https://github.com/instructure/canvas-lms>, commit 05e9653. A file is called
//! `<name>[_LATE]_<user>_<attachment>_<file>`: the sortable name in small letters without anything but letters, digits
//! and `_`; the user's number, which the gradebook export has as `ID`; the attachment's number; and the name that the
//! student gave the file. Canvas itself makes that unique with `-1` and so on (`Attachment.make_unique_filename`,
//! `app/models/attachment.rb`), when a student hands in again and for two equal names. `_LATE` is all that it tells of
//! time, and it means the due date that Canvas knows. An entry in Canvas's own editor is `..._text.html`, an address
//! `..._link.html`. Where names are hidden, `anon_<letters>` stands for name and user. A group has one entry, with the
//! group's name and the number of the member who stands for it, so a number with another name is no proof of whose it
//! is.

use super::listing::Entry;
use super::source::{Source, stranger};
use super::{Bundle, Ground, Tray};
use crate::class::roster::Kind;
use model::late::Submitted;
use std::collections::BTreeMap;

/// What the name of a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Name of a student or a group, as Canvas writes it.
    pub name: String,
    /// Whether it is marked late.
    pub is_late: bool,
    /// Number of the user.
    pub user: String,
    /// The name that the student gave the file; none for an entry in the editor or an address.
    pub file: Option<String>,
}

/// A file whose owner Canvas does not tell.
fn is_anonymous(name: &str) -> bool {
    name.strip_prefix("LATE_").unwrap_or(name).strip_prefix("anon_").is_some_and(|rest| rest.contains('_'))
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Every way to read the name of a file, the best first: both names in it may hold numbers of their own.
pub fn readings(file: &str) -> Vec<Named> {
    let parts: Vec<&str> = file.split('_').collect();
    let mut found = Vec::new();
    for at in 1..parts.len().saturating_sub(1) {
        if !is_number(parts[at]) {
            continue;
        }
        let rest = parts[at + 2..].join("_");
        let given = match parts[at + 1] {
            number if is_number(number) && !rest.is_empty() => Some(rest),
            "text.html" | "link.html" if rest.is_empty() => None,
            _ => continue,
        };
        let is_late = at > 1 && parts[at - 1] == "LATE";
        let name = parts[..at - usize::from(is_late)].join("_");
        found.push(Named { name, is_late, user: parts[at].to_owned(), file: given });
    }
    found
}

pub(super) fn fits(entry: &Entry) -> bool {
    !entry.is_folder && (is_anonymous(&entry.name) || !readings(&entry.name).is_empty())
}

/// Reads a download, and puts together what one student handed in.
pub(super) fn read(entries: &[Entry], ground: &Ground<'_>, tray: &mut Tray) {
    let mut items: BTreeMap<(usize, bool), Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        match owner(entry, ground) {
            Ok((student, Named { file: Some(name), is_late, .. })) => {
                items.entry((student, is_late)).or_default().push(Entry { name, ..entry.clone() });
            }
            Ok((student, _)) => {
                let who = ground.roster.known(student);
                tray.note(
                    ground,
                    &entry.path,
                    &[student],
                    &format!("{who} wrote this on the page of Canvas; it is not graded"),
                );
            }
            Err(text) => tray.fault(ground, &entry.path, text),
        }
    }
    for ((student, is_late), items) in items {
        let submitted = if is_late { Submitted::Late } else { Submitted::InTime };
        tray.bundles.push(Bundle::loose(student, submitted, items));
    }
}

/// Whose a file is, and by which reading of its name.
fn owner(entry: &Entry, ground: &Ground<'_>) -> Result<(usize, Named), String> {
    let mut readings = if entry.is_folder { Vec::new() } else { readings(&entry.name) };
    let roster = ground.roster;
    let by_number = |named: &Named| roster.by_number(Kind::Canvas, &named.user);
    let owns = |named: &Named| by_number(named).is_some_and(|student| roster.is_named(student, &named.name));
    if let Some(at) = readings.iter().position(owns) {
        let named = readings.swap_remove(at);
        return by_number(&named).map(|student| (student, named)).ok_or_else(String::new);
    }
    if is_anonymous(&entry.name) {
        return Err("Canvas hides whose this is; switch anonymous grading off in Canvas, and download again".into());
    }
    if roster.kind() != Kind::Canvas {
        return by_name(readings, ground);
    }
    let known = readings.iter().find_map(|named| Some((by_number(named)?, named)));
    match (known, readings.first()) {
        (Some((student, named)), _) => Err(format!(
            "the number {} is that of {}, and the name `{}` is not: is it a group's? Canvas names only one member of a \
             group; if the student has a new name, export the gradebook again",
            named.user,
            roster.known(student),
            named.name
        )),
        (None, Some(named)) => Err(format!(
            "nobody in the class list has the number {} of Canvas, which `{}`{} has",
            named.user,
            named.name,
            roster.perhaps(&named.name)
        )),
        (None, None) => Err(stranger(Source::Canvas, "mullerjorg_71_9001_submission.zip")),
    }
}

/// The only student of this name, where the class list has no numbers of Canvas.
fn by_name(readings: Vec<Named>, ground: &Ground<'_>) -> Result<(usize, Named), String> {
    let Some(first) = readings.first().cloned() else {
        return Err(stranger(Source::Canvas, "mullerjorg_71_9001_submission.zip"));
    };
    let found = readings.into_iter().find_map(|named| Some((ground.roster.by_name(&named.name)?, named)));
    found.ok_or_else(|| {
        let why = match ground.roster.namesakes(&first.name) {
            0 => format!("`{}`{} is nobody's name", first.name, ground.roster.perhaps(&first.name)),
            many => format!("{many} students are called `{}`", first.name),
        };
        format!("{why}, and the class list has no numbers of Canvas: give Canvas's export of the gradebook instead")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(file: &str) -> Named {
        readings(file).remove(0)
    }

    #[test]
    fn a_name_says_who_whether_late_and_what_the_file_was_called() {
        let named = first("müllerjörg_LATE_71_9001_submission-drop-list-1.zip");
        assert_eq!((named.name.as_str(), named.is_late, named.user.as_str()), ("müllerjörg", true, "71"));
        assert_eq!(named.file.as_deref(), Some("submission-drop-list-1.zip"));
        assert_eq!(first("oneilłucja_72_9_my_3_4_list.rs").file.as_deref(), Some("my_3_4_list.rs"));
        assert_eq!(first("oneilłucja_72_text.html").file, None);
        assert_eq!(first("_72_9_a.zip").name, "");
    }

    #[test]
    fn a_name_with_numbers_in_it_has_several_readings() {
        let users: Vec<String> = readings("group_1_72_9001_5_a.zip").into_iter().map(|named| named.user).collect();
        assert_eq!(users, ["1", "72", "9001"]);
    }

    #[test]
    fn other_names_are_not_canvas() {
        for name in ["submission.zip", "a_b_c", "71_9001_a.zip", "müller_71_9001_", "müller_71", "", "_", "__"] {
            assert_eq!(readings(name), [], "{name}");
        }
        assert!(is_anonymous("anon_Xy3kP_9001_a.zip") && is_anonymous("LATE_anon_Xy3kP_9001_a.zip"));
        assert!(!is_anonymous("anonymous.zip"));
    }

    proptest! {
        #[test]
        fn what_canvas_writes_is_read(
            name in "[a-zäöü]{1,9}", late in any::<bool>(), user in 1u32.., attachment in 1u64.., file in ".{0,9}[a-z]",
        ) {
            let late_mark = if late { "_LATE" } else { "" };
            let named = first(&format!("{name}{late_mark}_{user}_{attachment}_{file}"));
            prop_assert_eq!(named, Named { name, is_late: late, user: user.to_string(), file: Some(file) });
        }

        #[test]
        fn any_text_is_read_or_not(text in any::<String>(), other in "[_0-9a-zA-Z.]{0,24}") {
            readings(&text);
            readings(&other);
            is_anonymous(&other);
        }
    }
}
