//! Owns the search for the programs that others install: where one is, which version it is, and
//! what to tell a person who does not have it.

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::{Capture, Command, Limits, RunnerError, text};

/// Where `name` is: looked up in our PATH, or, when it holds a slash, relative to our directory.
/// `None` when there is no such file, or it may not be executed.
pub fn find(name: impl AsRef<OsStr>) -> Option<PathBuf> {
    find_in(name.as_ref(), env::var_os("PATH").as_deref()).filter(|path| crate::platform::is_executable(path))
}

/// Like [`find`], with another search path. A file that is named with a slash and may not be
/// executed is found, so that starting it tells why.
pub(crate) fn find_in(name: &OsStr, search_path: Option<&OsStr>) -> Option<PathBuf> {
    let name = Path::new(name);
    if name.components().count() != 1 {
        return with_suffix(name).into_iter().find(|path| path.is_file()).and_then(absolute);
    }
    env::split_paths(search_path?)
        .flat_map(|directory| with_suffix(&directory.join(name)))
        .find(|path| crate::platform::is_executable(path))
        .and_then(absolute)
}

fn absolute(path: PathBuf) -> Option<PathBuf> {
    std::path::absolute(path).ok()
}

fn with_suffix(path: &Path) -> Vec<PathBuf> {
    let mut candidates = vec![path.to_owned()];
    if !env::consts::EXE_SUFFIX.is_empty() && path.extension().is_none() {
        candidates.push(path.with_extension(env::consts::EXE_EXTENSION));
    }
    candidates
}

/// What a tool says about its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The line that names it, as in `Python 3.11.7`, made printable.
    pub text: String,
    /// The first number of that line, taken apart at its dots: `[3, 11, 7]`.
    pub numbers: Vec<u32>,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Asks a tool for its version, as in `version("python3", &["--version"])`.
///
/// # Errors
///
/// [`RunnerError::Missing`] when it is not installed, [`RunnerError::Version`] when it fails or
/// names no version, and whatever else can keep us from running it.
pub fn version(name: &str, args: &[&str]) -> Result<Version, RunnerError> {
    let limits = Limits { wall: Duration::from_secs(60), ..Limits::tool() };
    let outcome = Command::new(name).args(args).limits(limits).capture(Capture::Merged).run()?;
    let text = text::printable(&outcome.output);
    let version = outcome.exit.success().then(|| parse(&text)).flatten();
    version.ok_or(RunnerError::Version { program: name.to_owned(), exit: outcome.exit, text })
}

/// The first line with a dotted number, or else the first with any number: `openjdk 21 2026-09-15`
/// has no dots, and a warning may stand above the line that counts.
fn parse(text: &str) -> Option<Version> {
    let found = |least: usize| {
        text.lines().find_map(|line| {
            let numbers = line.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(dotted)?;
            (numbers.len() >= least).then(|| Version { text: line.trim().to_owned(), numbers })
        })
    };
    found(2).or_else(|| found(1))
}

fn dotted(word: &str) -> Option<Vec<u32>> {
    word.split('.').map(|part| part.parse().ok()).collect()
}

/// What to do when `name` is missing, as a sentence without a full stop.
pub fn hint(name: &str) -> String {
    let install = match name {
        "cargo" | "rustc" | "rustup" => "install Rust with rustup, https://rustup.rs",
        "python3" | "python" => "install Python 3 (package `python3`)",
        "node" => "install Node.js (package `nodejs`)",
        "go" => "install Go (package `golang`)",
        "java" | "javac" => "install a JDK (package `default-jdk`)",
        "cc" | "gcc" => "install a C compiler (package `gcc`)",
        "clang" => "install Clang (package `clang`)",
        "bwrap" => "install bubblewrap (package `bubblewrap`)",
        "gdb" | "valgrind" | "git" => return format!("install it (package `{name}`)"),
        "chromium" | "chromium-browser" | "google-chrome" | "chrome-headless-shell" => {
            "install a Chromium browser (package `chromium`)"
        }
        _ if Path::new(name).components().count() != 1 => {
            return "there is no such file; check the path, or build it first".to_owned();
        }
        _ => "install it, or add its directory to PATH",
    };
    install.to_owned()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_version_is_the_first_number_of_the_line_that_names_one() {
        for (text, numbers) in [
            ("Python 3.11.7\n", vec![3, 11, 7]),
            ("v22.1.0", vec![22, 1, 0]),
            ("openjdk 21 2026-09-15\n", vec![21]),
            ("openjdk version \"21.0.1\" 2026\n", vec![21, 0, 1]),
            ("go version go1.22.1 linux/amd64", vec![1, 22, 1]),
            ("Picked up 1 option\ngcc (Debian 12.2.0-14) 12.2.0", vec![12, 2, 0]),
        ] {
            assert_eq!(parse(text).expect(text).numbers, numbers, "{text}");
        }
    }

    #[test]
    fn a_text_without_numbers_names_no_version() {
        assert_eq!(parse("usage: tool [options].\n"), None);
    }
}
