//! The commands of `cargo book`.

use crate::console::Console;
use crate::engine::{Engine, Reuse, Verdict};
use crate::faults::Faults;
use crate::library::Library;
use crate::{costs, look, measuring, scaffold, serve, site, stock, tracing};
use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, serves and tests *Where Data Lives*.
#[derive(Debug, Parser)]
#[command(name = "cargo book", bin_name = "cargo book", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the pages into `book/`.
    Build,
    /// Build the pages, show them at a loopback address, and build again on every change.
    Serve(serve::Options),
    /// Run the listings whose name contains FILTER, and compare them with what is recorded.
    Test {
        /// Part of a name like `stack-limits/runaway`; all listings without it.
        filter: Option<String>,
        /// Run listings that did not change, too.
        #[arg(long)]
        all: bool,
    },
    /// Record what the listings whose name contains LISTING print now.
    Bless {
        /// Part of a name like `stack-limits/runaway`; all listings without it.
        listing: Option<String>,
    },
    /// Record the memory of listings, line by line, or of your own program.
    Trace {
        /// Part of a name like `heap/grow`, or the path of a source file, which gets a page of its own; all listings
        /// that ask for it without it.
        listing: Option<String>,
    },
    /// Write pictures of pages, in several themes and widths.
    Look(look::Options),
    /// Run the measuring program of a chapter, or the cost comparison, and write its records to `data/`.
    Measure {
        /// A chapter like `stack-limits`, or `costs`.
        chapter: String,
    },
    /// Begin a chapter or a listing.
    New(scaffold::Options),
    /// One side of a cost comparison, for `measure costs`.
    #[command(hide = true)]
    Compared {
        #[command(subcommand)]
        side: costs::Side,
    },
    /// Speak mdBook's preprocessor protocol, for a stock `mdbook build`.
    #[command(hide = true)]
    Preprocess(stock::Options),
}

/// Exit codes, which other programs may rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All went well.
    Good = 0,
    /// A listing does not do what is recorded, or the sources have mistakes.
    Wrong = 1,
}

/// Does what the command line asks for.
pub fn run(cli: Cli, console: Console) -> ExitCode {
    let exit = execute(cli.command, console).unwrap_or_else(|error| {
        console.tell(&explain(&error, console));
        Exit::Wrong
    });
    ExitCode::from(exit as u8)
}

fn execute(command: Command, console: Console) -> Result<Exit> {
    if let Command::Preprocess(options) = command {
        return stock::run(&options, console).map(|()| Exit::Good);
    }
    if let Command::Trace { listing: Some(file) } = &command
        && file.ends_with(".rs")
    {
        return tracing::own(std::path::Path::new(file), console).map(|()| Exit::Good);
    }
    let root = site::root()?;
    match command {
        Command::Build => {
            let folder = site::build(&root)?;
            console.say(&format!("built {}", folder.join("index.html").display()));
            Ok(Exit::Good)
        }
        Command::Serve(options) => serve::run(&root, &options, console),
        Command::Test { filter, all } => test(&root, filter.as_deref(), all, console),
        Command::Bless { listing } => bless(&root, listing.as_deref(), console),
        Command::Trace { listing } => tracing::run(&root, &load(&root)?, listing.as_deref(), console).map(good),
        Command::Look(options) => look::run(&root, &options, console).map(|()| Exit::Good),
        Command::Measure { chapter } => measuring::run(&root, &chapter, console).map(|()| Exit::Good),
        Command::New(options) => scaffold::run(&root, &options, console).map(|()| Exit::Good),
        Command::Compared { side } => costs::compared(&root, &side).map(|()| Exit::Good),
        Command::Preprocess(_) => Ok(Exit::Good),
    }
}

fn good(is_good: bool) -> Exit {
    if is_good { Exit::Good } else { Exit::Wrong }
}

