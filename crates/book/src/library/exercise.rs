//! The exercises, as far as a reader may see them: what lies in `exercises/`, never a suite.

use super::{Library, Parsed, walk};
use crate::faults::{Fault, Source};
use model::exercise::Exercise;
use std::path::Path;

/// An exercise as a page shows it.
#[derive(Clone, Debug)]
pub struct Task {
    /// What it says of itself.
    pub about: Parsed<Exercise>,
    /// What is to be done.
    pub readme: Source,
    /// What a learner begins with.
    pub starter: Source,
    /// The tests that a learner sees.
    pub tests: Source,
    /// The hints, each a title and a text in Markdown, in their order.
    pub hints: Vec<(String, String)>,
}

impl Library {
    /// Reads every exercise; `probe` and other folders without chapters are none.
    pub(super) fn load_exercises(&mut self) -> std::io::Result<()> {
        let root = self.root.join("exercises");
        for chapter in walk::folders(&root)? {
            for name in walk::folders(&root.join(&chapter))? {
                let folder = root.join(&chapter).join(&name);
                if folder.join("exercise.toml").exists() {
                    self.load_exercise(&format!("{chapter}/{name}"), &folder);
                }
            }
        }
        Ok(())
    }

    pub(super) fn load_suite_results(&mut self) {
        let path = self.root.join("data/suites.json");
        if path.exists() {
            let source = self.read(&path);
            match serde_json::from_str(&source.text) {
                Ok(results) => self.suites = results,
                Err(error) => self.faults.push(Fault::at_line(&source, error.line().max(1), error.to_string())),
            }
        }
    }

    fn load_exercise(&mut self, name: &str, folder: &Path) {
        let Some(about) = self.toml::<Exercise>(&folder.join("exercise.toml")) else { return };
        let mut wrong = model::exercise::faults(&about.data, None);
        if format!("{}/{}", about.data.chapter, about.data.id) != name {
            wrong.push(format!("it calls itself `{}/{}`", about.data.chapter, about.data.id));
        }
        for message in wrong {
            self.faults.push(Fault::at_line(&about.source, 1, message));
        }
        let hints = self.read(&folder.join("hints.md"));
        let task = Task {
            readme: self.read(&folder.join("README.md")),
            starter: self.read(&folder.join("src/lib.rs")),
            tests: self.read(&folder.join("tests/visible.rs")),
            hints: hints_of(&hints.text),
            about,
        };
        if task.hints.len() < 3 {
            let message = format!("there are only {} hints", task.hints.len());
            self.faults.push(Fault::of_file(&*hints.path, message).help("give three or more, each behind `## `"));
        }
        self.exercises.insert(name.to_owned(), task);
    }
}

/// Splits a file of hints at its second-level headings.
fn hints_of(text: &str) -> Vec<(String, String)> {
    let parts = text.split("\n## ").skip(1);
    let hint = |part: &str| {
        let (title, body) = part.split_once('\n').unwrap_or((part, ""));
        let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
        (title.to_owned(), body.trim().to_owned())
    };
    parts.map(hint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_have_a_title_without_their_number_and_a_text() {
        let hints = hints_of("# Hints\n\n## 1. Where?\n\nThere.\n\nAnd there.\n\n## 2. How?\nSo.\n");
        assert_eq!(hints, [("Where?".into(), "There.\n\nAnd there.".into()), ("How?".into(), "So.".into())]);
    }
}
