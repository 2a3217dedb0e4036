//! The program behind `cargo book`.

use book::cli::{Cli, run};
use book::console::Console;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let console = Console::new();
    let interrupted = runner::interrupt::install(|| std::process::exit(130));
    if let Err(error) = interrupted {
        console.tell(&format!("error: {error}"));
        return ExitCode::FAILURE;
    }
    run(Cli::parse(), console)
}
