//! Owns the reading of a child's output and the writing of its input: threads that never stop a
//! child by a full pipe, never keep more than the cap, and never wait for a pipe that a process
//! we know nothing of holds open.

use std::io::{self, PipeReader, Read, Write};
use std::process::{self, ChildStdin, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::supervise::Control;
use crate::{Capture, Command};

const BUFFER_BYTES: usize = 64 * 1024;

/// What was read of one pipe.
#[derive(Debug, Default)]
pub(crate) struct Captured {
    pub(crate) bytes: Vec<u8>,
    pub(crate) dropped: u64,
}

/// A pipe that a thread reads.
#[derive(Clone, Debug)]
struct Drain(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    closed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    captured: Captured,
    closed: bool,
    abandoned: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what fits; `false` when nobody wants more.
    fn take(&self, bytes: &[u8], cap: u64) -> bool {
        let mut state = self.lock();
        let room = cap.saturating_sub(state.captured.bytes.len() as u64);
        let kept = bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        state.captured.bytes.extend_from_slice(&bytes[..kept]);
        state.captured.dropped += (bytes.len() - kept) as u64;
        !state.abandoned
    }
}

impl Drain {
    fn start(pipe: PipeReader, command: &Command, control: &Arc<Control>) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (cap, flood) = (command.limits.output, command.limits.flood);
        let (reader, control) = (Arc::clone(&shared), Arc::clone(control));
        thread::Builder::new().name("runner-output".to_owned()).spawn(move || {
            read_to_end(pipe, &reader, cap, flood, &control);
            reader.lock().closed = true;
            reader.closed.notify_all();
        })?;
        Ok(Self(shared))
    }

    fn so_far(&self) -> Vec<u8> {
        self.0.lock().captured.bytes.clone()
    }

    /// Waits for the end of the pipe, but not longer than `patience`: a process that escaped us
    /// may hold it open forever. The thread ends with that process.
    fn finish(&self, patience: Duration) -> Captured {
        let waited = self.0.closed.wait_timeout_while(self.0.lock(), patience, |s| !s.closed);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.abandoned = true;
        std::mem::take(&mut state.captured)
    }
}

fn read_to_end(mut pipe: PipeReader, shared: &Shared, cap: u64, flood: u64, control: &Control) {
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut total = 0_u64;
    loop {
        let length = match pipe.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        total += length as u64;
        if !shared.take(&buffer[..length], cap) {
            return;
        }
        if total > flood {
            control.flooded();
        }
    }
}

/// The pipes of one child.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drains {
    output: Option<Drain>,
    stderr: Option<Drain>,
}

impl Drains {
    /// Gives `child` its stdin, stdout and stderr, and starts to read the two.
    pub(crate) fn attach(command: &Command, child: &mut process::Command, control: &Arc<Control>) -> io::Result<Self> {
        child.stdin(if command.stdin.is_some() { Stdio::piped() } else { Stdio::null() });
        match command.capture {
            Capture::Inherit => {
                child.stdout(Stdio::inherit()).stderr(Stdio::inherit());
                Ok(Self::default())
            }
            Capture::Merged => {
                let (reader, writer) = io::pipe()?;
                child.stdout(writer.try_clone()?).stderr(writer);
                Ok(Self { output: Some(Drain::start(reader, command, control)?), stderr: None })
            }
            Capture::Separate => {
                let (reader, writer) = io::pipe()?;
                let (error_reader, error_writer) = io::pipe()?;
                child.stdout(writer).stderr(error_writer);
                let output = Some(Drain::start(reader, command, control)?);
                let stderr = Some(Drain::start(error_reader, command, control)?);
                Ok(Self { output, stderr })
            }
        }
    }

    pub(crate) fn output_so_far(&self) -> Vec<u8> {
        self.output.as_ref().map(Drain::so_far).unwrap_or_default()
    }

    pub(crate) fn stderr_so_far(&self) -> Vec<u8> {
        self.stderr.as_ref().map(Drain::so_far).unwrap_or_default()
    }

    /// Output and stderr, after the child has ended.
    pub(crate) fn finish(&self, patience: Duration) -> (Captured, Captured) {
        let finish = |drain: &Option<Drain>| drain.as_ref().map(|drain| drain.finish(patience)).unwrap_or_default();
        (finish(&self.output), finish(&self.stderr))
    }
}

/// Writes the child's input beside everything else. A child that closes its stdin early is no
/// error of anybody, so the result of the writing is of no interest.
pub(crate) fn feed(mut pipe: ChildStdin, bytes: Vec<u8>) -> io::Result<()> {
    thread::Builder::new().name("runner-input".to_owned()).spawn(move || {
        let _ = pipe.write_all(&bytes);
    })?;
    Ok(())
}
