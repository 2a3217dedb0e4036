//! One run of `cargo test`: how it is called, how long it may take, and how it ended.

use anyhow::Result;
use model::report::Outcome;
use runner::{Command, Exit, Limits, Running, Signal};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::course::Course;
use crate::entry::Entry;

/// How long a check may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Building and testing together.
    pub all: Duration,
    /// The tests alone; `None` for what the exercise allows.
    pub tests: Option<Duration>,
}

impl Patience {
    /// A limit for the tests that the learner chose, or the usual one.
    pub fn new(seconds: Option<u64>) -> Self {
        let tests = seconds.map(Duration::from_secs);
        Self { all: Duration::from_secs(60) + tests.unwrap_or_default(), tests }
    }

    /// The exercise's limit is for one case; visible tests are small, and several run at a time.
    fn of_tests(self, entry: &Entry) -> Duration {
        let case = Duration::try_from_secs_f64(entry.about.limits.wall_seconds).unwrap_or(self.all);
        self.tests.unwrap_or(case.max(Duration::from_secs(10))).min(self.all)
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// cargo ended by itself, with this code.
    Exited(i32),
    /// A signal ended it.
    Killed(Signal),
    /// It was still building.
    BuildTimedOut,
    /// It was testing.
    TestsTimedOut,
    /// It wrote more than anyone reads.
    Flood,
    /// It started more processes than any test needs.
    Bomb,
}

/// A run of `cargo test` that came to an end.
#[derive(Debug)]
pub(super) struct Attempt {
    /// How it ended.
    pub end: End,
    /// What libtest and the tests wrote.
    pub stdout: String,
    /// What cargo and the compiler wrote.
    pub stderr: String,
    /// How long the tests were allowed to take.
    pub allowed: Duration,
}

/// Output of one run at which it is stopped.
pub(super) const FLOOD: u64 = 16 << 20;
/// How often a run is looked at: a fiftieth of what a person notices.
const TICK: Duration = Duration::from_millis(1);

/// Variables of cargo's that decide where it builds and whether it finds what `cargo test` built before.
const CARGO: [&str; 3] = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR", "RUSTFLAGS"];

/// Runs the visible tests. `None` when the run was given up.
///
/// # Errors
/// When cargo cannot be run.
pub(super) fn run(
    course: &Course,
    entry: &Entry,
    patience: Patience,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Option<Attempt>> {
    attempt(&command(course, entry, patience), patience.of_tests(entry), go_on)
}

/// Runs one test, of the program that cargo built where it is known. `None` when the run was given up.
///
/// # Errors
/// When the program cannot be run.
pub(super) fn alone(
    course: &Course,
    program: Option<&Path>,
    test: &str,
    entry: &Entry,
    patience: Patience,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Option<Attempt>> {
    let command = match program {
        Some(program) => Command::new(program).args(FORMAT).cwd(&entry.folder).limits(limits(patience)),
        None => command(course, entry, patience),
    };
    attempt(&command.args(["--exact", test]), patience.of_tests(entry), go_on)
}

fn attempt(command: &Command, allowed: Duration, go_on: &mut dyn FnMut() -> bool) -> Result<Option<Attempt>> {
    let running = command.start()?;
    let Some(stopped) = follow(&running, allowed, go_on) else { return Ok(None) };
    let outcome = running.wait()?;
    let stdout = runner::text::printable(&outcome.output);
    let end = match outcome.exit {
        Exit::Interrupted => return Ok(None),
        Exit::Canceled | Exit::TimedOut | Exit::OutOfCpu if stopped || started(stdout.as_bytes()) => End::TestsTimedOut,
        Exit::Canceled | Exit::TimedOut | Exit::OutOfCpu => End::BuildTimedOut,
        Exit::TooMuchOutput => End::Flood,
        // The address space is what bounds memory here, so the second does not happen.
        Exit::TooManyProcesses | Exit::TooMuchMemory => End::Bomb,
        Exit::Signaled(signal) => End::Killed(signal),
        Exit::Exited(code) => End::Exited(code),
    };
    Ok(Some(Attempt { end, stdout, stderr: runner::text::printable(&outcome.stderr), allowed }))
}

/// `pretty` names every test as it ends; cargo's `--quiet` alone would leave dots.
const FORMAT: [&str; 4] = ["--format", "pretty", "--color", "never"];

fn limits(patience: Patience) -> Limits {
    Limits {
        wall: patience.all,
        grace: Duration::from_millis(200),
        address_space: Some(address_space()),
        output: 1 << 20,
        flood: FLOOD,
        ..Limits::tool()
    }
}

fn command(course: &Course, entry: &Entry, patience: Patience) -> Command {
    let command = Command::new("cargo")
        .args(["test", "--quiet", "--color", "never", "--package", entry.id(), "--test", "visible", "--"])
        .args(FORMAT)
        .cwd(&course.folder)
        .pass(runner::NETWORK)
        .pass(CARGO)
        .limits(limits(patience));
    match other_target(course) {
        Some(folder) => command.env("CARGO_TARGET_DIR", folder),
        None => command,
    }
}

/// Addresses of one process: far above what a test may use, and enough for a compiler and a linker, which
/// reserve an arena for each of their threads. Without it, a test that prints without end fills the memory,
/// because libtest keeps what tests print.
fn address_space() -> u64 {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    (2 << 30) + threads * (256 << 20)
}

/// A place for cargo's files where the course's own folder cannot hold them.
fn other_target(course: &Course) -> Option<PathBuf> {
    let chosen = CARGO[..2].iter().any(|name| std::env::var_os(name).is_some());
    if chosen || course.folder.join("target").is_dir() && is_writable(&course.folder.join("target")) {
        return None;
    }
    if !course.folder.join("target").exists() && is_writable(&course.folder) {
        return None;
    }
    let name = blake3::hash(course.folder.as_os_str().as_encoded_bytes()).to_hex();
    Some(std::env::temp_dir().join(format!("wdl-target-{}", &name[..16])))
}

/// Whether a file can be made in a folder.
pub fn is_writable(folder: &Path) -> bool {
    tempfile::tempfile_in(folder).is_ok()
}

/// Waits for the end. `Some(true)` when the tests took too long and were stopped, `None` when given up.
fn follow(running: &Running, allowed: Duration, go_on: &mut dyn FnMut() -> bool) -> Option<bool> {
    let mut testing = None;
    let mut looked = Instant::now();
    while !running.is_finished() {
        std::thread::sleep(TICK);
        if looked.elapsed() < 20 * TICK {
            continue;
        }
        looked = Instant::now();
        if !go_on() {
            running.cancel();
            return None;
        }
        if testing.is_none() && started(&running.output_so_far()) {
            testing = Some(Instant::now());
        }
        if testing.is_some_and(|since| since.elapsed() >= allowed) {
            running.cancel();
            return Some(true);
        }
    }
    Some(false)
}

/// Whether libtest has begun: cargo itself writes nothing to its stdout here.
fn started(output: &[u8]) -> bool {
    output.starts_with(b"\nrunning ")
}

/// How a test's process died.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Death {
    /// What that is called.
    pub(super) outcome: Outcome,
    /// What the system said of it.
    pub(super) cause: String,
    /// What the process wrote to its stdout.
    pub(super) stdout: String,
    /// What the process wrote to its stderr.
    pub(super) stderr: String,
}

impl Attempt {
    /// The program of the tests, if it died rather than ended with verdicts: cargo names it after "Caused by".
    pub(super) fn dead_program(&self) -> Option<PathBuf> {
        let (_, rest) = self.stderr.split_once("process didn't exit successfully: `")?;
        let (program, _) = rest.split_once(" --format pretty")?;
        Some(PathBuf::from(program))
    }

    /// What the process died of, as far as its last words and the signal tell.
    pub(super) fn death(&self) -> Death {
        let says = |text: &str| self.stderr.contains(text);
        let outcome = if matches!(self.end, End::TestsTimedOut | End::BuildTimedOut) {
            Outcome::Timeout
        } else if says("has overflowed its stack") || says("STATUS_STACK_OVERFLOW") {
            Outcome::StackOverflow
        } else if says("memory allocation of ") && says(" bytes failed") || self.signal() == Some("SIGKILL") {
            Outcome::Memory
        } else {
            Outcome::Crash
        };
        let cause = match self.end {
            End::Killed(signal) => format!("was killed by {signal}"),
            End::Exited(code) => format!("ended in the middle of the test, with code {code}"),
            End::Flood => format!("wrote more than {} MiB and was stopped", FLOOD >> 20),
            End::Bomb => "started too many processes and was stopped".to_owned(),
            End::TestsTimedOut | End::BuildTimedOut => "was stopped".to_owned(),
        };
        Death { outcome, cause, stdout: self.stdout.clone(), stderr: self.stderr.clone() }
    }

    fn signal(&self) -> Option<&'static str> {
        match self.end {
            End::Killed(signal) => signal.name(),
            _ => None,
        }
    }
}
