//! What a process that died wrote about it: the line that names the mistake, not what stands around it.

use std::path::Path;

use super::panic::{Panic, Sides};
use crate::place::Location;

/// What a process said of its own death.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LastWords {
    /// One line.
    pub text: String,
    /// Where it happened, as far as it says so.
    pub at: Option<Location>,
    /// The macro, where nothing but code that is still to be written was met.
    pub to_do: Option<&'static str>,
}

impl LastWords {
    /// Reads what a process wrote; paths are relative to `folder`. `None` when nothing there is about its death:
    /// a test may write what it likes.
    pub(super) fn parse(stdout: &str, stderr: &str, folder: &Path) -> Option<Self> {
        // libtest keeps the panics of a test, and gives them out on stdout when one cannot go on; that one is
        // on stderr.
        let panics = [stdout, stderr].into_iter().flat_map(|said| said.split("\nthread '"));
        let panics = panics.filter(|part| part.contains(" panicked at ")).map(|part| Panic::parse(part, folder));
        // The standard library panics once more, to say that a panic could not go on.
        let last = panics.filter(|panic| !panic.message.starts_with("panic in a ")).last();
        let line = stderr.lines().map(str::trim).rfind(|line| is_about_death(line));
        last.map(Self::of_panic).or_else(|| line.map(|line| Self { text: line.to_owned(), ..Self::default() }))
    }

    fn of_panic(panic: Panic) -> Self {
        let to_do = panic.to_do();
        let text = match panic.sides {
            Some(Sides { left, right, equal: true }) => format!("{left} came, and {right} was expected"),
            Some(Sides { right, .. }) => format!("{right} came, and anything but that was expected"),
            None => panic.message.lines().next().unwrap_or_default().to_owned(),
        };
        Self { text, at: panic.at, to_do }
    }
}

/// The allocators of the systems, the sanitizers and the standard library each have a way to say it.
fn is_about_death(line: &str) -> bool {
    let begins = ["double free or corruption", "corrupted ", "*** stack smashing detected", "fatal runtime error: "];
    begins.iter().any(|begin| line.starts_with(begin))
        || line.starts_with("memory allocation of ") && line.ends_with(" bytes failed")
        || line.starts_with("SUMMARY: ") && line.contains("Sanitizer: ")
        || line.contains("malloc: *** error for object ")
        || line.split_once("(): ").is_some_and(|(name, _)| is_function_of_c(name))
}

/// `free(): invalid pointer`, `munmap_chunk(): invalid pointer`: glibc names the function that noticed.
fn is_function_of_c(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(stderr: &str) -> Option<LastWords> {
        LastWords::parse("", stderr, Path::new("/c"))
    }

    #[test]
    fn the_line_that_names_the_mistake_is_found_among_others() {
        for line in [
            "free(): double free detected in tcache 2",
            "malloc(): corrupted top size",
            "double free or corruption (out)",
            "SUMMARY: AddressSanitizer: heap-use-after-free /c/src/lib.rs:71:18 in f",
            "memory allocation of 24 bytes failed",
            "visible(71,0x1) malloc: *** error for object 0x2: pointer being freed was not allocated",
        ] {
            let stderr = format!("the test says something\n{line}\nnote: run with `RUST_BACKTRACE=1`\n==7==ABORTING\n");
            assert_eq!(parse(&stderr).map(|words| words.text), Some(line.to_owned()));
        }
        assert_eq!(parse("the test says something (): and so on\n"), None);
    }

    #[test]
    fn a_panic_that_cannot_go_on_is_told_with_its_place() {
        let stderr = "\nthread 'a' (7) panicked at x/lib.rs:5:31:\nunsafe precondition(s) violated: ptr::read requires that\n\nThis indicates a bug in the program.\nnote: run with `RUST_BACKTRACE=1`\nthread caused non-unwinding panic. aborting.\n";
        let words = parse(stderr).unwrap();
        assert_eq!(words.text, "unsafe precondition(s) violated: ptr::read requires that");
        assert_eq!(words.at, Some(Location { path: "/c/x/lib.rs".into(), line: 5 }));
    }

    #[test]
    fn of_two_panics_the_one_in_the_destructor_ended_the_process() {
        let stdout = "\nrunning 1 test\n\nthread 'a' (7) panicked at x/lib.rs:5:31:\nfirst\n\nthread 'a' (7) panicked at x/lib.rs:9:1:\nnot yet implemented: drop it\nstack backtrace:\n   0: f\n";
        let stderr = "\nthread 'a' (7) panicked at core/panicking.rs:2:5:\npanic in a destructor during cleanup\nthread caused non-unwinding panic. aborting.\n";
        let words = LastWords::parse(stdout, stderr, Path::new("/c")).unwrap();
        assert_eq!(words.text, "not yet implemented: drop it");
        assert_eq!(words.to_do, Some("todo!"));
    }
}
