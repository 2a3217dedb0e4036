//! Which of the things that a student handed in answers which exercise.
//!
//! The name of a file or a folder tells: it holds the exercise's id, or one that it had before, as whole words, and of
//! several exercises the longest counts. `drop_list` is `drop-list`. Otherwise an archive or a folder tells that holds
//! a folder of this name, which the intake finds there. Otherwise, when there is one exercise, the only file is meant,
//! or all that lies in the student's folder.

use super::listing::Entry;
use super::{Bundle, Ground, Tray, Wanted};
use crate::intake::listing;
use std::collections::BTreeSet;
use std::path::PathBuf;

const NOTHING: &str =
    "nothing says which exercise of the set this answers, neither its name nor what it holds; it is not graded";

/// Answers, each with the place of its exercise. What answers nothing is a note, and what cannot be read a fault.
pub(super) fn of(bundle: &Bundle, ground: &Ground<'_>, tray: &mut Tray) -> Vec<(usize, PathBuf)> {
    let mut sorted = Sorted::by_name(bundle, ground.exercises);
    if sorted.given.is_empty()
        && let (Some(exercise), Some(whole)) = (named(&bundle.label, ground.exercises), &bundle.whole)
    {
        return vec![(exercise, whole.clone())];
    }
    let before = tray.faults.len();
    let sorted = &mut sorted;
    if ground.exercises.len() > 1 || sorted.open.len() > 1 {
        sorted.by_content(ground, tray);
    }
    if !bundle.is_repository {
        sorted.by_name_alone(ground.exercises);
    }
    if ground.exercises.len() == 1 && sorted.given.is_empty() && !sorted.open.is_empty() {
        tray.faults.truncate(before);
        sorted.all_there_is(bundle);
    }
    tray.attribute(before, &bundle.students);
    for item in sorted.open.iter().filter(|item| !bundle.is_repository || item.may_answer() && !item.is_folder) {
        if item.may_answer() {
            tray.unclaimed(ground, &item.path, &bundle.students, NOTHING);
        } else {
            tray.note(ground, &item.path, &bundle.students, NOTHING);
        }
    }
    std::mem::take(&mut sorted.given)
}

/// The exercise that a name tells.
pub(super) fn named(name: &str, exercises: &[Wanted]) -> Option<usize> {
    let name = folded(name);
    let length = |exercise: &Wanted| {
        let all = std::iter::once(&exercise.id).chain(&exercise.aliases);
        all.map(|id| folded(id)).filter(|id| holds(&name, id)).map(|id| id.len()).max()
    };
    let found = exercises.iter().enumerate().filter_map(|(at, exercise)| Some((length(exercise)?, at)));
    found.max_by_key(|(length, at)| (*length, std::cmp::Reverse(*at))).map(|(_, at)| at)
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace(['_', ' ', '+'], "-")
}

/// Whether a name holds an id, with no letter and no digit right before or behind it.
fn holds(name: &str, id: &str) -> bool {
    let is_free = |character: Option<char>| !character.is_some_and(char::is_alphanumeric);
    let fits = |at: usize| is_free(name[..at].chars().next_back()) && is_free(name[at + id.len()..].chars().next());
    !id.is_empty() && (0..name.len()).any(|at| name.get(at..).is_some_and(|rest| rest.starts_with(id)) && fits(at))
}

struct Sorted<'a> {
    given: Vec<(usize, PathBuf)>,
    open: Vec<&'a Entry>,
}

impl<'a> Sorted<'a> {
    /// Items that can hold sources answer the exercise that their name tells.
    fn by_name(bundle: &'a Bundle, exercises: &[Wanted]) -> Self {
        let (mut given, mut open) = (Vec::new(), Vec::new());
        for item in &bundle.items {
            match named(&item.name, exercises) {
                Some(exercise) if item.may_answer() => given.push((exercise, item.path.clone())),
                _ => open.push(item),
            }
        }
        Self { given, open }
    }

