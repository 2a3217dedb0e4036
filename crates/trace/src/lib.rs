//! Records the memory of a real, unmodified program, line by line: stacks, variables, heap, moves and drops.
//!
//! The program is a debug build as `cargo build` makes it. It runs under `ptrace` with a breakpoint on each
//! line of its own source file and on the functions of the allocator; what its bytes mean is read from its
//! debug information. Two recordings of one program are equal, byte by byte.
//!
//! ```text
//! Run --record--> machine (threads, breakpoints) --+--> frames, heap --> snapshot --> Recording
//!                 dwarf (lines, variables, types) -+        mir (moves, drops) --^
//! ```

use std::path::Path;

use model::recording::Recording;

mod compile;
mod error;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod dwarf;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod frames;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod heap;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod machine;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod memory;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod mir;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod record;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod value;

pub use compile::{CompileError, Compiled, compile};
pub use error::TraceError;

/// How much of a long run is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Steps that are recorded. What comes after them is counted.
    pub recorded: usize,
    /// Stops that are counted after that. A program that still runs then is said to be endless.
    pub counted: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { recorded: 400, counted: 150_000 }
    }
}

/// A run to be recorded.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// The executable: a debug build with full debug information.
    pub program: &'a Path,
    /// Its source file. Steps are lines of this file, and of no other.
    pub source: &'a Path,
    /// What the compiler wrote with `--emit=mir -Zmir-include-spans=on`; without it, moves and drops are not seen.
    pub mir: Option<&'a str>,
    /// Arguments.
    pub args: &'a [String],
    /// Environment variables, beside the fixed ones.
    pub env: &'a [(String, String)],
    /// The folder in which it runs; ours when not given.
    pub folder: Option<&'a Path>,
    /// What it may use.
    pub limits: runner::Limits,
    /// How much is kept.
    pub bounds: Bounds,
}

impl<'a> Run<'a> {
    /// A run without arguments, under the limits of a listing and with more time.
    pub fn new(program: &'a Path, source: &'a Path) -> Self {
        let wall = std::time::Duration::from_secs(60);
        let limits = runner::Limits { wall, processes: 16, ..runner::Limits::listing() };
        Self { program, source, mir: None, args: &[], env: &[], folder: None, limits, bounds: Bounds::default() }
    }

    /// Records the run.
    ///
    /// # Errors
    /// When the program cannot be watched or read, starts others, or passes a limit. That it fails itself, or
    /// never ends, is no error but part of the recording.
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    pub fn record(&self) -> Result<Recording, TraceError> {
        record::record(self)
    }

    /// Says that it cannot be done here.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
    pub fn record(&self) -> Result<Recording, TraceError> {
        Err(TraceError::Unsupported)
    }
}
