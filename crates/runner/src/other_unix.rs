//! Owns, on a Unix that is not Linux, what `linux.rs` owns there, as far as it exists: a process
//! group is all that holds a family together.

use std::io;
use std::thread;
use std::time::Duration;

use rustix::process::Pid;

use crate::Unsupported;
use crate::tag::Tag;

/// No core files.
pub(crate) const NO_CORE: u64 = 0;
/// Apple's kernel reports the resident set in bytes, the others in kibibytes.
pub(crate) const RSS_UNIT: u64 = if cfg!(target_vendor = "apple") { 1 } else { 1024 };

pub(crate) fn unsupported() -> Vec<Unsupported> {
    let mut list = vec![
        Unsupported { limit: "processes", because: "processes are counted in /proc, which only Linux has" },
        Unsupported { limit: "aslr", because: "only Linux lets a parent turn it off" },
    ];
    if cfg!(target_vendor = "apple") {
        list.push(Unsupported {
            limit: "address_space",
            because: "the kernel accepts RLIMIT_AS and does not enforce it",
        });
    }
    list
}

/// How many processes the user has is not known, so nothing can be said about one run's share.
pub(crate) fn processes_of_user(_limit: usize) -> Option<u64> {
    None
}

/// Nothing binds a child to us here, and nothing fixes its addresses.
pub(crate) struct Binding;

impl Binding {
    pub(crate) fn new(_parent: Pid, _aslr: bool) -> Self {
        Self
    }

    pub(crate) fn enforce(&self) -> io::Result<()> {
        Ok(())
    }
}

/// A child and those of its descendants that stayed in its group.
pub(crate) struct Family;

impl Family {
    pub(crate) fn new(_leader: Pid, _tag: Tag) -> Self {
        Self
    }

    /// Sleeps a moment: there is no handle to wait on.
    pub(crate) fn pause(&self, patience: Duration) {
        thread::sleep(patience.min(Duration::from_millis(2)));
    }

    pub(crate) fn exceeds(&mut self, _limit: usize) -> bool {
        false
    }

    /// Kills the group. Who else was there is not known.
    pub(crate) fn sweep(&mut self, _patience: Duration, kill_group: impl Fn()) -> Result<usize, Vec<i32>> {
        kill_group();
        Ok(0)
    }
}

/// Not known here.
pub(crate) fn resident_bytes(_pid: Pid) -> u64 {
    0
}

/// Does `work` like any other: there is no means here to come first.
pub(crate) fn urgently<T>(work: impl FnOnce() -> T) -> T {
    work()
}

/// Nothing asks for it: the traced spawn is for Linux only.
pub(crate) fn trace_me() -> io::Result<()> {
    Err(io::Error::from_raw_os_error(libc::ENOSYS))
}
