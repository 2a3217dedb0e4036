//! Owns a child that is watched: it is stopped before its first instruction, and again at every
//! breakpoint and step. What is read and written while it is stopped is the caller's business, by
//! `ptrace` and `/proc/<pid>/mem`; this module owns its start, its limits, its output and its end.
//!
//! A watched child belongs to the *thread* that started it, because `ptrace` does. That thread waits
//! without a time limit; a second thread keeps the limits, by killing the group.
//!
//! The program is started by a name that does not depend on where it is (`/proc/self/fd/500`), with an
//! environment that does not depend on ours, so that the same program has the same addresses everywhere.

mod output;
mod wait;

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::marker::PhantomData;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::interrupt::Registration;
use crate::linux::REFUSED;
use crate::platform::Process;
use crate::supervise::{self, Control, KILL_PATIENCE, TICK};
use crate::tag::Tag;
use crate::{Command, Exit, Outcome, RunnerError, Signal, tool};
use output::Outputs;
pub use wait::Event;

/// Numbers of descriptors from here on have three digits, and are free.
const FIRST_DESCRIPTOR: i32 = 500;

/// A watched child. Dropping it kills the child and everything that it started.
pub struct Traced {
    command: Command,
    watch: Arc<Watch>,
    watcher: Option<JoinHandle<()>>,
    pid: i32,
    started: Instant,
    has_ended: bool,
    is_reaped: bool,
    _program: OwnedFd,
    _registration: Registration,
    _of_this_thread: PhantomData<*const ()>,
}

