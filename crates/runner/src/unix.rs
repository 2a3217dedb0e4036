//! Owns what Unix offers to hold a child: limits set between fork and exec, a process group,
//! signals, and a wait that does not reap. Finding descendants that left the group is the
//! system's own business (`linux.rs`, `other_unix.rs`).

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{self, Child, ExitStatus};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getpid, getrlimit, kill_process_group, setrlimit, waitid,
};

pub(crate) use crate::linux::urgently;
use crate::linux::{self, Binding, Family};
use crate::tag::Tag;
use crate::{Command, RunnerError, Unsupported};

/// Whether a file can be started.
pub(crate) fn is_executable(path: &Path) -> bool {
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

pub(crate) fn unsupported() -> Vec<Unsupported> {
    linux::unsupported()
}

/// What the child does to itself before it becomes another program. Made before the fork, because
/// after it nothing may allocate: another thread may have held the allocator's lock.
struct Plan {
    limits: [Option<Bound>; 8],
    kept: Vec<Arc<OwnedFd>>,
    binding: Binding,
    is_traced: bool,
}

/// A resource and the limit that it gets.
struct Bound(Resource, Rlimit);

/// Puts the limits, the group and the name in force when `child` is spawned.
pub(crate) fn prepare(command: &Command, child: &mut process::Command) -> Result<(), RunnerError> {
    let binding = Binding::new(getpid(), command.limits.aslr);
    let plan = Plan { limits: bounds(command)?, kept: command.kept.clone(), binding, is_traced: command.is_traced };
    // The program was looked up, but shall see the name by which it was called.
    child.arg0(&command.program).process_group(0);
    if let Some(user) = command.user {
        child.uid(user).gid(user);
    }
    // SAFETY: the closure runs in the forked child, where only async-signal-safe calls are
    // allowed: `enforce` makes system calls on values that it owns, and neither allocates,
    // locks nor panics. Its errors are plain error numbers.
    unsafe { child.pre_exec(move || plan.enforce()) };
    Ok(())
}

impl Plan {
    fn enforce(&self) -> io::Result<()> {
        self.binding.enforce()?;
        for Bound(resource, limit) in self.limits.iter().flatten() {
            setrlimit(*resource, *limit)?;
        }
        for descriptor in &self.kept {
            fcntl_setfd(descriptor, FdFlags::empty())?;
        }
        if self.is_traced { linux::trace_me() } else { Ok(()) }
    }
}

/// The address space comes last: the child still has the size of our own process, and nothing
/// may grow after that.
fn bounds(command: &Command) -> Result<[Option<Bound>; 8], RunnerError> {
    let limits = &command.limits;
    let processes = linux::processes_of_user(limits.processes);
    let same = |resource, asked| at_most(resource, asked, asked);
    Ok([
        Some(Bound(Resource::Stack, stack(command)?)),
        Some(same(Resource::Core, linux::NO_CORE)),
        Some(same(Resource::Nofile, limits.open_files)),
        Some(same(Resource::Fsize, limits.file_size)),
        processes.map(|count| same(Resource::Nproc, count)),
        // SIGXCPU at the limit, SIGKILL a second later.
        limits.cpu_seconds.map(|seconds| at_most(Resource::Cpu, seconds, seconds.saturating_add(1))),
        limits.data.map(|bytes| same(Resource::Data, bytes)),
        limits.address_space.map(|bytes| same(Resource::As, bytes)),
    ])
}

/// The limit, or the hard limit that is in force already where that is lower: a child that may
/// use less than it was allowed is no error.
fn at_most(resource: Resource, soft: u64, hard: u64) -> Bound {
    let ceiling = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let limit = Rlimit { current: Some(soft.min(ceiling)), maximum: Some(hard.min(ceiling)) };
    Bound(resource, limit)
}

/// The stack's limit is exact, because the book says how deep a program gets with it. The hard
/// limit stays: a listing may start itself again with a larger stack.
fn stack(command: &Command) -> Result<Rlimit, RunnerError> {
    let asked = command.limits.stack;
    let maximum = getrlimit(Resource::Stack).maximum;
    if let Some(hard) = maximum.filter(|hard| asked > *hard) {
        let (program, limit) = (command.name(), "stack");
        return Err(RunnerError::Limit { program, limit, asked, hard });
    }
    Ok(Rlimit { current: Some(asked), maximum })
}

/// A child that leads a process group and has not been reaped.
pub(crate) struct Process {
    pid: Pid,
    family: Family,
}

/// What the kernel says about a child that is gone.
pub(crate) struct Reaped {
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) cpu: Duration,
    pub(crate) max_rss_bytes: u64,
}

