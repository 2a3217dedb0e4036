//! Every Rust listing of the book: it is built, run, and compared with what is recorded.

use book_tests::suite::Suite;
use libtest_mimic::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut suite = match Suite::new(&arguments, |check, library| !check.needs_tool(library)) {
        Ok(suite) => suite,
        Err(error) => {
            book::console::Console::new().tell(&format!("error: {error:#}"));
            return ExitCode::FAILURE;
        }
    };
    let trials = std::mem::take(&mut suite.trials);
    let conclusion = libtest_mimic::run(&arguments, trials);
    let counts = suite.counts();
    if !arguments.list {
        book::console::Console::new().say(&format!("{} run, {} unchanged", counts.run, counts.unchanged));
    }
    conclusion.exit_code()
}
