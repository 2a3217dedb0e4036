//! A listing as it lies on disk: source, header, anchors, proof marks, goldens.

use super::golden::Goldens;
use super::narration::{MARKS, Narration};
use crate::faults::{Fault, Source};
use model::header::{self, Header, Profile};
use model::id::ListingId;
use std::ops::Range;

/// The languages that a listing may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `src/bin/*.rs` and `fail/*.rs`.
    Rust,
    /// `other/*.c`.
    C,
    /// `other/*.py`.
    Python,
    /// `other/*.js`.
    JavaScript,
    /// `other/*.java`.
    Java,
    /// `other/*.go`.
    Go,
}

impl Language {
    /// The language of a file in `other/`.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "rs" => Self::Rust,
            "c" => Self::C,
            "py" => Self::Python,
            "js" => Self::JavaScript,
            "java" => Self::Java,
            "go" => Self::Go,
            _ => return None,
        })
    }

    /// The name that readers see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::C => "C",
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
            Self::Java => "Java",
            Self::Go => "Go",
        }
    }

    /// The class by which the page's highlighter knows it.
    pub fn class(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::C => "c",
            Self::Python => "python",
            Self::JavaScript => "javascript",
            Self::Java => "java",
            Self::Go => "go",
        }
    }

    fn comment(self) -> &'static str {
        if self == Self::Python { "#" } else { "//" }
    }
}

/// What is expected of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is built and run.
    Program,
    /// The compiler must refuse it.
    MustFail,
}

/// `ANCHOR: name` to `ANCHOR_END: name`.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// Its name.
    pub name: String,
    /// Line of the opening mark, from 1.
    pub line: usize,
    /// The lines between the marks, counted from 1.
    pub lines: Range<usize>,
}

/// `PROVES rows` in the body.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The rows of the ledger.
    pub rows: Vec<String>,
    /// Its line, from 1.
    pub line: usize,
}

/// A listing.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Its name.
    pub id: ListingId,
    /// Its file.
    pub source: Source,
    /// Its language.
    pub language: Language,
    /// What is expected of it.
    pub kind: Kind,
    /// What its header says.
    pub header: Header,
    /// Its anchors.
    pub anchors: Vec<Anchor>,
    /// Its proof marks.
    pub marks: Vec<Mark>,
    /// `//~ CODE`: line and code of the errors that the compiler must give.
    pub errors: Vec<(usize, String)>,
    /// What it says when it is shown step by step.
    pub narration: Narration,
    /// What it is known to print.
    pub goldens: Goldens,
}

impl Listing {
    /// Reads a listing from its source, and tells every mistake of its header and marks. A listing with
    /// mistakes can still be referred to, so that one mistake is not told as many.
    pub fn parse(id: ListingId, source: Source, language: Language, kind: Kind) -> (Self, Vec<Fault>) {
        let comment = language.comment();
        let mut faults = Vec::new();
        let header = header::parse(&source.text, &format!("{comment}@")).unwrap_or_else(|wrong| {
            faults.extend(wrong.into_iter().map(|wrong| {
                let key = wrong.text.split(':').next().unwrap_or_default();
                let fault = Fault::at_line(&source, wrong.line, wrong.message.as_str());
                if wrong.names.is_empty() { fault } else { fault.nearest(key, wrong.names.iter().copied()) }
            }));
            Header::default()
        });
        let mut listing = Self {
            id,
            source,
            language,
            kind,
            header,
            anchors: Vec::new(),
            marks: Vec::new(),
            errors: Vec::new(),
            narration: Narration::default(),
            goldens: Goldens::default(),
        };
        listing.read_anchors(&mut faults);
        listing.read_marks(&mut faults);
        listing.read_errors(&mut faults);
        listing.narration = Narration::read(&listing.source, comment, listing.header.trace, &mut faults);
        listing.check(&mut faults);
        (listing, faults)
    }

    /// The lines with their numbers, apart from `self`, so that it can be changed meanwhile.
    fn lines(&self) -> Vec<(usize, String)> {
        self.source.text.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect()
    }

    fn comment_after(&self, line: &str, word: &str) -> Option<String> {
        let mark = format!("{} {word}", self.language.comment());
        line.split_once(&mark).map(|(_, rest)| rest.trim().to_owned())
    }