    /// Where nothing is left that can hold sources, the name of something else tells what it is meant to be: the intake
    /// refuses it, and its author reads why.
    fn by_name_alone(&mut self, exercises: &[Wanted]) {
        // In a set of several exercises, an archive that is left was looked into, and holds none of them.
        let may_hold = |item: &&Entry| match exercises.len() {
            1 => item.may_answer(),
            _ => item.is_folder || item.is_source(),
        };
        if self.open.iter().any(may_hold) {
            return;
        }
        let answered: BTreeSet<usize> = self.given.iter().map(|(exercise, _)| *exercise).collect();
        let (given, open) = (&mut self.given, &mut self.open);
        open.retain(|item| match named(&item.name, exercises).filter(|exercise| !answered.contains(exercise)) {
            Some(exercise) => {
                given.push((exercise, item.path.clone()));
                false
            }
            None => true,
        });
    }

    /// Items that hold a folder with the name of an exercise that is not answered yet.
    fn by_content(&mut self, ground: &Ground<'_>, tray: &mut Tray) {
        let answered: BTreeSet<usize> = self.given.iter().map(|(exercise, _)| *exercise).collect();
        let mut open = Vec::new();
        for item in std::mem::take(&mut self.open) {
            let folders = match listing::folders(&item.path) {
                Ok(folders) => folders,
                Err(error) => {
                    tray.fault(ground, &item.path, format!("nobody can say what this answers: {error:#}"));
                    continue;
                }
            };
            let is_held = |exercise: &Wanted| {
                std::iter::once(&exercise.id).chain(&exercise.aliases).any(|id| folders.contains(id))
            };
            let held = (0..ground.exercises.len()).filter(|at| is_held(&ground.exercises[*at]));
            let held: Vec<usize> = held.filter(|at| !answered.contains(at)).collect();
            if held.is_empty() {
                open.push(item);
            }
            self.given.extend(held.into_iter().map(|exercise| (exercise, item.path.clone())));
        }
        self.open = open;
    }

    /// For a set of one exercise: the only file that can hold sources, or everything.
    fn all_there_is(&mut self, bundle: &Bundle) {
        let files = bundle.items.iter().filter(|item| !item.is_folder && item.may_answer());
        let files: Vec<&Entry> = files.collect();
        let has_folders = bundle.items.iter().any(|item| item.is_folder);
        let chosen: Vec<PathBuf> = match (bundle.items.as_slice(), files.as_slice(), &bundle.whole) {
            ([only], _, _) if !only.is_folder => vec![only.path.clone()],
            (_, [only], _) if !has_folders => vec![only.path.clone()],
            // Several archives and nothing beside them: the intake would look into none, and nobody knows which is
            // meant.
            (_, [_, ..], Some(_)) if !has_folders && !files.iter().any(|item| item.is_source()) => {
                files.iter().map(|item| item.path.clone()).collect()
            }
            (_, _, Some(whole)) => vec![whole.clone()],
            (items, [], None) => items.iter().map(|item| item.path.clone()).collect(),
            (_, files, None) => files.iter().map(|item| item.path.clone()).collect(),
        };
        let is_whole = bundle.whole.as_ref().is_some_and(|whole| chosen.contains(whole));
        self.open.retain(|item| !is_whole && !chosen.contains(&item.path));
        self.given = chosen.into_iter().map(|path| (0, path)).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set() -> Vec<Wanted> {
        let wanted = |id: &str, aliases: &[&str]| Wanted {
            id: id.into(),
            name: format!("chapter/{id}"),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        };
        vec![wanted("list", &[]), wanted("drop-list", &["list-drop"]), wanted("my-vec", &[])]
    }

    #[test]
    fn the_longest_whole_word_counts() {
        let cases = [
            ("submission-drop-list.zip", Some(1)),
            ("submission-drop-list (1).zip", Some(1)),
            ("submission-drop-list-1.zip", Some(1)),
            ("drop_list.rs", Some(1)),
            ("list-drop", Some(1)),
            ("Submission-My-Vec.ZIP", Some(2)),
            ("my-list.zip", Some(0)),
            ("my-vector.zip", None),
            ("lists.zip", None),
            ("ölist.zip", None),
            ("homework.zip", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(named(name, &set()), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn an_id_among_other_words_is_found(before in "[ä-ö ._()-]{0,4}[ ._()-]|", after in "[ ._()-][a-zä-ö0-9 ._()-]{0,4}|") {
            let name = format!("{before}my-vec{after}");
            prop_assert_eq!(named(&name, &set()), Some(2), "{}", name);
        }

        #[test]
        fn any_name_is_one_or_none(name in any::<String>()) {
            named(&name, &set());
        }
    }
}
