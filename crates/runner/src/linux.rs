//! Owns what only Linux offers: addresses that repeat, a child that dies with us, a wait without
//! polling, and `/proc`, where descendants are found that left their process group.
//!
//! A descendant is known by its group or by the tag in its environment. One that does both, call
//! `setsid` *and* start a program with an empty environment, is not found; its hold on our pipe
//! is what `capture.rs` does not wait for. Programs of the book do not do that, and code that
//! might is for a jail, not for this crate.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{
    Pid, PidfdFlags, Signal, getppid, pidfd_open, pidfd_send_signal, set_parent_process_death_signal,
};

use crate::Unsupported;
use crate::tag::Tag;

/// No core files. One byte and not none, because the kernel reads exactly 1 as "not even to the
/// crash reporter behind a pipe", which would take a second for every listing that dies.
pub(crate) const NO_CORE: u64 = 1;
/// The kernel reports the resident set in this unit.
pub(crate) const RSS_UNIT: u64 = 1024;

/// Time between two full looks at `/proc` when the cheap one tells nothing.
const SCAN_EVERY: Duration = Duration::from_secs(1);

pub(crate) fn unsupported() -> Vec<Unsupported> {
    let aslr = Unsupported {
        limit: "aslr",
        because: "a container's filter forbids the personality call: addresses differ between runs",
    };
    let proc = Unsupported { limit: "processes", because: "/proc is not mounted: processes cannot be counted" };
    let aslr = (!aslr_can_be_off()).then_some(aslr);
    let proc = fs::metadata("/proc/self/environ").is_err().then_some(proc);
    aslr.into_iter().chain(proc).collect()
}

/// Tried on a thread of its own: the setting belongs to a thread, and goes with it.
fn aslr_can_be_off() -> bool {
    static ANSWER: OnceLock<bool> = OnceLock::new();
    *ANSWER.get_or_init(|| {
        let attempt = thread::Builder::new().spawn(|| set_personality(personality_for(false)));
        attempt.is_ok_and(|thread| thread.join().is_ok_and(|result| result.is_ok()))
    })
}

/// The personality of the child: ours, with or without random addresses. Ours may be without
/// them already, when we are a listing's child ourselves.
fn personality_for(aslr: bool) -> libc::c_ulong {
    const ASK: libc::c_ulong = 0xffff_ffff;
    const NO_RANDOM: libc::c_ulong = libc::ADDR_NO_RANDOMIZE as libc::c_ulong;
    // SAFETY: this value changes nothing and only asks.
    let ours = unsafe { libc::personality(ASK) };
    let ours = libc::c_ulong::try_from(ours).unwrap_or(0);
    if aslr { ours & !NO_RANDOM } else { ours | NO_RANDOM }
}

