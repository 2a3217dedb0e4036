//! Gradescope's `submission_metadata.yml`: YAML as Ruby writes it, with symbols for keys.
//!
//! ```text
//! submission_216975964:
//!   :submitters:
//!   - :name: Ada Lovelace
//!     :sid: '1005'
//!     :email: ada@uni.example
//!   :created_at: 2026-11-21 20:52:07.938335000 Z
//!   :history:
//!   - :created_at: ...
//! ```
//!
//! Source: a real export, `submission_metadata.yml` of <https://github.com/sjinang/temp0>, commit e00c0ec. `:results`
//! is what an autograder wrote, `:history` are attempts that do not count, with times of their own: both are gone
//! over. The parser gives one event after the other, so nothing in the file makes this use more memory than the file
//! has.

use model::time::Time;
use saphyr_parser::{Event, Parser};
use std::collections::BTreeMap;

/// One submission, of one student or of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Submission {
    /// Name of the folder.
    pub(super) folder: String,
    /// Line on which it stands.
    pub(super) line: usize,
    pub(super) submitters: Vec<Submitter>,
    /// When it was handed in, as Ruby writes a time.
    pub(super) created: Option<String>,
}

/// One of those who handed it in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Submitter {
    pub(super) name: Option<String>,
    pub(super) sid: Option<String>,
    pub(super) email: Option<String>,
}

/// Why reading ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) line: usize,
    pub(super) why: String,
}

/// Reads the submissions of a file, up to the place where it is no YAML.
pub(super) fn read(text: &str) -> (Vec<Submission>, Option<Broken>) {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => reader.take(event, span.start.line()),
            Err(error) => {
                let broken = Broken { line: error.marker().line(), why: error.info().to_owned() };
                return (reader.found, Some(broken));
            }
        }
    }
    (reader.found, None)
}

/// A time as Ruby writes it, `2026-11-21 20:52:07.938335000 Z`, or with an offset like `+01:00` at its end.
pub(super) fn time(text: &str) -> Option<Time> {
    let mut parts = text.split(' ');
    let (day, clock, offset) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() { None } else { format!("{day}T{clock}{offset}").parse().ok() }
}

/// Where in the file the reader is: the keys and lists from the top down to here.
#[derive(Default)]
struct Reader {
    found: Vec<Submission>,
    path: Vec<Level>,
    /// What anchors name, where that is a text.
    anchors: BTreeMap<usize, String>,
}

enum Level {
    /// A mapping, and the key whose value is read next.
    Map(Option<String>),
    List,
}

impl Level {
    fn key(&self) -> &str {
        match self {
            Self::Map(Some(key)) => key,
            _ => "",
        }
    }
}

