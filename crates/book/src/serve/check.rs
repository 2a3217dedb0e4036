//! The visible tests of an exercise, run on the files that lie in `exercises/`: a learner's own. They are run as `cargo test`
//! runs them, and nothing there is written to but cargo's own folder.

use super::http::Refusal;
use anyhow::Result;
use model::exercise::Exercise;
use runner::{Command, Exit, Limits, Outcome, Running};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Time for building and testing, and for the tests alone.
const ALL: Duration = Duration::from_secs(180);
const TESTS: Duration = Duration::from_secs(10);
const TICK: Duration = Duration::from_millis(20);
/// Variables of cargo's that decide where it builds, and so whether it finds what `cargo test` built before.
const CARGO: [&str; 3] = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "RUSTFLAGS"];

/// What a page asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// `chapter/name`.
    pub exercise: String,
}

/// How a test came out, and what it said.
type Verdicts = BTreeMap<String, (&'static str, String)>;

/// Runs the tests. `None` when `is_gone` came true meanwhile.
///
/// # Errors
/// When there is no such exercise (a refusal), or we cannot do our part.
pub fn run(root: &Path, job: &Job, is_gone: &dyn Fn() -> bool) -> Result<Result<Option<Value>, Refusal>> {
    let Some(about) = exercise(root, &job.exercise) else {
        return Ok(Err(Refusal::new(404, "There is no such exercise in the folder `exercises`.")));
    };
    let folder = root.join("exercises");
    let Some(outcome) = attempt(&folder, &about, None, is_gone)? else { return Ok(Ok(None)) };
    let stdout = runner::text::printable(&outcome.output);
    let stderr = runner::text::printable(&outcome.stderr);
    if !stdout.starts_with(BEGINNING) {
        let message = if stderr.trim().is_empty() { format!("error: cargo {}", outcome.exit) } else { stderr };
        return Ok(Ok(Some(json!({ "compiler": message, "tests": [] }))));
    }
    let mut verdicts = read(&stdout);
    // A test that takes the whole process with it leaves others without a verdict, and takes along what failed ones wrote:
    // those are run one by one.
    for name in about.criterion.iter().flat_map(|criterion| &criterion.tests) {
        if verdicts.get(name).is_none_or(|(status, said)| *status == "failed" && said.is_empty()) {
            let Some(outcome) = attempt(&folder, &about, Some(name), is_gone)? else { return Ok(Ok(None)) };
            let found = alone(name, &outcome);
            verdicts.insert(name.clone(), found);
        }
    }
    Ok(Ok(Some(json!({ "tests": told(&about, &verdicts) }))))
}

/// What an exercise says of itself, if there is one of that name.
fn exercise(root: &Path, name: &str) -> Option<Exercise> {
    let is_plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
    };
    let (chapter, id) = name.split_once('/').filter(|(chapter, id)| is_plain(chapter) && is_plain(id))?;
    let file: PathBuf = root.join("exercises").join(chapter).join(id).join("exercise.toml");
    let about: Exercise = toml::from_str(&fs_err::read_to_string(file).ok()?).ok()?;
    (about.id.as_str() == id).then_some(about)
}

/// How libtest begins. Cargo itself writes nothing to its stdout here.
const BEGINNING: &str = "\nrunning ";

/// One call of `cargo test`, of all tests or of one.
fn attempt(folder: &Path, about: &Exercise, test: Option<&str>, is_gone: &dyn Fn() -> bool) -> Result<Option<Outcome>> {
    let mut command = Command::new("cargo")
        .args(["test", "--quiet", "--color", "never", "--package", about.id.as_str(), "--test", "visible", "--"])
        .args(["--format", "pretty", "--color", "never"])
        .cwd(folder)
        .pass(runner::NETWORK)
        .pass(CARGO)
        .limits(limits());
    if let Some(test) = test {
        command = command.args(["--exact", test]);
    }
    let running = command.start()?;
    if !follow(&running, is_gone) {
        return Ok(None);
    }
    Ok(Some(running.wait()?))
}

/// Waits until it has ended, or the tests have taken too long; false when nobody wants it any more.
fn follow(running: &Running, is_gone: &dyn Fn() -> bool) -> bool {
    let mut testing = None;
    while !running.is_finished() {
        std::thread::sleep(TICK);
        if is_gone() {
            return false;
        }
        if testing.is_none() && running.output_so_far().starts_with(BEGINNING.as_bytes()) {
            testing = Some(Instant::now());
        }
        if testing.is_some_and(|since: Instant| since.elapsed() > TESTS) {
            running.cancel();
        }
    }
    true
}

