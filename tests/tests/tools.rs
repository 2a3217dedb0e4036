//! Everything that needs more than Rust: listings in other languages, the built pages in a browser, valgrind beside
//! an exercise.
//!
//! A test whose tool is missing is ignored, and the last lines say what was not tested and what to
//! install. `WDL_REQUIRE_ALL=1` turns each gap into a failure.

use book::console::Console;
use book::library::Library;
use book::serve::Server;
use book::stepper;
use book_tests::suite::{Suite, summary};
use libtest_mimic::{Arguments, Failed, Trial};
use model::id::ListingId;
use model::recording::Recording;
use runner::{Command, Limits};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;
use tempfile::TempDir;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let console = Console::new();
    let mut suite = match Suite::new(&arguments, |check, library| check.needs_tool(library)) {
        Ok(suite) => suite,
        Err(error) => {
            console.tell(&format!("error: {error:#}"));
            return ExitCode::FAILURE;
        }
    };
    let mut gaps = suite.gaps();
    let mut trials: Vec<Trial> = std::mem::take(&mut suite.trials);
    let in_a_browser = (Trial::test(BROWSER_TEST, in_a_browser), browser_gap());
    let beside_valgrind = (Trial::test(VALGRIND_TEST, beside_valgrind), valgrind_gap());
    for (trial, gap) in [in_a_browser, beside_valgrind] {
        match gap {
            Some(install) if !book_tests::require_all() => {
                gaps.entry(install).or_default().push(trial.name().to_owned());
                trials.push(trial.with_ignored_flag(true));
            }
            _ => trials.push(trial),
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !arguments.list {
        summary(suite.counts(), &gaps).iter().for_each(|line| console.say(line));
    }
    conclusion.exit_code()
}

const BROWSER_TEST: &str = "every_page_works_in_a_browser_without_a_fault";

const VALGRIND_TEST: &str = "the_cache_of_the_exercise_misses_as_often_as_cachegrind_says";

fn missing(name: &str) -> Option<String> {
    let error = runner::RunnerError::Missing { program: name.to_owned(), hint: runner::tool::hint(name) };
    Some(error.to_string())
}

fn valgrind_gap() -> Option<String> {
    if runner::tool::find("valgrind").is_none() { missing("valgrind") } else { None }
}

fn beside_valgrind() -> Result<(), Failed> {
    book_tests::cachegrind::agrees().map_err(|error| Failed::from(format!("{error:#}")))
}

/// What is missing before the browser can be used.
fn browser_gap() -> Option<String> {
    if runner::tool::find("node").is_none() {
        missing("node")
    } else if runner::tool::find("chromium").is_none() && std::env::var_os("CHROMIUM").is_none() {
        missing("chromium")
    } else if !book_tests::root().join("tests/browser/node_modules").is_dir() {
        Some("run `npm ci` in tests/browser".to_owned())
    } else {
        None
    }
}

/// The book as `cargo book build` makes it, built once for all tests of this binary.
static BOOK: LazyLock<Result<TempDir, String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    book::site::build_into(&book_tests::root(), folder.path()).map_err(|error| format!("{error:#}"))?;
    Ok(folder)
});

/// A recorded run of the book, as `cargo book trace` writes it for a reader's own program.
fn run_of_its_own(folder: &std::path::Path) -> Result<PathBuf, Failed> {
    let library = Library::load(&book_tests::root())?;
    let listing = &library.listings[&ListingId::new("recorded-runs", "rc-cycle")];
    let recording = Recording::parse(&fs_err::read_to_string(book_tests::root().join(listing.trace_path()))?)?;
    let view = stepper::view(listing, &recording).map_err(|wrong| format!("{wrong:?}"))?;
    let file = folder.join("rc-cycle.trace.html");
    fs_err::write(&file, stepper::alone::page(&recording.file, &view, &recording.compiler))?;
    Ok(file)
}

fn in_a_browser() -> Result<(), Failed> {
    let book = BOOK.as_ref()?;
    let folder = tempfile::tempdir()?;
    // The same pages behind the book's own server, where programs run for two seconds at most.
    let served = Server::open(&book_tests::root(), book.path(), 0, 2)?;
    let outcome = Command::new("node")
        .arg(book_tests::root().join("tests/browser/check.mjs"))
        .arg(book.path())
        .arg(run_of_its_own(folder.path())?)
        .arg(format!("http://{}", served.address()))
        .pass(["CHROMIUM"])
        .cwd(book_tests::root())
        .limits(Limits::tool())
        .run()?;
    if outcome.exit.success() {
        Ok(())
    } else {
        Err(Failed::from(format!(
            "{}\n{}",
            runner::text::printable(&outcome.output),
            runner::text::printable(&outcome.stderr)
        )))
    }
}