    fn read_anchors(&mut self, faults: &mut Vec<Fault>) {
        let mut open: Vec<(String, usize)> = Vec::new();
        for (line, text) in self.lines() {
            if let Some(name) = self.comment_after(&text, "ANCHOR:") {
                open.push((name, line));
            } else if let Some(name) = self.comment_after(&text, "ANCHOR_END:") {
                match open.iter().position(|(opened, _)| *opened == name) {
                    Some(at) => {
                        let (name, opened) = open.remove(at);
                        self.anchors.push(Anchor { name, line: opened, lines: opened + 1..line });
                    }
                    None => faults.push(
                        Fault::at_line(&self.source, line, format!("anchor `{name}` ends here but never began"))
                            .nearest(&name, open.iter().map(|(name, _)| name.as_str())),
                    ),
                }
            }
        }
        for (name, line) in open {
            faults.push(
                Fault::at_line(&self.source, line, format!("anchor `{name}` is never closed"))
                    .help(format!("add `{} ANCHOR_END: {name}` after its last line", self.language.comment())),
            );
            self.anchors.push(Anchor { name, line, lines: line + 1..usize::MAX });
        }
        if self.anchors.len() > 3 {
            let line = self.anchors[3].line;
            faults.push(
                Fault::at_line(&self.source, line, "a listing has at most three anchors")
                    .help("more of them mean that it is two listings"),
            );
        }
    }

    fn read_marks(&mut self, faults: &mut Vec<Fault>) {
        let lines: Vec<String> = self.lines().into_iter().map(|(_, text)| text).collect();
        for (index, text) in lines.iter().enumerate() {
            let Some(rows) = self.comment_after(text, "PROVES ") else { continue };
            let alone = text.trim_start().starts_with(self.language.comment());
            let carrier = if alone { lines.get(index + 1) } else { Some(text) };
            let stands = carrier.is_some_and(|line| line.contains("assert") || line.contains("//~ "));
            match header::parse_rows(&rows) {
                Err(message) => faults.push(Fault::at_line(&self.source, index + 1, message)),
                Ok(_) if !stands && self.kind == Kind::Program => faults.push(
                    Fault::at_line(&self.source, index + 1, "this mark stands on nothing that could fail")
                        .help("put it on an assertion, or directly above one"),
                ),
                Ok(rows) => self.marks.push(Mark { rows, line: index + 1 }),
            }
        }
    }

    fn read_errors(&mut self, faults: &mut Vec<Fault>) {
        for (line, text) in self.lines() {
            let Some((_, rest)) = text.split_once("//~ ") else { continue };
            let code = rest.split_whitespace().next().unwrap_or("");
            let formed = code.len() == 5 && code.starts_with('E') && code[1..].bytes().all(|b| b.is_ascii_digit());
            if formed && self.kind == Kind::MustFail {
                self.errors.push((line, code.to_owned()));
            } else if formed {
                faults.push(Fault::at_line(&self.source, line, "only a listing in `fail/` may expect a compile error"));
            } else {
                faults.push(Fault::at_line(
                    &self.source,
                    line,
                    format!("`{code}` is no error code; write it like //~ E0382"),
                ));
            }
        }
        if self.kind == Kind::MustFail && self.errors.is_empty() && faults.is_empty() {
            faults.push(
                Fault::at_line(&self.source, 1, "this listing must not compile, but does not say with which error")
                    .help("write `//~ E0382` at the end of the line that the compiler will point at"),
            );
        }
    }

    fn check(&self, faults: &mut Vec<Fault>) {
        let needs_tool = self.language != Language::Rust && self.header.tools.is_empty();
        if needs_tool {
            faults.push(
                Fault::at_line(&self.source, 1, format!("a {} listing names its tool", self.language.name()))
                    .help(format!("add a first line like `{}@ tool: NAME 1.0..2.0`", self.language.comment())),
            );
        }
        let is_traceable = self.profiles().contains(&Profile::Debug) && self.language == Language::Rust;
        if self.header.trace && !is_traceable {
            faults.push(
                Fault::at_line(&self.source, 1, "only a Rust program that is run in debug mode can be recorded")
                    .help("remove `trace`, or add `debug` to the profiles"),
            );
        }
        if !self.header.run && self.header.asm.is_none() {
            faults.push(Fault::at_line(
                &self.source,
                1,
                "this listing is not run and shows no assembly: what is it for?",
            ));
        }
    }

    /// The code that a reader sees: the part between an anchor's marks, or everything but the header.
    ///
    /// # Errors
    /// The names of the anchors there are, when `anchor` is none of them.
    pub fn shown(&self, anchor: Option<&str>) -> Result<String, Vec<&str>> {
        let range = match anchor {
            None => self.header.lines + 1..usize::MAX,
            Some(name) => {
                let found = self.anchors.iter().find(|anchor| anchor.name == name);
                found
                    .ok_or_else(|| self.anchors.iter().map(|anchor| anchor.name.as_str()).collect::<Vec<_>>())?
                    .lines
                    .clone()
            }
        };
        let kept: Vec<String> = self.visible_lines(&range).into_iter().map(|(_, text)| text).collect();
        Ok(dedent(&kept))
    }

