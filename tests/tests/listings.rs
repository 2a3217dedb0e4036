//! Every Rust listing of the book: it is built, run, and compared with what is recorded.

use book::console::Console;
use book_tests::suite::{Suite, summary};
use libtest_mimic::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let console = Console::new();
    let mut suite = match Suite::new(&arguments, |check, library| !check.needs_tool(library)) {
        Ok(suite) => suite,
        Err(error) => {
            console.tell(&format!("error: {error:#}"));
            return ExitCode::FAILURE;
        }
    };
    let trials = std::mem::take(&mut suite.trials);
    let conclusion = libtest_mimic::run(&arguments, trials);
    if !arguments.list {
        summary(suite.counts(), &suite.gaps()).iter().for_each(|line| console.say(line));
    }
    conclusion.exit_code()
}
