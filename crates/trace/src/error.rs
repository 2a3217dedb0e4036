//! The ways in which a program cannot be recorded.

/// Why a program could not be recorded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TraceError {
    /// The system lets nobody watch a program. For a test this is a gap, and no failure.
    #[error("{0}")]
    Refused(String),
    /// Recording works on x86-64 Linux only. For a test this is a gap, too.
    #[error("memory can be recorded on x86-64 Linux only; committed recordings are shown everywhere")]
    Unsupported,
    /// The file is no program that can be read.
    #[error("cannot read the program: {0}")]
    Unreadable(String),
    /// Nothing says which address is which line.
    #[error(
        "the program has no debug information for `{file}`: it was stripped, or built in another way; \
         build it in debug mode (`rustc -g`, `cargo build`)"
    )]
    NoDebugInformation {
        /// The source file that was asked for.
        file: String,
    },
    /// The program started another process, which is not recorded.
    #[error("the program started another process (at line {line}); only a program of one process can be recorded")]
    Forks {
        /// The line that was executed.
        line: u32,
    },
    /// A limit of the run was passed.
    #[error("the program was not recorded: it {exit}; let it do less, or raise the limit")]
    Limit {
        /// How it ended, in words.
        exit: String,
    },
    /// We failed.
    #[error("lost the recorded program: {0}")]
    Lost(String),
}

impl TraceError {
    /// Whether this machine cannot record at all: tests count that as a gap.
    pub fn is_gap(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Unsupported)
    }
}
