//! Owns the handle of a child that runs beside us.

use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use crate::capture::Drains;
use crate::supervise::{self, Control};
use crate::{Command, Outcome, RunnerError};

/// A child that runs in the background, watched by a thread of its own. Dropping the handle ends
/// the child and waits until it is gone.
#[derive(Debug)]
pub struct Running {
    pid: u32,
    control: Arc<Control>,
    drains: Drains,
    watcher: Option<JoinHandle<Result<Outcome, RunnerError>>>,
}

impl Running {
    pub(crate) fn start(command: Command) -> Result<Self, RunnerError> {
        let program = command.name();
        let control = Arc::new(Control::default());
        let (sender, receiver) = mpsc::channel();
        let watched = Arc::clone(&control);
        // The child is started on the thread that watches it, because on Linux a child is bound
        // to the life of the thread that started it.
        let watcher = thread::Builder::new()
            .name("runner-watcher".to_owned())
            .spawn(move || {
                let run = supervise::start(&command, watched)?;
                // The receiver is gone only if the starting thread is.
                let _ = sender.send((run.pid(), run.drains()));
                run.finish()
            })
            .map_err(|source| RunnerError::Capture { program, source })?;
        match receiver.recv() {
            Ok((pid, drains)) => Ok(Self { pid, control, drains, watcher: Some(watcher) }),
            Err(mpsc::RecvError) => Err(join(watcher).expect_err("nothing was started")),
        }
    }

    /// The child's process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// What the child has written to its stdout so far (both streams when merged).
    pub fn output_so_far(&self) -> Vec<u8> {
        self.drains.output_so_far()
    }

    /// What the child has written to its stderr so far.
    pub fn stderr_so_far(&self) -> Vec<u8> {
        self.drains.stderr_so_far()
    }

    /// Whether the child has ended and been cleaned up after.
    pub fn is_finished(&self) -> bool {
        self.watcher.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Ends the child: SIGTERM, grace, SIGKILL. Returns at once; [`wait`](Self::wait) tells when
    /// it is done.
    pub fn cancel(&self) {
        self.control.cancel();
    }

    /// Waits for the end of the child.
    ///
    /// # Errors
    ///
    /// When we lost the child, or cannot kill what it left behind.
    pub fn wait(mut self) -> Result<Outcome, RunnerError> {
        join(self.watcher.take().expect("only this takes it, and this takes the handle too"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(watcher) = self.watcher.take() {
            self.cancel();
            // Nobody is left who could hear about a failure.
            let _ = watcher.join();
        }
    }
}

fn join(watcher: JoinHandle<Result<Outcome, RunnerError>>) -> Result<Outcome, RunnerError> {
    watcher.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
