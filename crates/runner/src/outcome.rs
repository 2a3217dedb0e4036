//! Owns the answer to "how did the child end, and what did it use?".

use std::fmt;
use std::time::Duration;

use crate::Signal;

/// How a child ended. Decided by the wait status and by what we did ourselves, never by output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It ended by itself with this code; 0 is success.
    Exited(i32),
    /// A signal killed it that we did not send.
    Signaled(Signal),
    /// It was still running at the end of [`crate::Limits::wall`], and we ended it.
    TimedOut,
    /// It used up [`crate::Limits::cpu_seconds`], and the kernel ended it.
    OutOfCpu,
    /// It wrote more than [`crate::Limits::flood`].
    TooMuchOutput,
    /// It used more than [`crate::Limits::resident`], and we killed it.
    TooMuchMemory,
    /// More than [`crate::Limits::processes`] were alive, and we killed them all.
    TooManyProcesses,
    /// The user pressed Ctrl-C, or we were asked to end (see [`crate::interrupt`]).
    Interrupted,
    /// [`crate::Running::cancel`] was called, or the handle was dropped.
    Canceled,
}

impl Exit {
    /// Whether the child ended by itself with code 0.
    pub fn success(self) -> bool {
        self == Exit::Exited(0)
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exit::Exited(code) => write!(f, "exited with code {code}"),
            Exit::Signaled(signal) => write!(f, "was killed by {signal}"),
            Exit::TimedOut => f.write_str("was stopped: its time was over"),
            Exit::OutOfCpu => f.write_str("was killed: its processor time was used up"),
            Exit::TooMuchOutput => f.write_str("was killed: it wrote too much"),
            Exit::TooMuchMemory => f.write_str("was killed: it used too much memory"),
            Exit::TooManyProcesses => f.write_str("was killed: it started too many processes"),
            Exit::Interrupted => f.write_str("was stopped: the run was interrupted"),
            Exit::Canceled => f.write_str("was stopped: it was no longer needed"),
        }
    }
}

/// What is known of a child that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub exit: Exit,
    /// Its stdout, or stdout and stderr in the order written ([`crate::Capture::Merged`]).
    pub output: Vec<u8>,
    /// Its stderr ([`crate::Capture::Separate`]); otherwise empty.
    pub stderr: Vec<u8>,
    /// Bytes of both streams that were read and not kept.
    pub dropped: u64,
    /// Time on the clock from the start to the end of the child.
    pub wall: Duration,
    /// Processor time, user and system, of the child and the descendants that it waited for.
    pub cpu: Duration,
    /// Largest resident set of the child or a descendant that it waited for. On Linux never below
    /// our own at the moment of the start, because the kernel counts the memory of the process
    /// that forks until the child has loaded its program. 0 where it is not measured.
    pub max_rss_bytes: u64,
    /// Processes, besides the child, that had to be killed. Counted on Linux only.
    pub survivors: usize,
}
