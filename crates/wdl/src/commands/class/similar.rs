//! `wdl similar`: a class's submissions side by side, for programs that look for what was copied.

use anyhow::Result;
use clap::Args;
use grader::class::similar::{Names, export};
use std::path::PathBuf;

use super::{Class, Where};
use crate::Usage;
use crate::cli::Exit;
use crate::commands::jail::JailOptions;
use crate::console::Console;
use crate::place::shown;

/// What to export.
#[derive(Debug, Args)]
pub struct Options {
    /// A new folder for the export.
    #[arg(long)]
    export: PathBuf,
    /// Call students by numbers.
    #[arg(long)]
    anonymous: bool,
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    jail: JailOptions,
}

/// Writes a folder for each exercise, which JPlag and Dolos read.
///
/// # Errors
/// When there is no graded class, or the folder is not empty: students who are in it no more would be compared too.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let class = Class::open(&options.at, &options.jail.places()?)?;
    let to = &options.export;
    if to.exists() && std::fs::read_dir(to).map_or(true, |mut entries| entries.next().is_some()) {
        return Err(Usage(format!("{} is there already, and not an empty folder", shown(to))).into());
    }
    let names = if options.anonymous { Names::Numbers } else { Names::Own };
    let exported = export(&class.set, class.roster.students(), &class.ledger, to, names)?;
    console.say(&format!("{} submissions in {}; in the folder of an exercise there:", exported.submissions, shown(to)));
    console.say("  dolos run -f web -l rust -i starter/src/lib.rs info.csv");
    console.say("  java -jar jplag.jar -l rust -bc starter submissions");
    if exported.left_out.is_empty() {
        return Ok(Exit::Passed);
    }
    console.say(&format!("left out:\n  {}", exported.left_out.join("\n  ")));
    Ok(Exit::NotYet)
}
