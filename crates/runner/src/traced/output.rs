//! The pipes of a watched child. They are read by whoever looks, and never waited for, so that a
//! look at a stopped child sees everything that it has written, and nothing else.

use std::io::{self, PipeReader, Read};
use std::process;
use std::sync::Mutex;

use super::lock;
use crate::Limits;
use crate::capture::Captured;

const BUFFER_BYTES: usize = 64 * 1024;

/// Both pipes.
pub(super) struct Outputs {
    stdout: Mutex<Pipe>,
    stderr: Mutex<Pipe>,
}

struct Pipe {
    reader: PipeReader,
    captured: Captured,
    cap: u64,
    flood: u64,
}

impl Outputs {
    /// Gives `child` its stdout and stderr; its stdin is empty.
    pub(super) fn attach(limits: &Limits, child: &mut process::Command) -> io::Result<Self> {
        let (stdout, writer) = io::pipe()?;
        let (stderr, error_writer) = io::pipe()?;
        child.stdin(process::Stdio::null()).stdout(writer).stderr(error_writer);
        Ok(Self { stdout: Mutex::new(Pipe::new(stdout, limits)?), stderr: Mutex::new(Pipe::new(stderr, limits)?) })
    }

    /// Reads what there is; `true` when it is too much.
    pub(super) fn drain(&self) -> bool {
        let is_flood = |pipe: &Mutex<Pipe>| lock(pipe).drain();
        is_flood(&self.stdout) | is_flood(&self.stderr)
    }

    pub(super) fn stdout_so_far(&self) -> Vec<u8> {
        self.drain();
        lock(&self.stdout).captured.bytes.clone()
    }

    pub(super) fn stderr_so_far(&self) -> Vec<u8> {
        self.drain();
        lock(&self.stderr).captured.bytes.clone()
    }

    /// Everything, at the end.
    pub(super) fn take(&self) -> (Captured, Captured) {
        self.drain();
        let take = |pipe: &Mutex<Pipe>| std::mem::take(&mut lock(pipe).captured);
        (take(&self.stdout), take(&self.stderr))
    }
}

impl Pipe {
    fn new(reader: PipeReader, limits: &Limits) -> io::Result<Self> {
        rustix::io::ioctl_fionbio(&reader, true)?;
        Ok(Self { reader, captured: Captured::default(), cap: limits.output, flood: limits.flood })
    }

    fn drain(&mut self) -> bool {
        let mut buffer = [0; BUFFER_BYTES];
        // The end of the pipe, "nothing now", and errors all mean that there is no more to read.
        while let Ok(length @ 1..) = self.reader.read(&mut buffer) {
            let room = self.cap.saturating_sub(self.captured.bytes.len() as u64);
            let kept = length.min(usize::try_from(room).unwrap_or(usize::MAX));
            self.captured.bytes.extend_from_slice(&buffer[..kept]);
            self.captured.dropped += (length - kept) as u64;
        }
        self.captured.bytes.len() as u64 + self.captured.dropped > self.flood
    }
}
