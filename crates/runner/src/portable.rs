//! Owns what can be done to a child with the standard library alone: start it, wait for it, kill
//! it. Used where there is no Unix; every other limit is named by [`unsupported`].

use std::io;
use std::path::Path;
use std::process::{self, Child};
use std::thread;
use std::time::{Duration, Instant};

use crate::tag::Tag;
use crate::{Command, RunnerError, Unsupported};

/// Whether a file can be started, as far as its name tells.
pub(crate) fn is_executable(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|extension| extension == "exe")
}

pub(crate) fn unsupported() -> Vec<Unsupported> {
    const WHY: &str = "this system has no resource limits, process groups or /proc as Unix has";
    ["cpu_seconds", "address_space", "data", "resident", "stack", "open_files", "file_size", "processes", "aslr"]
        .map(|limit| Unsupported { limit, because: WHY })
        .to_vec()
}

pub(crate) fn prepare(_command: &Command, _child: &mut process::Command) -> Result<(), RunnerError> {
    Ok(())
}

/// A child; its descendants are out of reach.
pub(crate) struct Process {
    child: Child,
}

/// What is known about a child that is gone.
pub(crate) struct Reaped {
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) cpu: Duration,
    pub(crate) max_rss_bytes: u64,
}

impl Process {
    pub(crate) fn new(child: Child, _tag: Tag) -> Self {
        Self { child }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn ended_within(&mut self, patience: Duration) -> io::Result<bool> {
        let deadline = Instant::now() + patience;
        while self.child.try_wait()?.is_none() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            thread::sleep(left.min(Duration::from_millis(2)));
        }
        Ok(true)
    }

    /// There is no polite way to end a program that has no window.
    pub(crate) fn terminate(&mut self) {
        self.kill();
    }

    pub(crate) fn kill(&mut self) {
        // It fails only when the child has ended already.
        let _ = self.child.kill();
    }

    pub(crate) fn exceeds(&mut self, _limit: usize) -> bool {
        false
    }

    pub(crate) fn resident_bytes(&self) -> u64 {
        0
    }

    pub(crate) fn sweep(&mut self, _patience: Duration) -> Result<usize, Vec<i32>> {
        Ok(0)
    }

    /// There are no orphans here.
    pub(crate) fn reap_orphans(&self, _patience: Duration) -> Duration {
        Duration::ZERO
    }

    pub(crate) fn reap(&mut self) -> io::Result<Reaped> {
        let status = self.child.wait()?;
        Ok(Reaped { code: status.code(), signal: None, cpu: Duration::ZERO, max_rss_bytes: 0 })
    }
}

/// Does `work` like any other: there is no means here to come first.
pub(crate) fn urgently<T>(work: impl FnOnce() -> T) -> T {
    work()
}
