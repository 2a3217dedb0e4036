//! `wdl set`: a graded set, from its first file to what students receive.

pub mod check;
pub mod new;
pub mod release;

use anyhow::Result;
use clap::Subcommand;
use grader::fault::Faults;

use crate::cli::Exit;
use crate::console::Console;
use crate::place::seen_from_here;

/// What to do with a set.
#[derive(Debug, Subcommand)]
pub enum SetCommand {
    /// Begin a set: a folder with its file, its class list and its secret.
    New(#[command(flatten)] Box<new::Options>),
    /// Say everything that is wrong with a set, and try its solutions and starters.
    Check(#[command(flatten)] Box<check::Options>),
    /// Make what students receive. Nothing hidden is in it, or it is not made.
    Release(#[command(flatten)] Box<release::Options>),
    /// Print the JSON Schema of `set.toml`, for editors.
    Schema,
}

/// Does it. What is wrong in files is told as it is, line by line.
///
/// # Errors
/// When the command line cannot be right, or something cannot be read or written.
pub fn run(command: &SetCommand, console: Console) -> Result<Exit> {
    let done = match command {
        SetCommand::New(options) => new::run(options, console),
        SetCommand::Check(options) => check::run(options, console),
        SetCommand::Release(options) => release::run(options, console),
        SetCommand::Schema => {
            console.say(model::set::SCHEMA);
            Ok(Exit::Passed)
        }
    };
    done.or_else(|error| match error.downcast::<Faults>() {
        Ok(faults) => {
            console.tell(&seen_from_here(faults).to_string());
            Ok(Exit::NotYet)
        }
        Err(error) => Err(error),
    })
}