impl Process {
    pub(crate) fn new(child: Child, tag: Tag) -> Self {
        let pid = Pid::from_child(&child);
        Self { pid, family: Family::new(pid, tag) }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid.as_raw_pid().cast_unsigned()
    }

    /// Waits up to `patience` for the end of the child, without reaping it.
    pub(crate) fn ended_within(&mut self, patience: Duration) -> io::Result<bool> {
        let deadline = Instant::now() + patience;
        loop {
            if self.has_ended()? {
                return Ok(true);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            self.family.pause(left);
        }
    }

    fn has_ended(&self) -> io::Result<bool> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        match waitid(WaitId::Pid(self.pid), options) {
            Ok(status) => Ok(status.is_some()),
            Err(rustix::io::Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Asks the group to end.
    pub(crate) fn terminate(&mut self) {
        self.signal(Signal::TERM);
    }

    /// Ends the group.
    pub(crate) fn kill(&mut self) {
        self.signal(Signal::KILL);
    }

    /// INVARIANT: the child has not been reaped ([`reap`](Self::reap) comes last), so its group's
    /// number cannot have become another's. The only failure left is that the group is empty.
    fn signal(&self, signal: Signal) {
        let _ = kill_process_group(self.pid, signal);
    }

    /// Whether more than `limit` processes of this child are alive, as far as can be known.
    pub(crate) fn exceeds(&mut self, limit: usize) -> bool {
        self.family.exceeds(limit)
    }

    /// Memory that the child and its descendants have in use, as far as can be known.
    pub(crate) fn resident_bytes(&self) -> u64 {
        linux::resident_bytes(self.pid)
    }

    /// Kills all descendants of the child, in its group and outside; gives the number of those
    /// found since the start. The processes that are still there after `patience` are the error.
    pub(crate) fn sweep(&mut self, patience: Duration) -> Result<usize, Vec<i32>> {
        let leader = self.pid;
        self.family.sweep(patience, || {
            // As in `signal`.
            let _ = kill_process_group(leader, Signal::KILL);
        })
    }

    /// Takes members of the group out of the process table that became our children when their parents ended, and were
    /// killed. Who is still there after `patience` is left to whoever reaps after us. Gives their processor time.
    pub(crate) fn reap_orphans(&self, patience: Duration) -> Duration {
        let deadline = Instant::now() + patience;
        let mut cpu = Duration::ZERO;
        loop {
            match wait4(-self.pid.as_raw_pid(), libc::WNOHANG) {
                Ok(Some((_, usage))) => cpu += duration(usage.ru_utime) + duration(usage.ru_stime),
                Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(1)),
                // There is none, or it takes too long.
                _ => return cpu,
            }
        }
    }

    /// Takes the child out of the process table. Must come last, and once.
    pub(crate) fn reap(&mut self) -> io::Result<Reaped> {
        let ended = wait4(self.pid.as_raw_pid(), 0)?;
        let (status, usage) = ended.ok_or_else(|| io::Error::other("a wait without end ended"))?;
        let status = ExitStatus::from_raw(status);
        Ok(Reaped {
            code: status.code(),
            signal: status.signal(),
            cpu: duration(usage.ru_utime) + duration(usage.ru_stime),
            max_rss_bytes: u64::try_from(usage.ru_maxrss).unwrap_or(0) * linux::RSS_UNIT,
        })
    }
}

/// Status and usage of a child, or of any of a group whose number is negated; `None` if it has not ended and the
/// options say not to wait.
fn wait4(pid: i32, options: i32) -> io::Result<Option<(i32, libc::rusage)>> {
    let mut status = 0;
    // SAFETY: `rusage` is a struct of integers, for which zeros are a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both pointers are to live, writable values of the types that wait4 wants.
        let result = unsafe { libc::wait4(pid, &mut status, options, &mut usage) };
        if result != -1 {
            return Ok((result != 0).then_some((status, usage)));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

fn duration(time: libc::timeval) -> Duration {
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::from_secs(seconds) + Duration::from_micros(u64::try_from(time.tv_usec).unwrap_or(0))
}
