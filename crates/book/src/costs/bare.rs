//! The compiler calls and runs that the listings need, and nothing else: what our engine is compared with.

use crate::engine::Engine;
use crate::library::Library;
use crate::library::listing::{Kind, Language, Listing};
use anyhow::{Result, bail};
use model::header::Profile;
use runner::{Command, Limits};
use std::path::{Path, PathBuf};

/// Compiles and runs every part of every listing whose name contains `filter` once, one call after the other.
///
/// # Errors
/// When a listing cannot be compiled.
pub fn run(root: &Path, filter: &str) -> Result<()> {
    let library = Library::load(root)?;
    library.faults.clone().into_result()?;
    let engine = Engine::open(root, &library)?;
    let listings: Vec<&Listing> =
        library.listings.values().filter(|listing| listing.id.to_string().contains(filter)).collect();
    let scratch = tempfile::tempdir()?;
    for profile in Profile::ALL {
        let crates = dependencies(root, scratch.path(), profile)?;
        for listing in listings.iter().filter(|listing| is_program(listing, profile)) {
            let program = scratch.path().join(profile.name()).join(&listing.id.slug);
            compile(root, listing, profile, &crates, &program)?;
            engine.run_bare(listing, &program)?;
        }
    }
    for listing in listings {
        engine.rest_bare(listing, scratch.path())?;
    }
    Ok(())
}

fn is_program(listing: &Listing, profile: Profile) -> bool {
    listing.language == Language::Rust && listing.kind == Kind::Program && listing.profiles().contains(&profile)
}

fn checked(command: Command) -> Result<()> {
    let outcome = command.limits(Limits::tool()).run()?;
    if !outcome.exit.success() {
        bail!("a bare call {}:\n{}", outcome.exit, runner::text::printable(&outcome.stderr));
    }
    Ok(())
}

/// Crates of ours that listings use, and the folder of the workspace that each belongs to.
const OURS: [(&str, &str); 2] = [("measure", "."), ("probe", "exercises")];

/// Compiles the crates that listings use; gives their folder.
fn dependencies(root: &Path, scratch: &Path, profile: Profile) -> Result<PathBuf> {
    let target = scratch.join("crates");
    for (name, workspace) in OURS {
        let mut cargo = Command::new("cargo").args(["build", "--package", name, "--target-dir"]).arg(&target);
        if profile == Profile::Release {
            cargo = cargo.arg("--release");
        }
        checked(cargo.cwd(root.join(workspace)).pass(runner::NETWORK))?;
    }
    Ok(target.join(profile.name()))
}

fn compile(root: &Path, listing: &Listing, profile: Profile, crates: &Path, program: &Path) -> Result<()> {
    fs_err::create_dir_all(program.parent().unwrap_or(root))?;
    let flags: &[&str] = match profile {
        Profile::Debug => &["-Cdebuginfo=line-tables-only"],
        Profile::Release => &["-Copt-level=3"],
    };
    let mut rustc =
        Command::new("rustc").args(["--edition", "2024", "--crate-type=bin", "--cap-lints=allow"]).args(flags);
    rustc = rustc.arg("-L").arg(format!("dependency={}", crates.join("deps").display()));
    for (name, _) in OURS {
        let rlib = crates.join(format!("lib{name}.rlib"));
        rustc = rustc.arg("--extern").arg(format!("{name}={}", rlib.display()));
    }
    if let Some(libc) = found(&crates.join("deps"), "liblibc-")? {
        rustc = rustc.arg("--extern").arg(format!("libc={}", libc.display()));
    }
    checked(rustc.arg("-o").arg(program).arg(&*listing.source.path).cwd(root))
}

fn found(folder: &Path, start: &str) -> Result<Option<PathBuf>> {
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with(start) && name.ends_with(".rlib") {
            return Ok(Some(path));
        }
    }
    Ok(None)
}
