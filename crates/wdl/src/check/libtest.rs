//! Reads what libtest prints for people, since its JSON is not stable.

use std::collections::BTreeMap;

use super::attempt::Death;

/// How a test came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// It passed.
    Ok,
    /// It panicked, or returned an error.
    Failed,
    /// It is marked `#[ignore]`.
    Ignored,
}

/// Everything that a run of tests said.
#[derive(Debug, Default)]
pub(super) struct Tests {
    /// Whether libtest began at all: if not, nothing was built.
    pub started: bool,
    /// Whether libtest came to its last line.
    pub ended: bool,
    /// The verdicts.
    pub status: BTreeMap<String, Status>,
    /// What failed tests printed, their panic among it.
    pub said: BTreeMap<String, String>,
    /// Tests that took the whole process with them, and how.
    pub died: BTreeMap<String, Death>,
}

impl Tests {
    /// Reads the output of libtest with `--format pretty`.
    pub(super) fn parse(output: &str) -> Self {
        let mut tests = Self { started: output.starts_with("\nrunning "), ..Self::default() };
        let (verdicts, rest) = output.split_once("\nfailures:\n").unwrap_or((output, ""));
        tests.status = verdicts.lines().filter_map(verdict).collect();
        tests.ended = output.lines().any(|line| line.starts_with("test result: "));
        // The second list of failures holds names only.
        let said = rest.split("\n\nfailures:\n").next().unwrap_or_default();
        for part in format!("\n{said}").split("\n---- ").skip(1) {
            if let Some((name, text)) = part.split_once(" stdout ----\n") {
                tests.said.insert(name.to_owned(), text.trim_matches('\n').to_owned());
            }
        }
        tests
    }

    /// Whether a test was heard of.
    pub(super) fn reported(&self, name: &str) -> bool {
        self.status.contains_key(name)
    }

    /// Whether all that a person needs is known: a test that failed said why. A process that dies takes with
    /// it what its failed tests wrote.
    pub(super) fn explained(&self, name: &str) -> bool {
        match self.status.get(name) {
            Some(Status::Failed) => self.said.contains_key(name),
            status => status.is_some(),
        }
    }

    /// Adds what another run said.
    pub(super) fn extend(&mut self, other: Self) {
        self.status.extend(other.status);
        self.said.extend(other.said);
        self.died.extend(other.died);
    }
}

/// `test name ... ok`. Something that a test wrote past libtest may stand in front of it.
fn verdict(line: &str) -> Option<(String, Status)> {
    let (front, verdict) = line.rsplit_once(" ... ")?;
    let status = match verdict.split([',', ' ']).next()? {
        "ok" => Status::Ok,
        "FAILED" => Status::Failed,
        "ignored" => Status::Ignored,
        _ => return None,
    };
    let (_, name) = front.rsplit_once("test ")?;
    Some((name.strip_suffix(" - should panic").unwrap_or(name).to_owned(), status))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "
running 4 tests
test a ... ok
test m::b - should panic ... ok
xyztest c ... FAILED
test d ... ignored, slow

failures:

---- c stdout ----
hello

thread 'c' (7) panicked at tests/visible.rs:3:38:
gone


failures:
    c

test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn verdicts_and_last_words_are_read() {
        let tests = Tests::parse(OUTPUT);
        assert!(tests.started && tests.ended);
        let status: Vec<_> = tests.status.iter().map(|(name, status)| (name.as_str(), *status)).collect();
        assert_eq!(status, [("a", Status::Ok), ("c", Status::Failed), ("d", Status::Ignored), ("m::b", Status::Ok)]);
        assert_eq!(tests.said["c"], "hello\n\nthread 'c' (7) panicked at tests/visible.rs:3:38:\ngone");
    }

    #[test]
    fn output_that_breaks_off_is_not_a_result() {
        let tests = Tests::parse("\nrunning 2 tests\ntest a ... ok\n");
        assert!(tests.started && !tests.ended && tests.reported("a") && !tests.reported("b"));
        assert!(!Tests::parse("").started);
    }
}