/// Faults as a compiler shows them, anything else as a chain of causes.
fn explain(error: &anyhow::Error, console: Console) -> String {
    match error.downcast_ref::<Faults>() {
        Some(faults) => faults.report(console.color()),
        None => format!("error: {error:#}"),
    }
}

fn load(root: &std::path::Path) -> Result<Library> {
    let library = Library::load(root)?;
    library.faults.clone().into_result()?;
    Ok(library)
}

fn test(root: &std::path::Path, filter: Option<&str>, all: bool, console: Console) -> Result<Exit> {
    let library = load(root)?;
    let mut engine = Engine::open(root, &library)?;
    let mut checks = engine.checks(&library, if all { Reuse::Nothing } else { Reuse::Unchanged });
    checks.retain(|check| filter.is_none_or(|filter| check.id.to_string().contains(filter)));
    if checks.is_empty() {
        bail!("no listing has a name with `{}` in it", filter.unwrap_or_default());
    }
    engine.prepare(&library, checks.iter())?;
    let (mut ran, mut unchanged, mut failed, mut gaps) = (0, 0, 0, 0);
    for check in &checks {
        let verdict = engine.verify(&library, check);
        stop_if_interrupted()?;
        match verdict {
            Verdict::Passed => {
                ran += 1;
                console.say(&format!("{} ok", check.id));
            }
            Verdict::Unchanged => unchanged += 1,
            Verdict::Gap(reason) => {
                gaps += 1;
                console.say(&format!("{} not compared: {reason}", check.id));
            }
            Verdict::Failed(message) => {
                ran += 1;
                failed += 1;
                console.say(&format!("{} FAILED\n{message}\n", check.id));
            }
        }
    }
    console.say(&format!("{ran} run, {unchanged} unchanged, {gaps} not compared, {failed} failed"));
    Ok(if failed == 0 { Exit::Good } else { Exit::Wrong })
}

/// After Ctrl-C no listing can be run, and none of them is to blame.
fn stop_if_interrupted() -> Result<()> {
    if runner::interrupt::requested() {
        bail!("interrupted; what was finished before is kept");
    }
    Ok(())
}

fn bless(root: &std::path::Path, filter: Option<&str>, console: Console) -> Result<Exit> {
    let library = load_for_bless(root)?;
    let mut engine = Engine::open(root, &library)?;
    if let Some(reason) = engine.foreign() {
        bail!("nothing can be recorded here: {reason}");
    }
    let mut checks = engine.checks(&library, Reuse::Nothing);
    checks.retain(|check| filter.is_none_or(|filter| check.id.to_string().contains(filter)));
    if checks.is_empty() {
        bail!("no listing has a name with `{}` in it", filter.unwrap_or_default());
    }
    engine.prepare(&library, checks.iter())?;
    let mut failed = 0;
    for check in &checks {
        let blessed = engine.bless(&library, check);
        stop_if_interrupted()?;
        match blessed {
            Ok(written) => {
                for golden in written {
                    let verb = if golden.before.is_some() { "changed" } else { "new" };
                    console.say(&format!("{verb} {}", golden.path.display()));
                }
            }
            Err(error) => {
                failed += 1;
                console.say(&format!("{} not recorded: {error:#}\n", check.id));
            }
        }
    }
    console.say(&format!("{} listings recorded, {failed} not", checks.len() - failed));
    Ok(if failed == 0 { Exit::Good } else { Exit::Wrong })
}

/// Goldens that nothing prints any more are no obstacle to recording anew.
fn load_for_bless(root: &std::path::Path) -> Result<Library> {
    let library = Library::load(root)?;
    let broken =
        library.faults.sorted().iter().any(|fault| !fault.source.path.ends_with("expected") && !is_golden(fault));
    if broken {
        library.faults.clone().into_result()?;
    }
    Ok(library)
}

fn is_golden(fault: &crate::faults::Fault) -> bool {
    fault.source.path.components().any(|part| part.as_os_str() == "expected")
}
