//! Running a listing: what is started, under which limits, and what came of it.

use super::build::Built;
use crate::library::listing::{Language, Listing};
use anyhow::{Context, Result, bail};
use model::header::Ending;
use runner::{Capture, Command, Exit, Limits, Outcome, Signal};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Runs a Rust program that was built.
///
/// # Errors
/// When it does not compile, or cannot be started.
pub fn program(root: &Path, listing: &Listing, built: &Built) -> Result<Outcome> {
    let Some(executable) = &built.executable else {
        bail!("it does not compile:\n{}", built.messages);
    };
    started(root, listing, Command::new(executable))
}

/// Runs a listing in another language; C is compiled into `scratch` first.
///
/// # Errors
/// When its tool is missing or refuses the source.
pub fn other(root: &Path, listing: &Listing, scratch: &Path) -> Result<Outcome> {
    let file = root.join(&*listing.source.path);
    let command = match listing.language {
        Language::Python => Command::new("python3").arg(file),
        Language::JavaScript => Command::new("node").arg(file),
        Language::Java => Command::new("java").args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]).arg(file),
        Language::Go => Command::new("go").arg("run").arg(file),
        Language::C => Command::new(compile_c(root, listing, scratch)?),
        Language::Rust => bail!("a Rust listing is built by cargo"),
    };
    started(root, listing, command)
}

fn compile_c(root: &Path, listing: &Listing, scratch: &Path) -> Result<PathBuf> {
    fs_err::create_dir_all(scratch)?;
    let executable = scratch.join(&listing.id.slug);
    let outcome = Command::new("gcc")
        .args(&listing.header.cflags)
        .arg("-o")
        .arg(&executable)
        .arg(&*listing.source.path)
        .cwd(root)
        .limits(Limits::tool())
        .run()?;
    if !outcome.exit.success() {
        bail!("gcc {}:\n{}", outcome.exit, runner::text::printable(&outcome.stderr));
    }
    Ok(executable)
}

fn started(root: &Path, listing: &Listing, command: Command) -> Result<Outcome> {
    let header = &listing.header;
    let base = Limits::listing();
    let limits = Limits {
        wall: Duration::from_secs_f64(header.timeout),
        stack: header.stack.unwrap_or(base.stack),
        address_space: header.memory.or(base.address_space),
        aslr: header.aslr,
        ..base
    };
    let mut command = command
        .args(&header.args)
        .cwd(root.join("listings").join(&listing.id.chapter))
        .limits(limits)
        .capture(Capture::Merged);
    for (name, value) in &header.env {
        command = command.env(name, value);
    }
    command.run().with_context(|| format!("listing `{}` cannot be run", listing.id))
}

/// The ending that an exit is, or `None` where a limit that no ending names was hit.
pub fn ending(exit: Exit) -> Option<Ending> {
    Some(match exit {
        Exit::Exited(0) => Ending::Ok,
        Exit::Exited(101) => Ending::Panic,
        Exit::Exited(code) => Ending::Exit(code),
        Exit::Signaled(signal) if Some(signal) == Signal::from_name("SIGABRT") => Ending::Abort,
        Exit::Signaled(signal) => Ending::Signal(signal.name().map_or_else(|| signal.to_string(), str::to_owned)),
        Exit::TimedOut => Ending::Timeout,
        _ => return None,
    })
}
