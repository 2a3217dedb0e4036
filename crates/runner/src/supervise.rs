//! Owns the life of one child, from its start to the last of its descendants.
//!
//! The order at the end matters: learn that the child has ended *without reaping it*, kill its
//! group while the dead child still holds the group's number, sweep up those who left the group,
//! and only then reap it and collect the output.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{io, process, thread};

use crate::capture::{Drains, feed};
use crate::interrupt::Registration;
use crate::platform::{self, Process, Reaped};
use crate::tag::Tag;
use crate::{Command, Exit, Outcome, RunnerError, Signal, environment, tool};

/// How often a running child is looked at, for everything except its end.
pub(crate) const TICK: Duration = Duration::from_millis(10);
/// Time that it may take to end all processes of a child with SIGKILL: long enough for a bomb of
/// a thousand, on a machine that is busy with it.
pub(crate) const KILL_PATIENCE: Duration = Duration::from_secs(20);
/// Time that the output of dead processes may take to reach us.
const OUTPUT_PATIENCE: Duration = Duration::from_secs(1);

/// What others ask of the thread that watches a child.
#[derive(Debug, Default)]
pub(crate) struct Control {
    canceled: AtomicBool,
    interrupted: AtomicBool,
    flooded: AtomicBool,
}

impl Control {
    pub(crate) fn cancel(&self) {
        self.canceled.store(true, Ordering::Relaxed);
    }

    pub(crate) fn interrupt(&self) {
        self.interrupted.store(true, Ordering::Relaxed);
    }

    pub(crate) fn flooded(&self) {
        self.flooded.store(true, Ordering::Relaxed);
    }

    /// Why a child must be stopped, if one of our threads said so.
    pub(crate) fn cause(&self) -> Option<Exit> {
        let is_set = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        if is_set(&self.interrupted) {
            Some(Exit::Interrupted)
        } else if is_set(&self.canceled) {
            Some(Exit::Canceled)
        } else {
            is_set(&self.flooded).then_some(Exit::TooMuchOutput)
        }
    }
}

/// A child that has been started and must be finished.
pub(crate) struct Run<'a> {
    command: &'a Command,
    control: Arc<Control>,
    drains: Drains,
    process: Process,
    started: Instant,
    _registration: Registration,
}

/// Runs a child to its end.
pub(crate) fn run(command: &Command) -> Result<Outcome, RunnerError> {
    start(command, Arc::default())?.finish()
}

/// Starts a child under the watch of the calling thread.
pub(crate) fn start(command: &Command, control: Arc<Control>) -> Result<Run<'_>, RunnerError> {
    let program = || command.name();
    let registration =
        Registration::enter(Arc::clone(&control)).ok_or_else(|| RunnerError::Interrupted { program: program() })?;
    let tag = Tag::new();
    let mut child = prepare(command, &tag)?;
    let drains = Drains::attach(command, &mut child, &control)
        .map_err(|source| RunnerError::Capture { program: program(), source })?;
    let started = Instant::now();
    let mut child = spawn(child).map_err(|source| RunnerError::Spawn { program: program(), source })?;
    let stdin = child.stdin.take();
    let mut process = Process::new(child, tag);
    if let (Some(pipe), Some(bytes)) = (stdin, command.stdin.clone())
        && let Err(source) = feed(pipe, bytes)
    {
        process.kill();
        // The failure to be told is that there is no thread for the input.
        let _ = process.reap();
        return Err(RunnerError::Capture { program: program(), source });
    }
    Ok(Run { command, control, drains, process, started, _registration: registration })
}

/// The child as the standard library describes it, with everything that `command` asks for.
pub(crate) fn prepare(command: &Command, tag: &Tag) -> Result<process::Command, RunnerError> {
    let program = command.name();
    let Some(file) = tool::find_in(&command.program, command.search_path().as_deref()) else {
        let hint = tool::hint(&program);
        return Err(RunnerError::Missing { program, hint });
    };
    let mut child = process::Command::new(file);
    child.args(&command.args);
    if let Some(directory) = command.cwd.clone() {
        if !directory.is_dir() {
            return Err(RunnerError::Directory { program, directory });
        }
        child.current_dir(directory);
    }
    environment::apply(command, tag, &mut child);
    platform::prepare(command, &mut child)?;
    Ok(child)
}

/// Starts the child, and closes our ends of what it writes to.
///
/// A file that was written a moment ago may be "busy": another thread of ours may have started a
/// child while it was open, and that child holds it until it has loaded its own program.
pub(crate) fn spawn(mut child: process::Command) -> io::Result<process::Child> {
    for _ in 0..20 {
        match child.spawn() {
            Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy => {
                thread::sleep(TICK);
            }
            done => return done,
        }
    }
    child.spawn()
}