impl Reader {
    fn take(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Scalar(text, _, anchor, _) => {
                if anchor > 0 {
                    self.anchors.insert(anchor, text.clone().into_owned());
                }
                self.text(text.into_owned(), line);
            }
            Event::Alias(anchor) => {
                let text = self.anchors.get(&anchor).cloned().unwrap_or_default();
                self.text(text, line);
            }
            Event::MappingStart(..) => {
                self.open();
                self.path.push(Level::Map(None));
            }
            Event::SequenceStart(..) => self.path.push(Level::List),
            Event::MappingEnd | Event::SequenceEnd => {
                self.path.pop();
                self.done();
            }
            _ => {}
        }
    }

    /// The keys down to here; a list counts as an empty key. None where it is deeper than anything of use.
    fn keys(&self) -> Vec<&str> {
        // `:submitters` lie four levels down; nobody needs what is deeper.
        if self.path.len() > 4 { Vec::new() } else { self.path.iter().map(Level::key).collect() }
    }

    /// A mapping begins: a submitter, if it stands in a list of them.
    fn open(&mut self) {
        if matches!(self.keys().as_slice(), [_, ":submitters", ""])
            && let Some(submission) = self.found.last_mut()
        {
            submission.submitters.push(Submitter::default());
        }
    }

    /// A text is a key, or the value of one.
    fn text(&mut self, text: String, line: usize) {
        if let [Level::Map(key @ None)] = self.path.as_mut_slice() {
            self.found.push(Submission { folder: text.clone(), line, ..Submission::default() });
            *key = Some(text);
            return;
        }
        if let Some(Level::Map(key @ None)) = self.path.last_mut() {
            *key = Some(text);
            return;
        }
        let keys: Vec<String> = self.keys().into_iter().map(str::to_owned).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        if let Some(submission) = self.found.last_mut() {
            let value = Some(text).filter(|text| !text.is_empty());
            match (keys.as_slice(), submission.submitters.last_mut()) {
                ([_, ":created_at"], _) => submission.created = value,
                ([_, ":submitters", "", ":name"], Some(submitter)) => submitter.name = value,
                ([_, ":submitters", "", ":sid"], Some(submitter)) => submitter.sid = value,
                ([_, ":submitters", "", ":email"], Some(submitter)) => submitter.email = value,
                _ => {}
            }
        }
        self.done();
    }

    /// A value ended: the next thing in this mapping is a key.
    fn done(&mut self) {
        if let Some(Level::Map(key)) = self.path.last_mut() {
            *key = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TWO: &str = "---\nsubmission_1:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '0105'\n    :email: &1 ada@uni.example\n  - :name: \"Zo\\u00EB: \\\"Z\\\"\"\n    :sid: \n    :email: *1\n  :created_at: 2026-11-21 20:52:07.938335000 Z\n  :score: 0.0\n  :results:\n    tests:\n    - output: |\n        submission_9:\n          :created_at: never\n    :created_at: 1999-01-01 00:00:00 Z\n  :history:\n  - :submitters: []\n    :created_at: 2026-11-20 00:00:00.000000000 Z\n    :id: 7\nsubmission_2:\n  :submitters: []\n  :history: []\n";

    #[test]
    fn submitters_and_the_time_of_what_counts_are_read_and_nothing_else() {
        let (found, broken) = read(TWO);
        assert_eq!(broken, None);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].folder.as_str(), found[0].line), ("submission_1", 2));
        assert_eq!(found[0].created.as_deref(), Some("2026-11-21 20:52:07.938335000 Z"));
        let sids: Vec<Option<&str>> = found[0].submitters.iter().map(|who| who.sid.as_deref()).collect();
        assert_eq!(sids, [Some("0105"), None]);
        assert_eq!(found[0].submitters[1].name.as_deref(), Some("Zoë: \"Z\""));
        assert_eq!(found[0].submitters[1].email.as_deref(), Some("ada@uni.example"));
        assert_eq!(found[1], Submission { folder: "submission_2".into(), line: 22, ..Submission::default() });
    }

    #[test]
    fn a_time_of_ruby_is_a_time_of_ours() {
        assert_eq!(time("2026-11-21 20:52:07.938335000 Z").unwrap().utc(), "2026-11-21T20:52:07Z");
        assert_eq!(time("2026-11-21 20:52:07 -08:00").unwrap().utc(), "2026-11-22T04:52:07Z");
        for none in ["2026-11-21", "2026-11-21 20:52:07", "a b c d", ""] {
            assert_eq!(time(none), None, "{none}");
        }
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        let (found, broken) = read("submission_1:\n  :submitters:\n  - :sid: '1'\nsubmission_2: [}\n");
        assert_eq!(found[0].submitters[0].sid.as_deref(), Some("1"));
        assert_eq!(broken.unwrap().line, 4);
    }

    #[test]
    fn a_file_that_is_deep_or_long_takes_no_more_than_its_length() {
        for open in ["[", "{a: ", "- ", "? "] {
            read(&format!("submission_1:\n  :results: {}", open.repeat(20_000)));
        }
        let long = TWO.replace("submission_9:", &"x ".repeat(1 << 20));
        assert_eq!(read(&long).0.len(), 2);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_not(text in any::<String>(), other in "([ \n:\\-?&*!|>'\"%@`\\[\\]{},#a-c]|:submitters:|  ){0,40}") {
            read(&text);
            read(&other);
            time(&other);
        }

        #[test]
        fn any_change_of_a_real_file_is_read_or_not(at in 0..TWO.len(), with in "[ \n:&*!|>'\"%\\[\\]{}-]{0,3}") {
            let (start, end) = TWO.split_at(at);
            read(&format!("{start}{with}{end}"));
            read(start);
        }
    }
}
