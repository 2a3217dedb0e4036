//! Looks for what a handout must not hold.
//!
//! Texts are compared line by line. What begins a comment, a quotation or an item of a list is taken off a line, and all
//! white space out of it, so that neither indentation nor commenting out hides anything; lines with fewer than five
//! letters and digits are passed over, because `}` and `None` are nobody's secret. A file leaks when three lines in a row
//! stand in a hidden file as well, or when all of it does. Excused is only what students have in any case: the starters,
//! which the marks in the solutions make, and the visible tests as the course delivers them. Words, such as the secret
//! of a set, must not stand anywhere.
//!
//! Each file is read a second time with the escapes of JSON and TOML resolved, because `\n` in a string is a line, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::workspace::Files;

/// Letters and digits that make a line one's own.
const OWN: usize = 5;
/// Lines in a row that are no chance.
const ROW: usize = 3;

/// Everything that must not be seen.
#[derive(Debug, Default)]
pub struct Secrets {
    rows: BTreeMap<[String; ROW], Origin>,
    whole: BTreeMap<Vec<String>, String>,
    words: Vec<(String, String)>,
    excused: BTreeSet<[String; ROW]>,
}

/// Where a secret stands.
#[derive(Clone, Debug)]
struct Origin {
    file: String,
    line: usize,
}

/// A place in a handout that shows a secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The file of the handout.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What it shows.
    pub shows: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.shows)
    }
}

impl Secrets {
    /// Adds a hidden file: no part of it may be seen, nor all of it.
    pub fn hide(&mut self, file: &str, text: &str) {
        for (line, row) in rows(&lines(text)) {
            self.rows.entry(row).or_insert_with(|| Origin { file: file.to_owned(), line });
        }
        self.hide_whole(file, text);
    }

    /// Adds a file of which parts may be seen, but not all of it.
    pub fn hide_whole(&mut self, file: &str, text: &str) {
        let all: Vec<String> = lines(text).into_iter().map(|(_, line)| line).collect();
        if !all.is_empty() {
            self.whole.entry(all).or_insert_with(|| file.to_owned());
        }
    }

    /// Adds a word, with what it is called when it is found.
    pub fn hide_word(&mut self, word: &str, called: &str) {
        let word = word.trim();
        if word.chars().filter(|c| c.is_alphanumeric()).count() >= OWN {
            self.words.push((word.to_owned(), called.to_owned()));
        }
    }

    /// Excuses what students have in any case.
    pub fn excuse(&mut self, text: &str) {
        self.excused.extend(rows(&lines(text)).map(|(_, row)| row));
    }

    /// The first leak of each file, and of each way to read it.
    pub fn leaks(&self, files: &Files) -> Vec<Leak> {
        let mut leaks = BTreeSet::new();
        for (file, bytes) in files {
            let text = String::from_utf8_lossy(bytes);
            for text in [text.as_ref(), &unescaped(&text)] {
                leaks.extend(self.first(text).map(|(line, shows)| Leak { file: file.clone(), line, shows }));
            }
        }
        // The second reading tells what the first has told, with lines that are not the file's.
        let mut told = BTreeSet::new();
        leaks.into_iter().filter(|leak| told.insert((leak.file.clone(), leak.shows.clone()))).collect()
    }

    fn first(&self, text: &str) -> Option<(usize, String)> {
        let of = |origin: &Origin| format!("{}:{}", origin.file, origin.line);
        let lines = lines(text);
        let all: Vec<String> = lines.iter().map(|(_, line)| line.clone()).collect();
        if let Some(file) = self.whole.get(&all) {
            return Some((1, format!("all of {file}")));
        }
        for (line, row) in rows(&lines) {
            if let Some(origin) = self.rows.get(&row).filter(|_| !self.excused.contains(&row)) {
                return Some((line, format!("{ROW} lines of {}", of(origin))));
            }
        }
        let mut words = self.words.iter();
        words.find_map(|(word, called)| {
            let at = text.find(word)?;
            Some((1 + text[..at].matches('\n').count(), called.clone()))
        })
    }
}

