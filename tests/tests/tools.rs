//! Everything that needs more than Rust: listings in other languages, the built pages in a browser.
//!
//! A test whose tool is missing is ignored, and the last lines say what was not tested and what to
//! install. `WDL_REQUIRE_ALL=1` turns each gap into a failure.

use book::console::Console;
use book::library::Library;
use book_tests::suite::Suite;
use libtest_mimic::{Arguments, Failed, Trial};
use runner::{Command, Limits};
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
    let mut gaps = tool_gaps();
    let mut trials: Vec<Trial> = std::mem::take(&mut suite.trials);
    trials.push(Trial::test(BROWSER_TEST, in_a_browser));
    gaps.extend(browser_gap());
    if !book_tests::require_all() {
        trials = trials.into_iter().map(|trial| ignore_gaps(trial, &gaps)).collect();
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    let counts = suite.counts();
    if !arguments.list {
        console.say(&format!("{} run, {} unchanged", counts.run, counts.unchanged));
        for gap in &gaps {
            console.say(&format!("not tested: {} ({})", gap.tests, gap.install));
        }
    }
    conclusion.exit_code()
}

/// Tests that cannot be run here, and what would make it possible.
struct Gap {
    tests: String,
    install: String,
}

fn ignore_gaps(trial: Trial, gaps: &[Gap]) -> Trial {
    let ignored = gaps.iter().any(|gap| gap.tests.split(", ").any(|name| name == trial.name()));
    trial.with_ignored_flag(ignored)
}

fn tool_gaps() -> Vec<Gap> {
    let library = Library::load(&book_tests::root()).expect("the folders of the repository can be listed");
    let mut gaps: Vec<(String, Vec<String>)> = Vec::new();
    for listing in library.listings.values() {
        let Some(tool) = listing.header.tool.as_ref().filter(|tool| runner::tool::find(&tool.name).is_none()) else {
            continue;
        };
        match gaps.iter_mut().find(|(name, _)| *name == tool.name) {
            Some((_, tests)) => tests.push(listing.id.to_string()),
            None => gaps.push((tool.name.clone(), vec![listing.id.to_string()])),
        }
    }
    gaps.into_iter().map(|(tool, tests)| Gap { tests: tests.join(", "), install: runner::tool::hint(&tool) }).collect()
}

const BROWSER_TEST: &str = "every_page_works_in_a_browser_without_a_fault";

fn browser_gap() -> Option<Gap> {
    let scripts = book_tests::root().join("tests/browser");
    let missing = if runner::tool::find("node").is_none() {
        runner::tool::hint("node")
    } else if runner::tool::find("chromium").is_none() && std::env::var_os("CHROMIUM").is_none() {
        runner::tool::hint("chromium")
    } else if !scripts.join("node_modules").is_dir() {
        "run `npm ci` in tests/browser".to_owned()
    } else {
        return None;
    };
    Some(Gap { tests: BROWSER_TEST.to_owned(), install: missing })
}

/// The book as `cargo book build` makes it, built once for all tests of this binary.
static BOOK: LazyLock<Result<TempDir, String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    book::site::build_into(&book_tests::root(), folder.path()).map_err(|error| format!("{error:#}"))?;
    Ok(folder)
});

fn in_a_browser() -> Result<(), Failed> {
    let book = BOOK.as_ref()?;
    let outcome = Command::new("node")
        .arg(book_tests::root().join("tests/browser/check.mjs"))
        .arg(book.path())
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
