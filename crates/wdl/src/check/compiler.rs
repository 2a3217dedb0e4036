//! Reads what cargo and the compiler wrote when no test was run.

use std::path::Path;

use crate::place::Location;

/// Why there is nothing to run.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The learner's code does not compile.
    Library,
    /// It compiles, and the tests do not compile with it.
    Tests,
    /// The learner's code is not what cargo failed at.
    Surroundings,
}

/// What went wrong before any test.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BuildError {
    /// Whose code it is.
    pub cause: Cause,
    /// The first error, as the compiler shows it.
    pub text: String,
    /// What `rustc --explain` knows it by, like `E0382`; not every error has a code.
    pub code: Option<String>,
    /// Where it stands.
    pub at: Option<Location>,
    /// How many more errors there are.
    pub more: usize,
}

impl BuildError {
    /// Reads cargo's stderr; paths are relative to `folder`.
    pub(super) fn parse(stderr: &str, package: &str, folder: &Path) -> Self {
        let cause = cause(stderr, package);
        let errors = blocks(stderr).filter(|block| is_error(block)).collect::<Vec<_>>();
        let Some(first) = errors.first() else {
            return Self { cause: Cause::Surroundings, text: stderr.trim().to_owned(), code: None, at: None, more: 0 };
        };
        let arrow = first.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let at = arrow.and_then(|place| Location::parse(place, folder));
        // The way that cargo failed is told in several parts.
        let text = if cause == Cause::Surroundings { stderr.trim().to_owned() } else { clickable(first, folder) };
        Self { cause, text, code: code(first), at, more: errors.len() - 1 }
    }
}

fn cause(stderr: &str, package: &str) -> Cause {
    let failed = |what: &str| stderr.contains(&format!("could not compile `{package}` {what}"));
    if stderr.contains("linking with `") || stderr.contains("error: linker `") {
        Cause::Surroundings
    } else if failed("(lib)") || failed("(lib test)") {
        Cause::Library
    } else if failed("(test ") {
        Cause::Tests
    } else {
        Cause::Surroundings
    }
}

/// The parts of the compiler's output, which are set apart by empty lines.
fn blocks(stderr: &str) -> impl Iterator<Item = &str> {
    stderr.split("\n\n").map(|block| block.trim_matches('\n'))
}

fn is_error(block: &str) -> bool {
    (block.starts_with("error:") || block.starts_with("error["))
        && !block.starts_with("error: could not compile")
        && !block.starts_with("error: aborting due to")
}

fn code(block: &str) -> Option<String> {
    let (code, _) = block.strip_prefix("error[")?.split_once(']')?;
    Some(code.to_owned())
}

/// The block with its arrows pointing to where the reader stands.
fn clickable(block: &str, folder: &Path) -> String {
    let lines = block.lines().map(|line| {
        let (indent, place) = line.split_once("--> ").unwrap_or(("", line));
        match Location::parse(place, folder) {
            Some(location) if line.contains("--> ") && indent.trim().is_empty() => {
                let column = place.rsplit(':').next().unwrap_or_default();
                format!("{indent}--> {location}:{column}")
            }
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_is_shown_and_the_others_are_counted() {
        let stderr = "warning: unused\n --> a/src/lib.rs:1:1\n\nerror[E0308]: mismatched types\n --> a/src/lib.rs:2:34\n  |\n\nerror: second\n --> a/src/lib.rs:9:1\n\nerror: could not compile `a` (lib) due to 2 previous errors";
        let error = BuildError::parse(stderr, "a", Path::new("/c"));
        assert_eq!(error.cause, Cause::Library);
        assert_eq!(error.at, Some(Location { path: "/c/a/src/lib.rs".into(), line: 2 }));
        assert!(error.text.starts_with("error[E0308]: mismatched types\n --> "), "{}", error.text);
        assert_eq!((error.code.as_deref(), error.more), (Some("E0308"), 1));
    }

    #[test]
    fn an_error_without_a_code_has_none() {
        let stderr = "error: expected `;`, found `}`\n --> a/src/lib.rs:2:34\n\nerror: could not compile `a` (lib)";
        assert_eq!(BuildError::parse(stderr, "a", Path::new("/c")).code, None);
    }

    #[test]
    fn a_failure_of_anything_else_is_not_the_learners() {
        for stderr in [
            "error: could not compile `probe` (lib) due to 1 previous error",
            "error: linker `cc` not found\n\nerror: could not compile `a` (test \"visible\")",
            "error: no matching package named `x` found",
        ] {
            assert_eq!(BuildError::parse(stderr, "a", Path::new("/c")).cause, Cause::Surroundings, "{stderr}");
        }
    }
}
