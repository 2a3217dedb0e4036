//! Reads the message of a panic: where, what was expected, what came.

use std::path::Path;

use crate::place::Location;

/// What a failed test says last.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Panic {
    /// Where it happened.
    pub at: Option<Location>,
    /// The message; for an `assert_eq!` only what its author added.
    pub message: String,
    /// The two sides of an `assert_eq!` or `assert_ne!`.
    pub sides: Option<Sides>,
}

/// The two sides of a comparison. By the course's convention the left is what came.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sides {
    /// Whether they should have been equal.
    pub equal: bool,
    /// The left.
    pub left: String,
    /// The right.
    pub right: String,
}

impl Panic {
    /// Reads what a failed test printed; paths are relative to `folder`.
    pub(super) fn parse(said: &str, folder: &Path) -> Self {
        let Some((_, after)) = said.split_once(" panicked at ") else {
            // A test that returned an error does not panic.
            return Self { at: None, message: said.trim().to_owned(), sides: None };
        };
        let (place, text) = after.split_once(":\n").unwrap_or((after, ""));
        // With threads, a second panic tells only that the first happened.
        let ends =
            ["\nthread '", "\nnote: run with `RUST_BACKTRACE", "\nstack backtrace:", "\nthread caused non-unwinding"];
        let text = ends.iter().fold(text, |text, end| text.split(end).next().unwrap_or_default()).trim();
        let at = Location::parse(place, folder);
        match comparison(text) {
            Some((message, sides)) => Self { at, message, sides: Some(sides) },
            None => Self { at, message: text.to_owned(), sides: None },
        }
    }
}

impl Panic {
    /// Which macro it comes from, if it says only that there is no code yet.
    pub(super) fn to_do(&self) -> Option<&'static str> {
        let begins = |text| self.message.starts_with(text);
        let unimplemented = begins("not implemented").then_some("unimplemented!");
        begins("not yet implemented").then_some("todo!").or(unimplemented)
    }
}

fn comparison(text: &str) -> Option<(String, Sides)> {
    let rest = text.strip_prefix("assertion `left ")?;
    let equal = rest.starts_with("==");
    let (_, rest) = rest.split_once("` failed")?;
    let (message, sides) = rest.split_once("\n  left: ")?;
    let (left, right) = sides.rsplit_once("\n right: ")?;
    let message = message.trim_start_matches(':').trim().to_owned();
    Some((message, Sides { equal, left: left.to_owned(), right: right.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(said: &str) -> Panic {
        Panic::parse(said, Path::new("/c"))
    }

    #[test]
    fn both_sides_of_a_comparison_are_told_apart() {
        let said = "hi\n\nthread 'a' (9) panicked at x/lib.rs:3:38:\nassertion `left == right` failed: so 1\n  left: 2\n right: 3\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace";
        let sides = Sides { equal: true, left: "2".into(), right: "3".into() };
        let at = Some(Location { path: "/c/x/lib.rs".into(), line: 3 });
        assert_eq!(parse(said), Panic { at, message: "so 1".into(), sides: Some(sides) });
    }

    #[test]
    fn of_two_panics_the_first_is_the_cause() {
        let said =
            "\nthread '<unnamed>' (1) panicked at a.rs:6:42:\ninner\n\nthread 'thr' (2) panicked at a.rs:6:66:\nouter";
        assert_eq!(parse(said).message, "inner");
    }

    #[test]
    fn code_that_is_still_to_be_written_is_told_apart() {
        let to_do = |message: &str| parse(&format!("\nthread 'a' (1) panicked at a.rs:1:1:\n{message}")).to_do();
        assert_eq!(to_do("not yet implemented: put 7 in front"), Some("todo!"));
        assert_eq!(to_do("not implemented"), Some("unimplemented!"));
        assert_eq!(to_do("gone"), None);
    }

    #[test]
    fn an_error_that_a_test_returned_is_its_message() {
        assert_eq!(parse("Error: \"bad\""), Panic { at: None, message: "Error: \"bad\"".into(), sides: None });
    }
}
