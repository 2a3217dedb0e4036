//! Words for what went wrong: what was tried, expected, got; why it matters, where to read, what to do.

use model::exercise::Criterion;
use model::report::{CriterionReport, Finding, Outcome};

use super::attempt::{Attempt, End, FLOOD};
use super::compiler::{BuildError, Cause};
use super::last_words::LastWords;
use super::libtest::{Status, Tests};
use super::panic::{Panic, Sides};
use super::verdict::Verdict;
use crate::course::Course;
use crate::entry::{Entry, TESTS};
use crate::place::{Location, shown};

/// A finding, and where to look.
pub(super) struct Explained {
    pub finding: Finding,
    pub at: Option<Location>,
}

/// What to say of a test that did not pass.
pub(super) fn finding(
    course: &Course,
    entry: &Entry,
    criterion: &Criterion,
    test: &str,
    outcome: Outcome,
    attempt: &Attempt,
    tests: &Tests,
) -> Explained {
    let said = match outcome {
        Outcome::Failed => failed(course, test, tests),
        outcome => Said { tried: words(test), ..died(course, entry, test, outcome, attempt, tests) },
    };
    let at = said.at.or_else(|| test_in(entry, test));
    let next = match outcome {
        _ if said.to_do => to_do(entry, at.as_ref()),
        Outcome::NotRun if tests.ended || tests.reported(test) => {
            format!("put the test back: `wdl reset {} --tests`", entry.id())
        }
        Outcome::NotRun => "mend first what keeps it from being run".to_owned(),
        _ => criterion.next.clone(),
    };
    let finding = Finding {
        case: test.to_owned(),
        tried: said.tried,
        expected: said.expected,
        got: said.got,
        why: criterion.why.clone(),
        read: course.page(criterion.read.as_deref().unwrap_or(&entry.about.read)),
        next,
    };
    Explained { finding, at }
}

/// Where there is no code yet, none can be wrong: advice for wrong code would mislead.
fn to_do(entry: &Entry, at: Option<&Location>) -> String {
    let at = at.map_or_else(|| entry.start().to_string(), ToString::to_string);
    let (task, id) = (shown(&entry.task()), entry.id());
    format!("write the code at `{at}`; {task} says what it must do, and `wdl hint {id}` helps")
}

#[derive(Default)]
struct Said {
    tried: String,
    expected: String,
    got: String,
    at: Option<Location>,
    /// Whether the test met nothing but code that is still to be written.
    to_do: bool,
}

fn failed(course: &Course, test: &str, tests: &Tests) -> Said {
    let panic = Panic::parse(tests.said.get(test).map_or("", String::as_str), &course.folder);
    let to_do = panic.to_do();
    // A place inside of the standard library is not the learner's to mend.
    let at = panic.at.filter(|at| at.path.is_file());
    let name = words(test);
    if let Some(Sides { equal, left, right }) = panic.sides {
        let tried = if panic.message.is_empty() { name } else { format!("{name}: {}", panic.message) };
        let expected = if equal { right } else { format!("anything but {right}") };
        return Said { tried, expected, got: left, at, to_do: false };
    }
    let message = panic.message;
    let (expected, got) = if let Some(name) = to_do {
        ("an answer".to_owned(), waiting(name))
    } else if let Some(condition) = message.strip_prefix("assertion failed: ") {
        (format!("`{condition}`"), "that is not so".to_owned())
    } else if message.is_empty() {
        ("the test to end well".to_owned(), "it failed without a word".to_owned())
    } else {
        ("the test to end well".to_owned(), message)
    };
    Said { tried: name, expected, got, at, to_do: to_do.is_some() }
}

fn waiting(name: &str) -> String {
    let article = if name.starts_with('u') { "an" } else { "a" };
    format!("{article} `{name}` that waits for your code")
}

