//! The program `wdl`.

use clap::Parser;
use std::process::ExitCode;
use wdl::cli::{Cli, Exit, run};
use wdl::console::Console;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(cli.plain);
    if let Err(error) = runner::interrupt::install(interrupted) {
        console.tell(&format!("error: {error}"));
        return ExitCode::from(Exit::Fault as u8);
    }
    ExitCode::from(run(cli, console) as u8)
}

/// By now every child has ended; there is nothing else that an interrupt could leave half done.
#[allow(clippy::exit, reason = "this is the one place that ends the program")]
fn interrupted() {
    std::process::exit(i32::from(Exit::Interrupted as u8))
}