impl Run<'_> {
    pub(crate) fn pid(&self) -> u32 {
        self.process.pid()
    }

    pub(crate) fn drains(&self) -> Drains {
        self.drains.clone()
    }

    /// Follows the child to its end, and leaves nothing of it.
    pub(crate) fn finish(mut self) -> Result<Outcome, RunnerError> {
        let (stopped, wall, survivors) = platform::urgently(|| self.follow())?;
        let mut reaped = self.process.reap().map_err(|source| self.lost(source))?;
        if self.command.is_jailed {
            reaped.cpu += self.process.reap_orphans(OUTPUT_PATIENCE);
        }
        let (output, stderr) = self.drains.finish(OUTPUT_PATIENCE);
        Ok(Outcome {
            exit: self.exit(stopped, &reaped),
            output: output.bytes,
            stderr: stderr.bytes,
            dropped: output.dropped + stderr.dropped,
            wall,
            cpu: reaped.cpu,
            max_rss_bytes: reaped.max_rss_bytes,
            survivors,
        })
    }

    /// How we stopped the child, if we did, when it ended, and how many others had to be killed.
    fn follow(&mut self) -> Result<(Option<Exit>, Duration, usize), RunnerError> {
        let stopped = self.watch()?;
        let wall = self.started.elapsed();
        Ok((stopped, wall, self.sweep()?))
    }

    /// Waits until the child has ended, by itself (`None`) or because we stopped it.
    fn watch(&mut self) -> Result<Option<Exit>, RunnerError> {
        while !self.ended_within(TICK)? {
            if let Some(cause) = self.cause_to_stop() {
                self.stop(cause)?;
                return Ok(Some(cause));
            }
        }
        Ok(None)
    }

    fn cause_to_stop(&mut self) -> Option<Exit> {
        if let Some(cause) = self.control.cause() {
            Some(cause)
        } else if self.process.exceeds(self.command.limits.processes) {
            Some(Exit::TooManyProcesses)
        } else if self.command.limits.resident.is_some_and(|most| self.process.resident_bytes() > most) {
            Some(Exit::TooMuchMemory)
        } else {
            (self.started.elapsed() >= self.command.limits.wall).then_some(Exit::TimedOut)
        }
    }

    /// Ends the child. Floods and bombs get no grace: they would use it.
    fn stop(&mut self, cause: Exit) -> Result<(), RunnerError> {
        if !matches!(cause, Exit::TooMuchOutput | Exit::TooManyProcesses | Exit::TooMuchMemory) {
            self.process.terminate();
            if self.ended_within(self.command.limits.grace)? {
                return Ok(());
            }
        }
        self.process.kill();
        // A bomb goes on while its first process dies.
        self.sweep()?;
        if self.ended_within(KILL_PATIENCE)? {
            return Ok(());
        }
        let pids = vec![self.process.pid().cast_signed()];
        Err(self.unkillable(pids))
    }

    fn ended_within(&mut self, patience: Duration) -> Result<bool, RunnerError> {
        let ended = self.process.ended_within(patience);
        ended.map_err(|source| self.lost(source))
    }

    /// Kills the child's descendants.
    fn sweep(&mut self) -> Result<usize, RunnerError> {
        let swept = self.process.sweep(KILL_PATIENCE);
        swept.map_err(|pids| self.unkillable(pids))
    }

    fn lost(&self, source: io::Error) -> RunnerError {
        let program = self.command.name();
        RunnerError::Lost { program, source }
    }

    fn unkillable(&self, pids: Vec<i32>) -> RunnerError {
        let program = self.command.name();
        RunnerError::Unkillable { program, pids }
    }

    fn exit(&self, stopped: Option<Exit>, reaped: &Reaped) -> Exit {
        if let Some(cause) = stopped {
            return cause;
        }
        // A child may end between a flood and our next look.
        if self.control.flooded.load(Ordering::Relaxed) {
            return Exit::TooMuchOutput;
        }
        let (code, signal) = self.of_program(reaped);
        match (code, signal) {
            (Some(code), _) => Exit::Exited(code),
            (None, Some(signal)) if self.is_out_of_cpu(reaped, signal) => Exit::OutOfCpu,
            (None, signal) => Exit::Signaled(Signal(signal.unwrap_or_default())),
        }
    }

    /// Code or signal of the program. One that runs inside another reports its signal as a shell does.
    fn of_program(&self, reaped: &Reaped) -> (Option<i32>, Option<i32>) {
        match reaped.code {
            Some(code) if self.command.is_wrapped && code > 128 => (None, Some(code - 128)),
            code => (code, reaped.signal),
        }
    }

    /// SIGXCPU says so itself. A child that does not mind it gets SIGKILL a second later, which
    /// others may send too. The kernel enforces the limit with a coarser clock than the one that
    /// it reports, on a busy machine by far, so half of the limit must do.
    fn is_out_of_cpu(&self, reaped: &Reaped, signal: i32) -> bool {
        let Some(limit) = self.command.limits.cpu_seconds.map(Duration::from_secs) else {
            return false;
        };
        match Signal(signal).name() {
            Some("SIGXCPU") => true,
            Some("SIGKILL") => reaped.cpu >= limit / 2,
            _ => false,
        }
    }
}
