//! Building the Rust listings of a chapter: one cargo call for each profile, whatever their number.

use super::toolchain::Toolchain;
use crate::library::listing::Listing;
use anyhow::{Context, Result, bail};
use model::header::Profile;
use runner::{Command, Limits};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What building one program gave.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// The executable; `None` when it does not compile.
    pub executable: Option<PathBuf>,
    /// Names of the lints and error codes that the compiler reported.
    pub codes: Vec<String>,
    /// The compiler's messages as it would print them.
    pub messages: String,
}

/// Programs by slug.
pub type Builds = BTreeMap<String, Built>;

/// Builds programs of one chapter in one profile.
///
/// # Errors
/// When cargo cannot be run or the package itself is broken. A program that does not compile is no
/// error here: it has no executable, and its messages say why.
pub fn programs(root: &Path, target: &Path, chapter: &str, slugs: &[&str], profile: Profile) -> Result<Builds> {
    let mut cargo = Command::new("cargo")
        .args(["build", "--keep-going", "--message-format=json", "--package", chapter])
        .arg("--target-dir")
        .arg(target)
        .cwd(root)
        .pass(runner::NETWORK)
        .limits(Limits::tool());
    if profile == Profile::Release {
        cargo = cargo.arg("--release");
    }
    for slug in slugs {
        cargo = cargo.args(["--bin", slug]);
    }
    let outcome = cargo.run()?;
    let mut builds: Builds = slugs.iter().map(|slug| ((*slug).to_owned(), Built::default())).collect();
    for line in String::from_utf8_lossy(&outcome.output).lines() {
        let message: Value = serde_json::from_str(line).context("cargo printed a line that is no JSON")?;
        take(&message, &mut builds);
    }
    let silent = builds.values().all(|built| built.executable.is_none() && built.messages.is_empty());
    if silent && !slugs.is_empty() {
        let stderr = runner::text::printable(&outcome.stderr);
        bail!("cargo {} while building the listings of `{chapter}`:\n{stderr}", outcome.exit);
    }
    Ok(builds)
}

fn take(message: &Value, builds: &mut Builds) {
    let Some(built) = message["target"]["name"].as_str().and_then(|name| builds.get_mut(name)) else { return };
    match message["reason"].as_str() {
        Some("compiler-artifact") => built.executable = message["executable"].as_str().map(PathBuf::from),
        Some("compiler-message") => {
            built.codes.extend(message["message"]["code"]["code"].as_str().map(str::to_owned));
            built.messages.push_str(message["message"]["rendered"].as_str().unwrap_or_default());
        }
        _ => {}
    }
}

/// An error that the compiler reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Line of its primary span.
    pub line: usize,
    /// `E0382`, or empty.
    pub code: String,
}

/// Compiles a program that must fail; gives the errors and the text that a reader would see.
///
/// # Errors
/// When the compiler cannot be run, or what it prints cannot be read.
pub fn must_fail(toolchain: &Toolchain, root: &Path, listing: &Listing) -> Result<(Vec<Reported>, String)> {
    let outcome = Command::new(&toolchain.rustc)
        .args(["--edition", "2024", "--error-format=json", "--emit=metadata", "--crate-type=bin", "-o", "-"])
        .arg(&*listing.source.path)
        .cwd(root)
        .limits(Limits::tool())
        .run()?;
    let (mut errors, mut text) = (Vec::new(), String::new());
    for line in String::from_utf8_lossy(&outcome.stderr).lines() {
        let message: Value = serde_json::from_str(line).with_context(|| format!("rustc printed `{line}`"))?;
        text.push_str(message["rendered"].as_str().unwrap_or_default());
        if message["level"] == "error" {
            let spans = message["spans"].as_array().into_iter().flatten();
            let primary = spans.into_iter().find(|span| span["is_primary"] == true);
            let Some(line) = primary.and_then(|span| span["line_start"].as_u64()) else { continue };
            let code = message["code"]["code"].as_str().unwrap_or_default().to_owned();
            errors.push(Reported { line: usize::try_from(line)?, code });
        }
    }
    Ok((errors, text))
}