fn set_personality(value: libc::c_ulong) -> io::Result<()> {
    // SAFETY: a system call without pointers; it changes how the next program is loaded.
    match unsafe { libc::personality(value) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// A limit for all tasks (processes and threads) of the user: those of the system now, and as many
/// more as a run within its limits can want. Above what the watch allows, and for the case that
/// it comes too late: a bomb that cannot grow further can be killed one by one. Root is not bound
/// by it, but may do that [`urgently`].
pub(crate) fn processes_of_user(limit: usize) -> Option<u64> {
    const TASKS_BESIDES: u64 = 512;
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let (_, tasks) = text.split_ascii_whitespace().nth(3)?.split_once('/')?;
    Some(tasks.parse::<u64>().ok()? + limit as u64 + TASKS_BESIDES)
}

/// How a child is bound to us and to its addresses.
pub(crate) struct Binding {
    parent: Pid,
    personality: Option<libc::c_ulong>,
}

impl Binding {
    pub(crate) fn new(parent: Pid, aslr: bool) -> Self {
        Self { parent, personality: aslr_can_be_off().then(|| personality_for(aslr)) }
    }

    /// Runs in the child after the fork: system calls only, nothing allocates.
    pub(crate) fn enforce(&self) -> io::Result<()> {
        // A runner that is itself killed must not leave compilers and browsers behind.
        set_parent_process_death_signal(Some(Signal::KILL))?;
        if getppid() != Some(self.parent) {
            return Err(io::Error::from_raw_os_error(libc::ECHILD));
        }
        self.personality.map_or(Ok(()), set_personality)
    }
}

/// What [`trace_me`] answers when it is refused. From a forked child only a number reaches us, and
/// `EPERM` could be from any of the calls before; no other of them ends with this one.
#[cfg_attr(not(feature = "trace"), allow(dead_code, reason = "asked for by the traced spawn"))]
pub(crate) const REFUSED: i32 = libc::EOPNOTSUPP;

/// Lets the parent watch this process: it stops when it has loaded its program. Runs in the child
/// after the fork.
pub(crate) fn trace_me() -> io::Result<()> {
    // SAFETY: this request ignores its other arguments, which are zeros of the right width.
    match unsafe { libc::ptrace(libc::PTRACE_TRACEME, 0, 0_usize, 0_usize) } {
        -1 => Err(io::Error::from_raw_os_error(REFUSED)),
        _ => Ok(()),
    }
}

/// A child and all its descendants.
pub(crate) struct Family {
    leader: Pid,
    tag: Tag,
    end: Option<OwnedFd>,
    /// Newest process id of the system when the family was last counted; at first the leader's.
    newest: Option<u64>,
    counted: usize,
    counted_at: Instant,
    /// Those that had to be killed, besides the leader.
    found: BTreeSet<i32>,
}

impl Family {
    pub(crate) fn new(leader: Pid, tag: Tag) -> Self {
        let end = pidfd_open(leader, PidfdFlags::empty()).ok();
        let newest = u64::try_from(leader.as_raw_pid()).ok();
        Self { leader, tag, end, newest, counted: 1, counted_at: Instant::now(), found: BTreeSet::new() }
    }

    /// Sleeps until the leader has ended, or `patience` is over, or for no good reason.
    pub(crate) fn pause(&self, patience: Duration) {
        let Some(end) = &self.end else {
            return thread::sleep(patience.min(Duration::from_millis(2)));
        };
        let timeout = Timespec::try_from(patience).ok();
        // A signal may cut this short: the caller looks again in any case.
        let _ = poll(&mut [PollFd::new(end, PollFlags::IN)], timeout.as_ref());
    }

    /// Whether more than `limit` are alive. Counts only when it can have become true: as long as
    /// the system gave out fewer new ids than the family may still grow by, it cannot.
    pub(crate) fn exceeds(&mut self, limit: usize) -> bool {
        let newest = newest_pid();
        let grown = match (self.newest, newest) {
            (Some(before), Some(now)) => now.checked_sub(before),
            _ => None,
        };
        let room = limit.saturating_sub(self.counted) as u64;
        let quiet = grown.is_some_and(|grown| grown <= room);
        if quiet && self.counted_at.elapsed() < SCAN_EVERY {
            return false;
        }
        self.newest = newest;
        self.counted = 1 + self.others().len();
        self.counted_at = Instant::now();
        self.counted > limit
    }

    /// Kills all but the leader until none is found, in the group by `kill_group`, which does
    /// so at once, and outside one by one. Gives the number of those found since the start.
    pub(crate) fn sweep(&mut self, patience: Duration, kill_group: impl Fn()) -> Result<usize, Vec<i32>> {
        let deadline = Instant::now() + patience;
        loop {
            let others = self.others();
            kill_group();
            if others.is_empty() {
                return Ok(self.found.len());
            }
            others.iter().for_each(|pid| self.kill_one(*pid));
            self.found.extend(others.iter().map(|pid| pid.as_raw_pid()));
            if Instant::now() > deadline {
                return Err(others.iter().map(|pid| pid.as_raw_pid()).collect());
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Kills one process, and surely that one: the handle is taken first, so the second look
    /// tells whether the handle is of the process that we mean.
    fn kill_one(&self, pid: Pid) {
        let handle = pidfd_open(pid, PidfdFlags::empty());
        if !self.has(pid) {
            return;
        }
        let _ = match handle {
            Ok(handle) => pidfd_send_signal(handle, Signal::KILL),
            Err(_) => rustix::process::kill_process(pid, Signal::KILL),
        };
    }

    /// All living members except the leader.
    fn others(&self) -> Vec<Pid> {
        let Ok(entries) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        entries
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(Pid::from_raw)
            .filter(|pid| *pid != self.leader && self.has(*pid))
            .collect()
    }

    /// Whether a process is alive and of this family.
    fn has(&self, pid: Pid) -> bool {
        let directory = format!("/proc/{}", pid.as_raw_pid());
        let Ok(stat) = fs::read(format!("{directory}/stat")) else {
            return false;
        };
        match state_and_group(&stat) {
            None | Some((b'Z' | b'X', _)) => false,
            Some((_, group)) if group == self.leader.as_raw_pid() => true,
            Some(_) => fs::read(format!("{directory}/environ")).is_ok_and(|environment| self.tag.is_in(&environment)),
        }
    }
}

/// Resident set of a process and of its descendants. One that is gone has none.
pub(crate) fn resident_bytes(pid: Pid) -> u64 {
    let directory = format!("/proc/{}", pid.as_raw_pid());
    let statm = fs::read_to_string(format!("{directory}/statm")).unwrap_or_default();
    let pages: u64 = statm.split_ascii_whitespace().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    let own = pages * rustix::param::page_size() as u64;
    let children = fs::read_to_string(format!("{directory}/task/{}/children", pid.as_raw_pid())).unwrap_or_default();
    let children = children.split_ascii_whitespace().filter_map(|child| Pid::from_raw(child.parse().ok()?));
    own + children.map(resident_bytes).sum::<u64>()
}

/// Does `work` before all ordinary work of the system, where we may. Because a bomb also takes
/// nearly all processor time, and whoever has to notice it, and to kill its processes one by one,
/// would wait for seconds and then be slower than they start new ones. The watching itself takes
/// microseconds a tick. Making the children slower instead (`nice`) would be open to everybody,
/// but on a busy machine good programs would then miss their deadlines.
pub(crate) fn urgently<T>(work: impl FnOnce() -> T) -> T {
    let is_urgent = schedule(libc::SCHED_FIFO, 1).is_ok();
    let result = work();
    if is_urgent {
        // Back to where every thread of ours begins; asking for less is never refused.
        let _ = schedule(libc::SCHED_OTHER, 0);
    }
    result
}

/// Sets the policy and priority of the calling thread.
fn schedule(policy: libc::c_int, priority: libc::c_int) -> io::Result<()> {
    const THIS_THREAD: libc::pid_t = 0;
    // SAFETY: the kernel's `sched_param` is one integer, which is live during the call. The
    // function of the C library is not used, because musl's always fails.
    let result = unsafe { libc::syscall(libc::SYS_sched_setscheduler, THIS_THREAD, policy, &raw const priority) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// State and process group from `/proc/<pid>/stat`. The name, in parentheses, may hold anything,
/// parentheses too.
fn state_and_group(stat: &[u8]) -> Option<(u8, i32)> {
    let name_end = stat.iter().rposition(|byte| *byte == b')')?;
    let rest = std::str::from_utf8(&stat[name_end + 1..]).ok()?;
    let mut fields = rest.split_ascii_whitespace();
    let state = fields.next()?.as_bytes().first()?;
    let group = fields.nth(1)?.parse().ok()?;
    Some((*state, group))
}

/// The id that the system gave out last: the end of `/proc/loadavg`.
fn newest_pid() -> Option<u64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let newest = text.split_ascii_whitespace().nth(4)?.parse().ok()?;
    (newest != 0).then_some(newest)
}

#[cfg(test)]
mod tests {
    use super::state_and_group;

    #[test]
    fn a_process_whose_name_holds_parentheses_is_read_right() {
        assert_eq!(state_and_group(b"7 (a) Z (b)) S 1 42 42 0"), Some((b'S', 42)));
        assert_eq!(state_and_group(b"7 (cut"), None);
    }
}
