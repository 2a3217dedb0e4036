//! What the kernel tells about a watched child and its threads (`man 2 ptrace`, "Stopped states").

use std::io;

use crate::Signal;

/// Something that happened to a watched child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A thread stopped before this signal reaches it. Breakpoints and single steps are SIGTRAP, and a
    /// thread that has just begun is SIGSTOP; neither must be passed on.
    Stopped {
        /// Id of the thread.
        thread: i32,
        /// The signal.
        signal: Signal,
    },
    /// A thread started another, which is watched too and reports its own first stop.
    Cloned {
        /// Id of the thread that did.
        thread: i32,
        /// Id of the new one.
        new: i32,
    },
    /// A thread enters a system call or comes back from one. Only of threads that were let go on with
    /// `PTRACE_SYSCALL`.
    Syscall {
        /// Id of the thread.
        thread: i32,
    },
    /// The child started a process, which is watched too: it reports itself like a thread.
    Forked {
        /// Id of the thread that did.
        thread: i32,
    },
    /// The child became another program.
    Replaced {
        /// Id of the only thread that is left.
        thread: i32,
    },
    /// A thread ended.
    ThreadEnded {
        /// Its id.
        thread: i32,
    },
    /// The child ended. It has not been reaped.
    Ended,
}

/// Which events are reported, and that the child dies with us.
pub(super) fn choose_events(pid: i32) -> io::Result<()> {
    const OPTIONS: libc::c_int = libc::PTRACE_O_EXITKILL
        | libc::PTRACE_O_TRACECLONE
        | libc::PTRACE_O_TRACEFORK
        | libc::PTRACE_O_TRACEVFORK
        | libc::PTRACE_O_TRACEEXEC
        | libc::PTRACE_O_TRACESYSGOOD;
    // SAFETY: the request takes a number in place of a pointer, and no address.
    succeeded(unsafe { libc::ptrace(libc::PTRACE_SETOPTIONS, pid, 0_usize, OPTIONS as usize) })
}

/// Waits for the next event of the group that `pid` leads.
pub(super) fn next(pid: i32) -> io::Result<Event> {
    loop {
        if let Some(event) = look(pid, 0)? {
            return Ok(event);
        }
    }
}

/// The next event, if there is one already.
pub(super) fn poll(pid: i32) -> io::Result<Option<Event>> {
    look(pid, libc::WNOHANG)
}

/// Looks first, and only then takes the report: that of the leader's end stays, so that the group
/// keeps its number until everything in it is dead.
fn look(pid: i32, options: libc::c_int) -> io::Result<Option<Event>> {
    let Some((thread, code)) = peek(pid, options)? else { return Ok(None) };
    let is_end = matches!(code, libc::CLD_EXITED | libc::CLD_KILLED | libc::CLD_DUMPED);
    if is_end && thread == pid {
        return Ok(Some(Event::Ended));
    }
    let mut status = 0;
    // SAFETY: `status` is live and writable.
    succeeded(unsafe { libc::waitpid(thread, &mut status, libc::__WALL) }.into())?;
    Ok(Some(if is_end { Event::ThreadEnded { thread } } else { stopped(thread, status) }))
}

/// Thread and kind of the next report, which stays where it is.
fn peek(pid: i32, options: libc::c_int) -> io::Result<Option<(i32, libc::c_int)>> {
    const LOOK: libc::c_int = libc::WEXITED | libc::WSTOPPED | libc::WNOWAIT | libc::__WALL;
    // SAFETY: `siginfo_t` is a struct of integers, for which zeros are a value.
    let mut report: libc::siginfo_t = unsafe { std::mem::zeroed() };
    // SAFETY: `report` is live and writable.
    let result = unsafe { libc::waitid(libc::P_PGID, pid.cast_unsigned(), &mut report, LOOK | options) };
    match succeeded(result.into()) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(None),
        other => other?,
    }
    // SAFETY: waitid fills the part that describes a child, or leaves zeros.
    let thread = unsafe { report.si_pid() };
    Ok((thread != 0).then_some((thread, report.si_code)))
}

/// With `PTRACE_O_TRACESYSGOOD`, system calls are marked by this bit, and so are no breakpoints.
const SYSCALL: libc::c_int = libc::SIGTRAP | 0x80;

fn stopped(thread: i32, status: libc::c_int) -> Event {
    match status >> 16 {
        libc::PTRACE_EVENT_CLONE => Event::Cloned { thread, new: message(thread) },
        libc::PTRACE_EVENT_FORK | libc::PTRACE_EVENT_VFORK => Event::Forked { thread },
        libc::PTRACE_EVENT_EXEC => Event::Replaced { thread },
        _ if libc::WSTOPSIG(status) == SYSCALL => Event::Syscall { thread },
        _ => Event::Stopped { thread, signal: Signal(libc::WSTOPSIG(status)) },
    }
}

/// The number that comes with an event; 0 when the thread is gone already.
fn message(thread: i32) -> i32 {
    let mut message: libc::c_ulong = 0;
    // SAFETY: the request writes one `unsigned long` to the address in its last argument, which is live.
    let result = unsafe { libc::ptrace(libc::PTRACE_GETEVENTMSG, thread, 0_usize, &raw mut message) };
    if result == -1 { 0 } else { i32::try_from(message).unwrap_or(0) }
}

fn succeeded(result: libc::c_long) -> io::Result<()> {
    if result == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