/// What both threads see.
struct Watch {
    control: Arc<Control>,
    process: Mutex<Process>,
    outputs: Outputs,
    stopped: Mutex<Option<Exit>>,
    is_over: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Traced {
    pub(crate) fn start(mut command: Command) -> Result<Self, RunnerError> {
        let name = command.name();
        let control = Arc::new(Control::default());
        let registration = Registration::enter(Arc::clone(&control))
            .ok_or_else(|| RunnerError::Interrupted { program: name.clone() })?;
        let program = open(&command)?;
        command.program = OsString::from(format!("/proc/self/fd/{}", program.as_raw_fd()));
        command.is_bare = true;
        let tag = Tag::new();
        let mut child = supervise::prepare(&command, &tag)?;
        let outputs = Outputs::attach(&command.limits, &mut child)
            .map_err(|source| RunnerError::Capture { program: name.clone(), source })?;
        let started = Instant::now();
        let child = supervise::spawn(child).map_err(|source| refused(&name, source))?;
        command.program = OsString::from(name);
        let pid = child.id().cast_signed();
        let watch = Arc::new(Watch {
            control,
            process: Mutex::new(Process::new(child, tag)),
            outputs,
            stopped: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let mut traced = Self {
            command,
            watch,
            watcher: None,
            pid,
            started,
            has_ended: false,
            is_reaped: false,
            _program: program,
            _registration: registration,
            _of_this_thread: PhantomData,
        };
        traced.begin()?;
        Ok(traced)
    }

    /// Waits for the first stop, chooses what is reported, and sets the watcher on.
    fn begin(&mut self) -> Result<(), RunnerError> {
        if let Event::Ended = self.wait()? {
            return Ok(());
        }
        wait::choose_events(self.pid).map_err(|source| refused(&self.command.name(), source))?;
        let (watch, limits, started) = (Arc::clone(&self.watch), self.command.limits.clone(), self.started);
        let watcher = thread::Builder::new().name("runner-traced".to_owned()).spawn(move || {
            while !watch.is_over.load(Ordering::Relaxed) {
                watch.look(limits.processes, limits.resident, started + limits.wall);
                thread::park_timeout(TICK);
            }
        });
        let program = self.command.name();
        self.watcher = Some(watcher.map_err(|source| RunnerError::Capture { program, source })?);
        Ok(())
    }

    /// The child's process id, which is also the id of its first thread.
    pub fn pid(&self) -> i32 {
        self.pid
    }

    /// Waits until something happens to the child. Who was stopped stays so until the caller lets it go on.
    ///
    /// # Errors
    ///
    /// When we lost the child.
    pub fn wait(&mut self) -> Result<Event, RunnerError> {
        let event = wait::next(self.pid).map_err(|source| self.lost(source))?;
        self.has_ended |= event == Event::Ended;
        Ok(event)
    }

    /// Like [`wait`](Self::wait), but does not wait: `None` when nothing has happened.
    ///
    /// # Errors
    ///
    /// When we lost the child.
    pub fn poll(&mut self) -> Result<Option<Event>, RunnerError> {
        let event = wait::poll(self.pid).map_err(|source| self.lost(source))?;
        self.has_ended |= event == Some(Event::Ended);
        Ok(event)
    }

    /// Everything that the child has written to its stdout: nothing is under way while it is stopped.
    pub fn output_so_far(&self) -> Vec<u8> {
        self.watch.outputs.stdout_so_far()
    }

    /// Everything that the child has written to its stderr.
    pub fn stderr_so_far(&self) -> Vec<u8> {
        self.watch.outputs.stderr_so_far()
    }

    /// Why a limit ended the child, if one did.
    pub fn stopped(&self) -> Option<Exit> {
        *lock(&self.watch.stopped)
    }

    /// Ends the child if it has not ended, and everything that it started.
    ///
    /// # Errors
    ///
    /// When we lost the child, or cannot kill what it left behind.
    pub fn finish(mut self) -> Result<Outcome, RunnerError> {
        let was_running = !self.has_ended;
        self.end()?;
        if was_running {
            lock(&self.watch.stopped).get_or_insert(Exit::Canceled);
        }
        let wall = self.started.elapsed();
        let mut process = lock(&self.watch.process);
        let unkillable = |pids| RunnerError::Unkillable { program: self.command.name(), pids };
        let survivors = process.sweep(KILL_PATIENCE).map_err(unkillable)?;
        // From here on the group's number may be another's.
        self.is_reaped = true;
        let reaped = process.reap().map_err(|source| self.lost(source))?;
        let (output, stderr) = self.watch.outputs.take();
        let ended = reaped.code.map(Exit::Exited);
        let ended = ended.unwrap_or_else(|| Exit::Signaled(Signal(reaped.signal.unwrap_or_default())));
        Ok(Outcome {
            exit: self.stopped().unwrap_or(ended),
            output: output.bytes,
            stderr: stderr.bytes,
            dropped: output.dropped + stderr.dropped,
            wall,
            cpu: reaped.cpu,
            max_rss_bytes: reaped.max_rss_bytes,
            survivors,
        })
    }

    /// Kills the child, and takes the reports of its threads, without which it would not be gone.
    fn end(&mut self) -> Result<(), RunnerError> {
        if let Some(watcher) = self.watcher.take() {
            self.watch.is_over.store(true, Ordering::Relaxed);
            watcher.thread().unpark();
            // A panic of the watcher is a fault of ours that its own message tells.
            let _ = watcher.join();
        }
        let deadline = Instant::now() + KILL_PATIENCE;
        while !self.has_ended {
            lock(&self.watch.process).kill();
            if self.poll()?.is_none() {
                thread::sleep(Duration::from_micros(100));
            }
            if Instant::now() > deadline {
                let (program, pids) = (self.command.name(), vec![self.pid]);
                return Err(RunnerError::Unkillable { program, pids });
            }
        }
        Ok(())
    }

    fn lost(&self, source: io::Error) -> RunnerError {
        RunnerError::Lost { program: self.command.name(), source }
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        if self.is_reaped {
            return;
        }
        // Nobody is left who could hear about a failure.
        let _ = self.end();
        let mut process = lock(&self.watch.process);
        let _ = process.sweep(KILL_PATIENCE);
        let _ = process.reap();
    }
}

impl Watch {
    /// One look at the child, and its end where a limit is passed.
    fn look(&self, processes: usize, resident: Option<u64>, deadline: Instant) {
        if self.outputs.drain() {
            self.control.flooded();
        }
        let mut process = lock(&self.process);
        let cause = if let Some(cause) = self.control.cause() {
            Some(cause)
        } else if process.exceeds(processes) {
            Some(Exit::TooManyProcesses)
        } else if resident.is_some_and(|most| process.resident_bytes() > most) {
            Some(Exit::TooMuchMemory)
        } else {
            (Instant::now() >= deadline).then_some(Exit::TimedOut)
        };
        if let Some(cause) = cause {
            lock(&self.stopped).get_or_insert(cause);
            process.kill();
        }
    }
}

/// Opens the program under a number that always has the same number of digits.
fn open(command: &Command) -> Result<OwnedFd, RunnerError> {
    let program = command.name();
    let Some(file) = tool::find_in(&command.program, command.search_path().as_deref()) else {
        let hint = tool::hint(&program);
        return Err(RunnerError::Missing { program, hint });
    };
    let opened = File::open(file).and_then(|file| Ok(rustix::io::fcntl_dupfd_cloexec(file, FIRST_DESCRIPTOR)?));
    opened.map_err(|source| RunnerError::Spawn { program, source })
}

fn refused(program: &str, source: io::Error) -> RunnerError {
    let program = program.to_owned();
    match source.raw_os_error() {
        Some(REFUSED) => RunnerError::Untraceable { program, source: io::Error::from_raw_os_error(libc::EPERM) },
        _ => RunnerError::Spawn { program, source },
    }
}