    /// All that a reader sees, each line with its number in the file.
    pub fn shown_lines(&self) -> Vec<(usize, String)> {
        let mut lines = self.visible_lines(&(self.header.lines + 1..usize::MAX));
        let is_blank = |line: Option<&(usize, String)>| line.is_some_and(|(_, text)| text.is_empty());
        while is_blank(lines.last()) {
            lines.pop();
        }
        let blank = lines.iter().take_while(|line| is_blank(Some(*line))).count();
        lines.split_off(blank)
    }

    fn visible_lines(&self, range: &Range<usize>) -> Vec<(usize, String)> {
        let lines = self.lines().into_iter().filter(|(line, _)| range.contains(line));
        lines.filter_map(|(line, text)| self.visible(&text).map(|text| (line, text))).collect()
    }

    /// A line without the marks that only our tools read; `None` when nothing else stands on it.
    fn visible(&self, line: &str) -> Option<String> {
        let comment = self.language.comment();
        let mut cut = line.len();
        let narration = MARKS.map(|word| format!("{comment} {word}"));
        for mark in
            [format!("{comment} ANCHOR"), format!("{comment} PROVES "), "//~ ".to_owned()].iter().chain(&narration)
        {
            cut = cut.min(line.find(mark).unwrap_or(cut));
        }
        let text = line[..cut].trim_end();
        (cut == line.len() || !text.is_empty()).then(|| text.to_owned())
    }

    /// Path of the golden of an artifact, relative to the root, under a name like `slug.debug.txt`.
    pub fn golden_path(&self, name: &str) -> String {
        format!("listings/{}/expected/{}.{name}", self.id.chapter, self.id.slug)
    }

    /// Path of the recording of its memory, relative to the root.
    pub fn trace_path(&self) -> String {
        format!("listings/{}/traces/{}.json", self.id.chapter, self.id.slug)
    }

    /// The profiles in which it is run: other languages have only one.
    pub fn profiles(&self) -> &[Profile] {
        match (self.kind, self.header.run, self.language) {
            (Kind::MustFail, ..) | (_, false, _) => &[],
            (.., Language::Rust) => &self.header.profiles,
            _ => &[Profile::Debug],
        }
    }
}

fn dedent(lines: &[String]) -> String {
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let text: Vec<&str> = lines.iter().map(|line| line.get(indent..).unwrap_or("")).collect();
    text.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str, kind: Kind) -> Result<Listing, Vec<Fault>> {
        let source = Source::new("grow.rs", text);
        let (listing, faults) = Listing::parse(ListingId::new("heap", "grow"), source, Language::Rust, kind);
        if faults.is_empty() { Ok(listing) } else { Err(faults) }
    }

    #[test]
    fn a_reader_sees_code_without_header_and_marks() {
        let text = "//@ profiles: debug\n\nfn main() {\n    // ANCHOR: body\n    let n = 1;\n    // PROVES 1.01\n    assert_eq!(n, 1);\n    assert!(n > 0); // PROVES 1.02\n    // ANCHOR_END: body\n}\n";
        let listing = rust(text, Kind::Program).unwrap();
        assert_eq!(listing.shown(Some("body")).unwrap(), "let n = 1;\nassert_eq!(n, 1);\nassert!(n > 0);");
        assert!(listing.shown(None).unwrap().starts_with("fn main() {\n    let n = 1;"));
        assert_eq!(listing.shown(Some("boddy")).unwrap_err(), ["body"]);
        assert_eq!(listing.marks.len(), 2);
    }

    #[test]
    fn a_proof_mark_must_stand_on_something_that_can_fail() {
        let faults = rust("fn main() {\n    let n = 1; // PROVES 1.01\n}\n", Kind::Program).unwrap_err();
        assert!(faults[0].message.contains("stands on nothing"));
    }

    #[test]
    fn only_a_rust_program_in_debug_mode_can_be_recorded() {
        assert!(rust("//@ trace\n\nfn main() {}\n", Kind::Program).unwrap().header.trace);
        let faults = rust("//@ trace\n//@ profiles: release\n\nfn main() {}\n", Kind::Program).unwrap_err();
        assert!(faults[0].message.contains("debug mode"));
    }

    #[test]
    fn an_anchor_that_is_never_closed_is_a_fault_of_its_line() {
        let faults = rust("fn main() {\n    // ANCHOR: body\n}\n", Kind::Program).unwrap_err();
        assert_eq!(faults[0].place(), "grow.rs:2");
    }

    #[test]
    fn a_program_that_must_not_compile_says_where_and_why() {
        let listing = rust("fn main() {\n    let a: u8 = \"\"; //~ E0308\n}\n", Kind::MustFail).unwrap();
        assert_eq!(listing.errors, [(2, "E0308".to_owned())]);
        assert!(rust("fn main() {}\n", Kind::MustFail).is_err());
        assert!(rust("fn main() {} //~ E0308\n", Kind::Program).is_err());
    }
}
