//! Owns the ways in which *we* can fail to run a child. That a child failed is never one of them.

use std::io;
use std::path::PathBuf;

use crate::Exit;

/// Why a child could not be run, or could not be followed to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunnerError {
    /// A program could not be jailed; it did not run.
    #[error("`{program}` could not be jailed: {what}")]
    Jail {
        /// What was to run.
        program: String,
        /// What failed.
        what: String,
    },
    /// The system lets nobody watch a program (`ptrace`), as some containers do. It did not run.
    #[error("cannot watch `{program}`: the system refuses ptrace ({source}); a container needs `--cap-add=SYS_PTRACE`")]
    Untraceable {
        /// Program as it was asked for.
        program: String,
        /// What the system answered.
        source: io::Error,
    },
    /// The program does not exist.
    #[error("cannot find the program `{program}`: {hint}")]
    Missing {
        /// Program as it was asked for.
        program: String,
        /// What to install or check.
        hint: String,
    },
    /// The working directory does not exist.
    #[error("cannot run `{program}` in {}: there is no such directory", directory.display())]
    Directory {
        /// Program as it was asked for.
        program: String,
        /// Directory as it was asked for.
        directory: PathBuf,
    },
    /// The system refused to start the program.
    #[error("cannot start `{program}`: {source}; check that the file may be executed")]
    Spawn {
        /// Program as it was asked for.
        program: String,
        /// What the system answered.
        source: io::Error,
    },
    /// An exact limit lies above what the system lets us ask for.
    #[error(
        "cannot give `{program}` a {limit} limit of {asked} bytes: the hard limit is {hard}; \
         raise it (`ulimit -Hs`) and run again"
    )]
    Limit {
        /// Program as it was asked for.
        program: String,
        /// Name of the field of [`crate::Limits`].
        limit: &'static str,
        /// The limit that was asked for, in bytes.
        asked: u64,
        /// The system's hard limit, in bytes.
        hard: u64,
    },
    /// No pipe or thread could be had for the output.
    #[error("cannot capture the output of `{program}`: {source}; are too many runs in parallel?")]
    Capture {
        /// Program as it was asked for.
        program: String,
        /// What the system answered.
        source: io::Error,
    },
    /// The child was started, and its end could not be learned.
    #[error("lost track of `{program}`: {source}; is SIGCHLD ignored in this process?")]
    Lost {
        /// Program as it was asked for.
        program: String,
        /// What the system answered.
        source: io::Error,
    },
    /// Processes are still there although they were sent SIGKILL.
    #[error("cannot kill what `{program}` left behind: {}; look at them with `ps`", list(pids))]
    Unkillable {
        /// Program as it was asked for.
        program: String,
        /// Process ids.
        pids: Vec<i32>,
    },
    /// A run was asked for after Ctrl-C.
    #[error("`{program}` is not started: the run was interrupted")]
    Interrupted {
        /// Program as it was asked for.
        program: String,
    },
    /// The handler for Ctrl-C could not be put in place.
    #[error("cannot watch for Ctrl-C: {0}")]
    Handler(#[from] ctrlc::Error),
    /// A tool that was asked for its version failed, or said nothing that looks like one.
    #[error("cannot learn the version of `{program}`: it {exit} and wrote {text:?}; reinstall it")]
    Version {
        /// Program as it was asked for.
        program: String,
        /// How it ended.
        exit: Exit,
        /// What it wrote, made printable.
        text: String,
    },
}

/// The first few, because a bomb may leave hundreds.
fn list(pids: &[i32]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = pids.iter().take(SHOWN).map(i32::to_string).collect();
    let more = if pids.len() > SHOWN { ", ..." } else { "" };
    format!("{} processes ({}{more})", pids.len(), shown.join(", "))
}