/// A test without a verdict.
fn died(course: &Course, entry: &Entry, test: &str, outcome: Outcome, attempt: &Attempt, tests: &Tests) -> Said {
    let death = tests.died.get(test);
    let words =
        death.and_then(|death| LastWords::parse(&death.stdout, &death.stderr, &course.folder)).unwrap_or_default();
    let expected = "the test to come to its end".to_owned();
    // A place inside of the standard library is not the learner's to mend.
    let at = words.at.filter(|at| at.path.is_file());
    if let Some(name) = words.to_do {
        return Said { expected, got: waiting(name), at, to_do: true, ..Said::default() };
    }
    let mut got = ended(entry, test, outcome, attempt, tests);
    // That the stack overflowed is all that such a process says.
    if outcome != Outcome::StackOverflow && !words.text.is_empty() {
        got = format!("{got}: {}", words.text);
    }
    Said { expected, got, at, ..Said::default() }
}

/// How a test ended that has no verdict.
fn ended(entry: &Entry, test: &str, outcome: Outcome, attempt: &Attempt, tests: &Tests) -> String {
    let unfinished = super::verdict::listed(entry).filter(|name| !tests.reported(name)).count();
    let one_of =
        if unfinished > 1 { format!(" (this test, or one of {} more)", unfinished - 1) } else { String::new() };
    match (outcome, attempt.end) {
        (Outcome::Crash, _) if let Some(death) = tests.died.get(test) => format!("the process {}", death.cause),
        (Outcome::NotRun, _) if tests.status.get(test) == Some(&Status::Ignored) => "it is marked `#[ignore]`".into(),
        (Outcome::NotRun, _) if tests.ended => format!("it is not in {}", shown(&entry.folder.join(TESTS))),
        (Outcome::NotRun, _) => "it was not run, because another test took too long or died".into(),
        (Outcome::Timeout, _) => format!("it was stopped after {} s{one_of}", attempt.allowed.as_secs_f64()),
        (Outcome::StackOverflow, _) => "its stack overflowed, and the process died".into(),
        (Outcome::Memory, _) => "it asked for more memory than there is, and the process died".into(),
        (_, End::Flood) => format!("it wrote more than {} MiB and was stopped{one_of}", FLOOD >> 20),
        (_, End::Bomb) => format!("it started too many processes and was stopped{one_of}"),
        (_, End::Exited(0)) => format!("the process ended in the middle of the tests{one_of}"),
        _ => "the process died".to_owned(),
    }
}

/// A name that is a sentence, read as one.
fn words(test: &str) -> String {
    test.rsplit("::").next().unwrap_or(test).replace('_', " ")
}

fn test_in(entry: &Entry, test: &str) -> Option<Location> {
    let path = entry.folder.join(TESTS);
    let text = std::fs::read_to_string(&path).ok()?;
    let head = format!("fn {}(", test.rsplit("::").next()?);
    let line = text.lines().position(|line| line.contains(&head));
    Some(Location { line: line.map_or(1, |line| u32::try_from(line).unwrap_or(0) + 1), path })
}

/// What to say when no test began.
pub(super) fn not_started(course: &Course, entry: &Entry, attempt: &Attempt) -> Verdict {
    if attempt.end == End::BuildTimedOut {
        let message = "the build did not come to its end in time; no test was run";
        let next = "look whether another cargo is at work, or give it longer: `wdl check --seconds 300`";
        return Verdict::refused(entry, Outcome::Timeout, message, next);
    }
    let mut error = BuildError::parse(&attempt.stderr, entry.id(), &course.folder);
    let file = shown(&entry.main_file());
    let (outcome, next) = match error.cause {
        Cause::Library => (Outcome::BuildError, mend(error.code.as_deref())),
        Cause::Tests => (
            Outcome::BuildError,
            format!("the tests do not fit your code: give back the names and types that {file} had at the start"),
        ),
        Cause::Surroundings if is_own_manifest(entry, &error) => {
            let path = entry.folder.join("Cargo.toml");
            let next = format!("bring {} back as it was delivered", shown(&path));
            // Not every complaint about a manifest has a place.
            error.at.get_or_insert(Location { path, line: 1 });
            (Outcome::BuildError, next)
        }
        Cause::Surroundings => {
            (Outcome::GraderError, "your code is not to blame; `wdl doctor` looks for the reason".to_owned())
        }
    };
    let more = if error.more > 0 { format!("\n({} more)", error.more) } else { String::new() };
    let mut verdict = Verdict::refused(entry, outcome, format!("{}{more}", error.text), next);
    verdict.at = error.at;
    verdict
}

