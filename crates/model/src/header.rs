//! The header of a listing: its first lines, each `//@ key: value` (`#@` in Python), which say how the
//! program is built, how it ends, and what of its output varies.

mod parse;

pub use parse::{KEYS, parse, parse_rows};

use crate::varying::Rule;
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A build of a Rust program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// `cargo build`.
    Debug,
    /// `cargo build --release`.
    Release,
}

impl Profile {
    /// Both, in the order in which they are built and shown.
    pub const ALL: [Self; 2] = [Self::Debug, Self::Release];

    /// The word that headers, goldens and folders use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a listing ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// Exit code 0.
    Ok,
    /// Another exit code.
    Exit(i32),
    /// Exit code 101 and a panic message.
    Panic,
    /// SIGABRT.
    Abort,
    /// Another signal, by its name.
    Signal(String),
    /// Still running when its time was over.
    Timeout,
}

impl Ending {
    fn parse(text: &str) -> Option<Self> {
        Some(match text.split_once(' ') {
            None => match text {
                "ok" => Self::Ok,
                "panic" => Self::Panic,
                "abort" => Self::Abort,
                "timeout" => Self::Timeout,
                _ => return None,
            },
            Some(("exit", code)) => Self::Exit(code.trim().parse().ok()?),
            Some(("signal", name)) if name.starts_with("SIG") => Self::Signal(name.trim().to_owned()),
            _ => return None,
        })
    }

    /// The badge of the listing, or `None` where it ends well.
    pub fn badge(&self) -> Option<String> {
        Some(match self {
            Self::Ok => return None,
            Self::Exit(code) => format!("exits with {code}"),
            Self::Panic => "panics".into(),
            Self::Abort => "aborts".into(),
            Self::Signal(name) => format!("dies by {name}"),
            Self::Timeout => "never ends".into(),
        })
    }

    /// One sentence for the reader under an output, or `None` where it ends well.
    pub fn sentence(&self) -> Option<String> {
        Some(match self {
            Self::Ok => return None,
            Self::Exit(code) => format!("The program ended with exit code {code}."),
            Self::Panic => "The program ended by a panic, with exit code 101.".into(),
            Self::Abort => "The program was ended by signal SIGABRT.".into(),
            Self::Signal(name) => format!("The program was ended by signal {name}."),
            Self::Timeout => "The program was still running when it was stopped.".into(),
        })
    }
}

/// The interpreter or compiler of a listing in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its command: `python3`.
    pub name: String,
    /// Versions for which the golden holds: the first that does, and the first that does not.
    pub versions: (Version, Version),
}

/// A version of a tool, compared number by number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub Vec<u32>);

impl Version {
    /// Reads `3.11` or `3.11.7`.
    pub fn parse(text: &str) -> Option<Self> {
        text.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<_>>>().map(Self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(u32::to_string).collect();
        f.write_str(&parts.join("."))
    }
}

/// A part of the output that prose may quote: `value NAME: REGEX`.
#[derive(Clone, Debug)]
pub struct Quotable {
    /// The name by which it is quoted.
    pub name: String,
    /// Its one capture group is the number.
    pub pattern: Regex,
}

/// A line of the golden that proves rows of the ledger: `proves 5.09, 5.10: REGEX`.
#[derive(Clone, Debug)]
pub struct GoldenProof {
    /// The rows, three at most.
    pub rows: Vec<String>,
    /// A line of the golden must match.
    pub pattern: Regex,
    /// Line of the header.
    pub line: usize,
}

/// Everything that a header says.
#[derive(Clone, Debug)]
pub struct Header {
    /// Ending for each profile.
    pub ends: [Ending; 2],
    /// The profiles in which the program is built and run.
    pub profiles: Vec<Profile>,
    /// Arguments.
    pub args: Vec<String>,
    /// Environment variables.
    pub env: Vec<(String, String)>,
    /// Stack limit of the main thread, in bytes.
    pub stack: Option<u64>,
    /// Address space limit, in bytes.
    pub memory: Option<u64>,
    /// Seconds that it may run.
    pub timeout: f64,
    /// Whether addresses are randomized.
    pub aslr: bool,
    /// `false` for a listing that is only compiled.
    pub run: bool,
    /// The function whose assembly is a golden.
    pub asm: Option<String>,
    /// Options for the C compiler.
    pub cflags: Vec<String>,
    /// Lints that compiling must report.
    pub warns: Vec<String>,
    /// Interpreter or compiler, for other languages, and what the program itself starts; one a line.
    pub tools: Vec<Tool>,
    /// Whether its memory is recorded, line by line, into `traces/<slug>.json`.
    pub trace: bool,
    /// What varies.
    pub varies: Vec<Rule>,
    /// What may be quoted.
    pub values: Vec<Quotable>,
    /// What the golden proves.
    pub proves: Vec<GoldenProof>,
    /// Lines that the header takes up.
    pub lines: usize,
}

impl Default for Header {
    fn default() -> Self {
        Self {
            ends: [Ending::Ok, Ending::Ok],
            profiles: vec![Profile::Debug],
            args: Vec::new(),
            env: Vec::new(),
            stack: None,
            memory: None,
            timeout: 10.0,
            aslr: false,
            run: true,
            asm: None,
            cflags: Vec::new(),
            warns: Vec::new(),
            tools: Vec::new(),
            trace: false,
            varies: Vec::new(),
            values: Vec::new(),
            proves: Vec::new(),
            lines: 0,
        }
    }
}

impl Header {
    /// How the program ends in a profile.
    pub fn ending(&self, profile: Profile) -> &Ending {
        &self.ends[profile as usize]
    }
}

/// A mistake in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderFault {
    /// Line in the file, from 1.
    pub line: usize,
    /// The text that is wrong.
    pub text: String,
    /// What is wrong with it.
    pub message: String,
    /// The names that would have been right, where one of a few was expected.
    pub names: &'static [&'static str],
}
