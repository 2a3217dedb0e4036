//! Compiling a single source file so that it can be recorded, by a direct call of the compiler.

use std::path::{Path, PathBuf};

use runner::{Command, Limits, RunnerError};

/// A program that was compiled, and what the compiler knows about it.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The executable.
    pub program: PathBuf,
    /// Moves and drops; see [`crate::Run::mir`].
    pub mir: String,
}

/// Why a program could not be compiled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// It is not right.
    #[error("the program does not compile:\n{0}")]
    Wrong(String),
    /// We failed.
    #[error(transparent)]
    Runner(#[from] RunnerError),
    /// A file could not be read.
    #[error("cannot read what the compiler wrote: {0}")]
    File(#[from] std::io::Error),
}

/// Compiles the file `source` into `folder`, in debug mode, edition 2024, and asks the compiler for moves and drops.
///
/// The compiler is called in the folder of the source, so that paths in the program, and with them its
/// addresses, do not depend on where it is.
///
/// # Errors
/// When it does not compile, or the compiler cannot be started.
pub fn compile(source: &Path, folder: &Path) -> Result<Compiled, CompileError> {
    let program = folder.join("program");
    rustc(source, &["-Cdebuginfo=2", "--emit=link"], &program)?;
    let mir = mir(source, folder, &[])?;
    Ok(Compiled { program, mir })
}

/// Asks the compiler for the moves and drops of a source file. `options` are those with which it is compiled:
/// its crates.
///
/// # Errors
/// When it does not compile, or the compiler cannot be started.
pub fn mir(source: &Path, folder: &Path, options: &[&str]) -> Result<String, CompileError> {
    let file = folder.join("program.mir");
    // Lines are an option of development: the compiler is pinned, and only asked, so that it may be used. Without
    // optimization, moves and drops stand where the source has them, and not inside of inlined functions.
    let asked = [options, &["-Zmir-include-spans=on", "-Zmir-opt-level=0", "--emit=mir", "--cap-lints=allow"]].concat();
    rustc(source, &asked, &file)?;
    Ok(std::fs::read_to_string(file)?)
}

fn rustc(source: &Path, options: &[&str], output: &Path) -> Result<(), CompileError> {
    let source = std::path::absolute(source)?;
    let (folder, name) = (source.parent().unwrap_or(Path::new("/")), source.file_name().unwrap_or_default());
    let is_of_development = options.iter().any(|option| option.starts_with("-Z"));
    let mut command = Command::new("rustc")
        .args(["--edition=2024", "--crate-type=bin", "--crate-name=program", "-Copt-level=0"])
        .args(options)
        .arg("-o")
        .arg(std::path::absolute(output)?)
        .arg(name)
        .cwd(folder)
        .limits(Limits::tool());
    if is_of_development {
        command = command.env("RUSTC_BOOTSTRAP", "1");
    }
    let outcome = command.run()?;
    match outcome.exit.success() {
        true => Ok(()),
        false => Err(CompileError::Wrong(runner::text::printable(&outcome.stderr))),
    }
}