fn limits() -> Limits {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    Limits {
        wall: ALL,
        grace: Duration::from_millis(200),
        // Far above what a test may use, and enough for a compiler and a linker, which reserve an arena for each thread.
        address_space: Some((2 << 30) + threads * (256 << 20)),
        output: 1 << 20,
        flood: 16 << 20,
        ..Limits::tool()
    }
}

/// Reads what libtest prints for people, since its JSON is not stable.
fn read(stdout: &str) -> Verdicts {
    let (verdicts, rest) = stdout.split_once("\nfailures:\n").unwrap_or((stdout, ""));
    let mut found: Verdicts = verdicts.lines().filter_map(verdict).collect();
    // The second list of failures holds names only.
    let said = rest.split("\n\nfailures:\n").next().unwrap_or_default();
    for part in format!("\n{said}").split("\n---- ").skip(1) {
        if let Some((name, text)) = part.split_once(" stdout ----\n")
            && let Some((_, words)) = found.get_mut(name)
        {
            text.trim_matches('\n').clone_into(words);
        }
    }
    found
}

/// `test name ... ok`. Something that a test wrote past libtest may stand in front of it.
fn verdict(line: &str) -> Option<(String, (&'static str, String))> {
    let (front, verdict) = line.rsplit_once(" ... ")?;
    let status = match verdict.split([',', ' ']).next()? {
        "ok" => "passed",
        "FAILED" => "failed",
        "ignored" => "ignored",
        _ => return None,
    };
    let (_, name) = front.rsplit_once("test ")?;
    Some((name.strip_suffix(" - should panic").unwrap_or(name).to_owned(), (status, String::new())))
}

/// The verdict of a test that was run alone, after its process had died or hung.
fn alone(name: &str, outcome: &Outcome) -> (&'static str, String) {
    let (stdout, stderr) = (runner::text::printable(&outcome.output), runner::text::printable(&outcome.stderr));
    if let Some(found) = read(&stdout).remove(name) {
        return found;
    }
    match outcome.exit {
        Exit::Canceled | Exit::TimedOut => {
            ("failed", format!("It was still running after {} seconds, and was stopped.", TESTS.as_secs()))
        }
        Exit::TooMuchOutput => ("failed", "It wrote without end, and was stopped.".to_owned()),
        // libtest came to its end without it.
        _ if stdout.contains("test result: ") => ("missing", "There is no test of this name.".to_owned()),
        _ => {
            let words = stderr.split("error: test failed").next().unwrap_or_default().trim();
            // In front of it the compiler may have warned.
            let words = words.find("\nthread '").map_or(words, |at| words[at..].trim());
            let cause = stderr.rsplit_once("(signal: ").and_then(|(_, rest)| rest.split_once(')'));
            let cause =
                cause.map(|(signal, _)| format!("\nIts process was ended by signal {signal}.")).unwrap_or_default();
            ("failed", format!("{words}{cause}").trim().to_owned())
        }
    }
}

/// The verdicts in the order of the exercise's criteria, and behind them those of a learner's own tests.
fn told(about: &Exercise, verdicts: &Verdicts) -> Vec<Value> {
    let known: Vec<(&str, &str)> = about
        .criterion
        .iter()
        .flat_map(|criterion| criterion.tests.iter().map(|test| (test.as_str(), criterion.title.as_str())))
        .collect();
    let own = verdicts
        .keys()
        .map(|name| (name.as_str(), ""))
        .filter(|(name, _)| !known.iter().any(|(other, _)| other == name));
    let tell = |(name, title): (&str, &str)| {
        let (status, said) = verdicts.get(name).map_or(("missing", ""), |(status, said)| (*status, said.as_str()));
        json!({ "name": name, "title": title, "status": status, "said": said })
    };
    known.iter().copied().chain(own).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_read_with_what_failed_tests_said() {
        let text = "\nrunning 3 tests\ntest a ... ok\nxyztest b ... FAILED\ntest c - should panic ... ignored, slow\n\nfailures:\n\n---- b stdout ----\nhello\n\nthread 'b' panicked\n\n\nfailures:\n    b\n\ntest result: FAILED.\n";
        let found = read(text);
        assert_eq!(found["a"].0, "passed");
        assert_eq!(found["b"], ("failed", "hello\n\nthread 'b' panicked".to_owned()));
        assert_eq!(found["c"].0, "ignored");
    }

    #[test]
    fn only_a_plain_name_is_looked_up() {
        for name in ["", "heap", "../heap/my-vec", "heap/..", "heap/my-vec/..", "/etc/passwd", "Heap/x"] {
            assert!(exercise(Path::new("/nowhere"), name).is_none(), "{name}");
        }
    }
}