fn mend(code: Option<&str>) -> String {
    let more = code.map(|code| format!("; `rustc --explain {code}` tells more"));
    format!("mend this first{}", more.unwrap_or_default())
}

/// Whether cargo could not read the manifest of this exercise, rather than that of another or of a crate.
fn is_own_manifest(entry: &Entry, error: &BuildError) -> bool {
    let manifest = entry.folder.join("Cargo.toml");
    error.at.as_ref().is_some_and(|at| at.path == manifest)
        || error.text.contains(&format!("failed to parse manifest at `{}`", manifest.display()))
}

/// What to say when something that every check needs is not there.
pub(super) fn missing_file(course: &Course, entry: &Entry, name: &str, restorable: bool) -> Verdict {
    let message = format!("{} is missing; no test was run", shown(&entry.folder.join(name)));
    let option = if entry.about.files.iter().any(|file| file == name) { "" } else { " --tests" };
    let next = if restorable {
        format!("bring it back: `wdl reset {}{option}`", entry.id())
    } else {
        format!("bring it back from where you got the course, {}", shown(&course.folder))
    };
    Verdict::refused(entry, Outcome::NotRun, message, next)
}

/// A pass of other tests than the course's is not one, and any other verdict may be due to them.
pub(super) fn edited_tests(entry: &Entry, mut verdict: Verdict) -> Verdict {
    let tests = format!("{} is not the course's any more", shown(&entry.folder.join(TESTS)));
    let next = format!(
        "move tests of your own to another file in tests/, then `wdl reset {} --tests` (which keeps a copy)",
        entry.id()
    );
    if verdict.report.passed() {
        verdict.report.outcome = Outcome::Policy;
        verdict.report.message = format!("your code passes, and {tests}, so this does not count");
        verdict.next = Some(next);
    } else {
        verdict.note = Some(format!("{tests}, so a pass would not count: {next}"));
    }
    verdict
}

/// Every listed test passed, and cargo is not content.
pub(super) fn passed_and_yet(entry: &Entry, attempt: &Attempt, tests: &Tests) -> (Outcome, String) {
    let listed: Vec<&str> = super::verdict::listed(entry).collect();
    let failed =
        tests.status.iter().filter(|(name, status)| **status == Status::Failed && !listed.contains(&name.as_str()));
    let failed: Vec<&str> = failed.map(|(name, _)| name.as_str()).collect();
    match attempt.end {
        _ if !failed.is_empty() => (
            Outcome::Failed,
            format!("the course's tests pass, and {} of yours do not: {}", failed.len(), failed.join(", ")),
        ),
        End::TestsTimedOut | End::BuildTimedOut => {
            (Outcome::Timeout, "every test passed, and the process did not end".to_owned())
        }
        End::Flood => (Outcome::Crash, format!("every test passed, and more than {} MiB were written", FLOOD >> 20)),
        End::Exited(0) => (Outcome::Crash, "the process ended before the tests did".to_owned()),
        _ => {
            let words = LastWords::parse("", &attempt.stderr, &entry.folder).map(|words| format!(": {}", words.text));
            let words = words.unwrap_or_default();
            (Outcome::Crash, format!("every test passed, and then the process died{words}"))
        }
    }
}

/// What to do besides what the finding says that is shown.
pub(super) fn next(told: Option<&CriterionReport>, attempt: &Attempt) -> Option<String> {
    let seconds = attempt.allowed.as_secs() * 2;
    let slow = told.is_some_and(|criterion| criterion.outcome == Outcome::Timeout);
    slow.then(|| format!("is the machine slow, rather than the loop endless? `wdl check --seconds {seconds}`"))
}
