//! Owns the limits of a child and their presets. How they are put in force is the platform's
//! business (`unix.rs`, `portable.rs`).

use std::time::Duration;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

/// What a child may use. All sizes are bytes.
///
/// Change single fields of a preset:
///
/// ```
/// use std::time::Duration;
/// use runner::Limits;
///
/// let limits = Limits { wall: Duration::from_secs(2), ..Limits::listing() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time on the clock until the child and its group get SIGTERM.
    pub wall: Duration,
    /// Time between SIGTERM and SIGKILL.
    pub grace: Duration,
    /// Seconds of processor time of one process; `None` for no limit.
    pub cpu_seconds: Option<u64>,
    /// Address space of one process (`RLIMIT_AS`); `None` for no limit.
    pub address_space: Option<u64>,
    /// Private writable memory of one process, thread stacks included (`RLIMIT_DATA`); `None` for no
    /// limit. Unlike a limit of address space it does not count what is only reserved.
    pub data: Option<u64>,
    /// Memory in use (resident set) of the child and its descendants at which they are killed
    /// ([`crate::Exit::TooMuchMemory`]); `None` for no limit. Watched from outside, on Linux only,
    /// for programs that no other limit of memory fits.
    pub resident: Option<u64>,
    /// Size up to which the main thread's stack may grow (soft `RLIMIT_STACK`). An exact value:
    /// where the system forbids it, the run is an error.
    pub stack: u64,
    /// Number of open files of one process.
    pub open_files: u64,
    /// Size up to which one process may grow one file.
    pub file_size: u64,
    /// Output that is kept of each captured stream. What is above is read, counted and dropped.
    pub output: u64,
    /// Output of one captured stream at which the child is killed ([`crate::Exit::TooMuchOutput`]).
    pub flood: u64,
    /// Processes alive at the same time, the child included. Watched from outside, because
    /// `RLIMIT_NPROC` counts everything of the user and does not bind root at all.
    pub processes: usize,
    /// Whether addresses may differ from run to run. `false` turns address space layout
    /// randomization off in the child, where the system allows it.
    pub aslr: bool,
}

impl Limits {
    /// For a program of the book: seconds, a few processes, 2 GiB of addresses, 8 MiB of stack,
    /// addresses that repeat.
    pub fn listing() -> Self {
        Self {
            wall: Duration::from_secs(10),
            grace: Duration::from_millis(500),
            cpu_seconds: Some(60),
            address_space: Some(2 * GIB),
            data: None,
            resident: None,
            stack: 8 * MIB,
            open_files: 1024,
            file_size: 256 * MIB,
            output: MIB,
            flood: 16 * MIB,
            processes: 64,
            aslr: false,
        }
    }

    /// For compilers, cargo and browsers, whom we trust: generous, and without a limit of address
    /// space, because they reserve far more than they use.
    pub fn tool() -> Self {
        Self {
            wall: Duration::from_secs(30 * 60),
            grace: Duration::from_secs(2),
            cpu_seconds: None,
            address_space: None,
            data: None,
            resident: None,
            stack: 8 * MIB,
            open_files: 8192,
            file_size: 16 * GIB,
            output: 64 * MIB,
            flood: GIB,
            processes: 1024,
            aslr: true,
        }
    }

    /// The limits that this system cannot put in force, with the reason. They are ignored, not
    /// errors, so that the book can be read and built there.
    pub fn unsupported() -> Vec<Unsupported> {
        crate::platform::unsupported()
    }
}

/// A field of [`Limits`] that has no effect on this system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// Name of the field.
    pub limit: &'static str,
    /// Why it has no effect, as the end of a sentence that starts with "because".
    pub because: &'static str,
}
