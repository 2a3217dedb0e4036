//! Other exercises under the same names: a variant of an exercise and of its suite, made from `variants.toml`.
//!
//! Which option of a choice is drawn depends on a keyed hash (BLAKE3) and on nothing else: the key is the hash of the
//! seed's eight bytes, little end first; what is hashed is the exercise as `chapter/exercise`, a zero byte, and the name
//! of the choice. The first eight bytes of the result, little end first, modulo the number of options, is the place of
//! the option. So another exercise in the set, or another choice in the exercise, moves no draw.

use crate::fault::{Fault, Faults};
use crate::task::Task;
use anyhow::{Context, Result};
use model::exercise::Exercise;
use model::starter;
use model::variant::{Choice, FILE, Other, Variants};
use std::collections::BTreeMap;
use std::path::Path;

/// Files of an exercise that a variant may change.
const OF_EXERCISE: [&str; 5] = ["Cargo.toml", "README.md", "exercise.toml", "hints.md", "tests/visible.rs"];
/// Files of a suite without which nothing can be graded.
const OF_SUITE: [&str; 3] = ["criteria.toml", "hidden.rs", "solution.rs"];

/// A variant of an exercise, as texts by their paths.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What its `exercise.toml` says.
    pub about: Exercise,
    /// What a student receives, with the starter.
    pub exercise: BTreeMap<String, String>,
    /// What a student does not.
    pub suite: BTreeMap<String, String>,
    /// The options, as `choice: option`.
    pub chosen: Vec<String>,
}

/// Reads what can be asked otherwise; `None` where nothing can.
///
/// # Errors
/// When the file cannot be read, and everything that is wrong in it.
pub fn read(task: &Task) -> Result<Option<Variants>> {
    let path = task.secret.join(FILE);
    if !path.is_file() {
        return Ok(None);
    }
    let variants: Variants =
        toml::from_str(&fs_err::read_to_string(&path)?).with_context(|| format!("in {}", path.display()))?;
    let faults: Vec<Fault> = variants.faults().iter().map(|text| Fault::at(&path, text)).collect();
    if faults.is_empty() { Ok(Some(variants)) } else { Err(Faults(faults).into()) }
}

/// Whether a file that a variant may change is the suite's.
pub fn is_hidden(file: &str) -> bool {
    OF_SUITE.contains(&file) || file.starts_with("refuse/")
}

/// Draws an option of each choice; see above.
pub fn draw(variants: &Variants, seed: u64, exercise: &str) -> Vec<usize> {
    let key = *blake3::hash(&seed.to_le_bytes()).as_bytes();
    let place = |choice: &Choice| {
        let mut hasher = blake3::Hasher::new_keyed(&key);
        hasher.update(exercise.as_bytes()).update(&[0]).update(choice.id.as_bytes());
        let bytes = *hasher.finalize().as_bytes();
        let [first, ..] = *bytes.as_chunks::<8>().0 else { return 0 };
        let place = u64::from_le_bytes(first) % choice.option.len().max(1) as u64;
        usize::try_from(place).unwrap_or(0)
    };
    variants.choice.iter().map(place).collect()
}

/// Makes the variant with these options, one place for each choice.
///
/// # Errors
/// Every replacement that does not fit, with file and option.
pub fn make(task: &Task, variants: &Variants, options: &[usize]) -> Result<Variant> {
    let mut files = texts(task)?;
    let (mut faults, mut chosen) = (Vec::new(), Vec::new());
    for (choice, option) in variants.choice.iter().zip(options) {
        let Some(option) = choice.option.get(*option) else { continue };
        if let Err(told) = option.apply(&mut files) {
            faults.extend(told.iter().map(|text| fault(task, choice, option, text)));
        }
        chosen.push(format!("{}: {}", choice.id, option.asks));
    }
    if !faults.is_empty() {
        return Err(Faults(faults).into());
    }
    whole(task, files, chosen)
}

fn whole(task: &Task, files: BTreeMap<String, String>, chosen: Vec<String>) -> Result<Variant> {
    let (suite, mut exercise): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(name, _)| is_hidden(name));
    let marked = suite.get("solution.rs").context("a suite has a solution")?;
    let main = task.exercise.files.first().context("an exercise has a file to write in")?;
    exercise.insert(main.clone(), starter::starter(marked)?);
    let about = exercise.get("exercise.toml").context("an exercise says what it is")?;
    let about = toml::from_str(about).with_context(|| format!("in exercise.toml of a variant of {}", task.name))?;
    Ok(Variant { about, exercise, suite, chosen })
}

fn fault(task: &Task, choice: &Choice, option: &Other, text: &str) -> Fault {
    let place = format!("choice `{}`, option `{}`", choice.id, option.id);
    Fault::at(task.secret.join(FILE), format!("{place}: {text}"))
}

/// Everything that can be changed, by name. No name of an exercise's file is one of a suite's.
fn texts(task: &Task) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut add = |folder: &Path, name: String| -> Result<()> {
        let text = fs_err::read_to_string(folder.join(&name))?;
        files.insert(name, text);
        Ok(())
    };
    for name in OF_EXERCISE {
        add(&task.folder, name.to_owned())?;
    }
    for name in OF_SUITE {
        add(&task.secret, name.to_owned())?;
    }
    for refused in &task.refused {
        add(&task.secret, format!("refuse/{}.rs", refused.name))?;
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variants() -> Variants {
        let option = "{ id = 'x', asks = 'x', replace = [] }";
        let choice =
            |id: &str| format!("[[choice]]\nid = '{id}'\nabout = 'a'\noption = [{option}, {option}, {option}]\n");
        toml::from_str(&format!("{}{}", choice("one"), choice("two"))).unwrap()
    }

    #[test]
    fn a_draw_depends_on_seed_exercise_and_choice_alone() {
        let drawn = |seed| draw(&variants(), seed, "heap/my-vec");
        assert_eq!(drawn(7), drawn(7));
        let mut without = variants();
        without.choice.remove(0);
        assert_eq!(draw(&without, 7, "heap/my-vec"), drawn(7)[1..]);
        let different: std::collections::BTreeSet<_> = (0..100).map(drawn).collect();
        assert_eq!(different.len(), 9, "with enough seeds, every pair of options is drawn");
        assert_ne!(
            (0..9).map(drawn).collect::<Vec<_>>(),
            (0..9).map(|seed| draw(&variants(), seed, "heap/my-box")).collect::<Vec<_>>()
        );
    }

    /// A set that was released must be the same when it is made again, with every later version of this program.
    #[test]
    fn a_draw_never_changes() {
        let drawn: Vec<usize> = (0..6).flat_map(|seed| draw(&variants(), seed, "stack-limits/drop-list")).collect();
        assert_eq!(drawn, [0, 0, 2, 0, 1, 2, 2, 1, 2, 1, 0, 0]);
    }
}
