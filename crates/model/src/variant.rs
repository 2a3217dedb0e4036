//! Variants of an exercise: the file `variants.toml` in its suite.
//!
//! A choice is something that the task could ask otherwise, and an option is one other way to ask it. What the course
//! itself asks is no option: a variant differs from it in every choice.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The name of the file, in the folder of the suite.
pub const FILE: &str = "variants.toml";

/// The file `variants.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variants {
    /// What can be asked otherwise. Of each choice, one option is drawn.
    pub choice: Vec<Choice>,
}

/// Something that the task could ask otherwise.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Name within the exercise. The draw depends on it.
    pub id: String,
    /// What is chosen, and what the course's own exercise asks.
    pub about: String,
    /// The other ways.
    pub option: Vec<Other>,
}

/// One other way to ask.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// Name within the choice.
    pub id: String,
    /// What is asked then, for the teacher.
    pub asks: String,
    /// What changes, in this order.
    pub replace: Vec<Replacement>,
}

/// A text in place of another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// The file: of the exercise (`README.md`, `hints.md`, `exercise.toml`, `tests/visible.rs`) or of its suite
    /// (`solution.rs`, `hidden.rs`, `criteria.toml`, `refuse/...`).
    pub file: String,
    /// What stands there.
    pub from: String,
    /// What is to stand there.
    pub to: String,
    /// How often it stands there: neither more nor less often.
    #[serde(default = "once")]
    pub times: usize,
}

fn once() -> usize {
    1
}

impl Variants {
    /// What is wrong with them by themselves, as sentences.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.choice.is_empty() {
            faults.push("there is no choice".to_owned());
        }
        let mut choices = BTreeSet::new();
        for choice in &self.choice {
            if !choices.insert(&choice.id) {
                faults.push(format!("choice `{}` stands twice", choice.id));
            }
            if choice.option.is_empty() {
                faults.push(format!("choice `{}` has no option", choice.id));
            }
            let mut options = BTreeSet::new();
            for option in &choice.option {
                if !options.insert(&option.id) {
                    faults.push(format!("choice `{}` has an option `{}` twice", choice.id, option.id));
                }
                if option.replace.is_empty() {
                    faults.push(format!("option `{}` of choice `{}` changes nothing", option.id, choice.id));
                }
            }
        }
        faults
    }

    /// Every variant that can be drawn: for each choice the place of an option.
    pub fn all(&self) -> Vec<Vec<usize>> {
        self.choice.iter().fold(vec![Vec::new()], |begun, choice| {
            let with = |before: &Vec<usize>, option| before.iter().copied().chain([option]).collect();
            begun.iter().flat_map(|before| (0..choice.option.len()).map(move |option| with(before, option))).collect()
        })
    }
}

impl Other {
    /// Changes files, which are found by their names.
    ///
    /// # Errors
    /// Every replacement that does not fit, as a sentence with its file.
    pub fn apply(&self, files: &mut BTreeMap<String, String>) -> Result<(), Vec<String>> {
        let mut faults = Vec::new();
        for Replacement { file, from, to, times } in &self.replace {
            let Some(text) = files.get_mut(file) else {
                faults.push(format!("there is no file {file} to change"));
                continue;
            };
            let found = if from.is_empty() { 0 } else { text.matches(from.as_str()).count() };
            if found == *times && found > 0 {
                *text = text.replace(from.as_str(), to);
            } else {
                faults.push(format!("in {file} this stands {found} times and not {times}: {from:?}"));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
[[choice]]
id = "ends"
about = "from which end"

[[choice.option]]
id = "front"
asks = "from the front"
replace = [{ file = "README.md", from = "back", to = "front", times = 2 }]

[[choice.option]]
id = "middle"
asks = "from the middle"
replace = [{ file = "README.md", from = "the back", to = "the middle" }]

[[choice]]
id = "unit"
about = "what is counted"
option = [{ id = "bits", asks = "bits", replace = [{ file = "hidden.rs", from = "8", to = "1" }] }]
"#;

    fn variants(text: &str) -> Variants {
        toml::from_str(text).unwrap()
    }

    fn files() -> BTreeMap<String, String> {
        [("README.md", "the back, and back"), ("hidden.rs", "8")].map(|(name, text)| (name.into(), text.into())).into()
    }

    #[test]
    fn a_replacement_changes_a_text_wherever_it_stands() {
        let mut files = files();
        variants(TEXT).choice[0].option[0].apply(&mut files).unwrap();
        assert_eq!(files["README.md"], "the front, and front");
    }

    #[test]
    fn every_replacement_that_does_not_fit_is_told_with_its_file() {
        let text = TEXT.replace("times = 2", "times = 3").replace("hidden.rs", "driver.rs");
        let (choices, mut files) = (variants(&text).choice, files());
        let told = choices[0].option[0].apply(&mut files).unwrap_err();
        assert_eq!(told, ["in README.md this stands 2 times and not 3: \"back\""]);
        assert_eq!(choices[1].option[0].apply(&mut files).unwrap_err(), ["there is no file driver.rs to change"]);
    }

    #[test]
    fn all_variants_are_all_pairs_of_options() {
        assert_eq!(variants(TEXT).all(), [[0, 0], [1, 0]]);
    }

    #[test]
    fn choices_and_options_have_names_of_their_own_and_something_to_change() {
        assert_eq!(variants(TEXT).faults(), [""; 0]);
        let text = TEXT.replace("\"unit\"", "\"ends\"").replace("\"middle\"", "\"front\"");
        assert_eq!(
            variants(&text).faults(),
            ["choice `ends` has an option `front` twice", "choice `ends` stands twice"]
        );
        let text = "choice = [{ id = 'a', about = 'a', option = [] }]";
        assert_eq!(variants(text).faults(), ["choice `a` has no option"]);
        assert!(toml::from_str::<Variants>(&TEXT.replace("times", "time")).is_err());
    }
}