/// The lines that count, with their numbers.
fn lines(text: &str) -> Vec<(usize, String)> {
    let own = |line: &str| -> Option<String> {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || "/!#>*|-".contains(c));
        let own = line.chars().filter(|c| c.is_alphanumeric()).count() >= OWN;
        own.then(|| line.chars().filter(|c| !c.is_whitespace()).collect())
    };
    text.lines().enumerate().filter_map(|(at, line)| Some((at + 1, own(line)?))).collect()
}

fn rows(lines: &[(usize, String)]) -> impl Iterator<Item = (usize, [String; ROW])> {
    lines.windows(ROW).filter_map(|window| {
        let row: Vec<String> = window.iter().map(|(_, line)| line.clone()).collect();
        Some((window.first()?.0, row.try_into().ok()?))
    })
}

/// The text with the escapes of strings resolved, as far as they matter here.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (sign, sign == '\\') {
            (_, true) => match signs.next() {
                Some('n' | 'r') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => {}
            },
            _ => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIDDEN: &str = "fn deep(o: &mut Obs) {\n    let length = o.size();\n    for _ in 0..length {\n        list.push(1);\n    }\n}\n";

    fn secrets() -> Secrets {
        let mut secrets = Secrets::default();
        secrets.hide("hidden.rs", HIDDEN);
        secrets.hide("small.rs", "pub const DEPTH: u64 = 7;\n");
        secrets.hide_word("00c0ffee00c0ffee\n", "the secret of the set");
        secrets
    }

    fn leaks(file: &str, text: &str) -> Vec<String> {
        let files = Files::from([(file.to_owned(), text.as_bytes().to_vec())]);
        secrets().leaks(&files).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn three_lines_of_a_hidden_file_are_found_however_they_are_written() {
        let line = ":3: 3 lines of hidden.rs:1";
        let plain = "use a;\n\n    fn deep(o: &mut Obs) {\n  let length = o.size();\n}\n\nfor _ in 0..length {\n";
        assert_eq!(leaks("src/lib.rs", plain), [format!("src/lib.rs{line}")]);
        let commented =
            "//! a\n\n// fn deep(o: &mut Obs) {\n//     let length = o.size();\n// for _ in 0 .. length {\n";
        assert_eq!(leaks("tests/visible.rs", commented), [format!("tests/visible.rs{line}")]);
        let quoted = "# Hints\n\n> fn deep(o: &mut Obs) {\n> let length = o.size();\n> for _ in 0..length {\n";
        assert_eq!(leaks("hints.md", quoted), [format!("hints.md{line}")]);
        let json = serde_json::to_string(&[HIDDEN]).unwrap();
        assert_eq!(
            leaks("manifest.json", &json),
            ["manifest.json:1: all of hidden.rs"].map(|_| "manifest.json:2: 3 lines of hidden.rs:2".to_owned())
        );
    }

    #[test]
    fn a_whole_file_and_a_word_are_found() {
        assert_eq!(leaks("probe/src/a.rs", "\npub const  DEPTH: u64 = 7;\n"), ["probe/src/a.rs:1: all of small.rs"]);
        assert_eq!(leaks("Cargo.lock", "a\nb = \"00c0ffee00c0ffee\"\n"), ["Cargo.lock:2: the secret of the set"]);
    }

    #[test]
    fn two_lines_are_a_chance_and_what_students_have_is_no_secret() {
        assert_eq!(
            leaks("README.md", "fn deep(o: &mut Obs) {\n    let length = o.size();\n}\n}\nother words\n"),
            [""; 0]
        );
        let mut secrets = secrets();
        secrets.excuse(HIDDEN);
        let files = Files::from([("a.rs".to_owned(), format!("// more of it\n{HIDDEN}").into_bytes())]);
        assert_eq!(secrets.leaks(&files), []);
    }
}
