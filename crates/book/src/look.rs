//! `cargo book look`: pictures of pages, so that whoever changes a page sees it.

use crate::console::Console;
use crate::site;
use anyhow::{Result, bail};
use clap::Args;
use runner::{Command, Limits};
use std::path::{Path, PathBuf};

/// What to look at.
#[derive(Args, Debug)]
pub struct Options {
    /// Pages like `stack-limits/how-deep`; all of them without this.
    pages: Vec<String>,
    /// Themes, separated by commas: light, rust, coal, navy, ayu.
    #[arg(long, default_value = "light,navy")]
    themes: String,
    /// Widths of the window in CSS pixels, separated by commas.
    #[arg(long, default_value = "360,1280")]
    widths: String,
    /// Folder for the PNG files.
    #[arg(long, default_value = "target/look")]
    out: PathBuf,
}

/// Builds the book and takes the pictures with the browser of the browser tests.
///
/// # Errors
/// When the book cannot be built, or Node, the browser or their packages are missing.
pub fn run(root: &Path, options: &Options, console: Console) -> Result<()> {
    let book = site::build(root)?;
    let scripts = root.join("tests/browser");
    if !scripts.join("node_modules").is_dir() {
        bail!("the browser tests are not installed; run `npm ci` in tests/browser, and install chromium");
    }
    let mut command = Command::new("node").arg(scripts.join("look.mjs")).arg(&book).arg(root.join(&options.out));
    if !options.pages.is_empty() {
        command = command.args(["--pages", &options.pages.join(",")]);
    }
    let outcome = command
        .args(["--themes", &options.themes, "--widths", &options.widths])
        .pass(["CHROMIUM"])
        .cwd(root)
        .limits(Limits::tool())
        .run()?;
    console.say(String::from_utf8_lossy(&outcome.output).trim_end());
    if outcome.exit.success() {
        Ok(())
    } else {
        bail!("the pictures could not be taken:\n{}", runner::text::printable(&outcome.stderr))
    }
}
