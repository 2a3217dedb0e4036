//! What measurements of our own programs share.

use anyhow::{Context, Result, bail};
use runner::{Command, Limits, Outcome};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Runs a command that must succeed.
///
/// # Errors
/// What it printed, when it does not.
pub fn succeed(command: &Command) -> Result<Outcome> {
    let outcome = command.clone().limits(Limits { wall: Duration::from_secs(600), ..Limits::tool() }).run()?;
    if !outcome.exit.success() {
        let said = [outcome.output, outcome.stderr].concat();
        bail!("a measured command {}:\n{}", outcome.exit, runner::text::printable(&said));
    }
    Ok(outcome)
}

/// Builds `wdl`, and gives its file.
///
/// # Errors
/// When it cannot be built.
pub fn wdl(root: &Path) -> Result<PathBuf> {
    let program = std::env::current_exe()?.with_file_name("wdl");
    let target = program.ancestors().nth(2).context("we lie in the folder of a profile")?;
    let cargo = Command::new("cargo").args(["build", "--package", "wdl", "--target-dir"]).arg(target).cwd(root);
    succeed(&cargo.pass(runner::NETWORK))?;
    Ok(program)
}

/// Copies the exercises as they are now, without what was built in them.
///
/// # Errors
/// When a file cannot be copied.
pub fn copy_exercises(root: &Path, to: &Path) -> Result<()> {
    let list = ["ls-files", "--cached", "--others", "--exclude-standard", "exercises"];
    let files = Command::new("git").args(list).cwd(root).run()?;
    for name in String::from_utf8_lossy(&files.output).lines() {
        let copy = to.join(name.trim_start_matches("exercises/"));
        fs_err::create_dir_all(copy.parent().unwrap_or(to))?;
        fs_err::copy(root.join(name), copy)?;
    }
    Ok(())
}
