//! Owns the description of a child: what to run, where, with what input and limits.
//!
//! A `Command` is a value that can be run many times; nothing happens before [`Command::run`]
//! or [`Command::start`].

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::environment::TERMINAL;
use crate::{Limits, Outcome, RunnerError, Running, supervise};

/// What becomes of the child's stdout and stderr.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    /// Both into one pipe: the bytes stand in the order in which a terminal would show them.
    Merged,
    /// Two pipes. Nothing can be said about the order of the one relative to the other.
    Separate,
    /// The child writes to our own stdout and stderr; nothing is kept or counted.
    Inherit,
}

/// A child to be started: program, arguments, directory, environment, input and limits.
///
/// The child's environment is fixed (see [`crate::PASSED`] and [`crate::FIXED`]), its stdin is
/// empty, it leads a process group of its own, and everything that it left behind is killed when
/// it ends, daemons too (the server of a compiler cache, for example).
#[derive(Clone, Debug)]
pub struct Command {
    pub(crate) program: OsString,
    pub(crate) args: Vec<OsString>,
    pub(crate) cwd: Option<PathBuf>,
    pub(crate) env: Vec<(OsString, OsString)>,
    pub(crate) passed: Vec<OsString>,
    pub(crate) stdin: Option<Vec<u8>>,
    pub(crate) limits: Limits,
    pub(crate) capture: Capture,
    pub(crate) is_bare: bool,
    pub(crate) is_wrapped: bool,
    pub(crate) is_jailed: bool,
    #[cfg(unix)]
    pub(crate) user: Option<u32>,
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "only Linux programs are traced"))]
    pub(crate) is_traced: bool,
    #[cfg(unix)]
    pub(crate) kept: Vec<std::sync::Arc<std::os::fd::OwnedFd>>,
}

impl Command {
    /// A command with [`Limits::tool`], [`Capture::Separate`] and an empty stdin.
    ///
    /// A `program` without a slash is looked up in PATH; one with a slash is relative to *our*
    /// current directory, whatever [`cwd`](Self::cwd) says.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            args: Vec::new(),
            cwd: None,
            env: Vec::new(),
            passed: Vec::new(),
            stdin: None,
            limits: Limits::tool(),
            capture: Capture::Separate,
            is_bare: false,
            is_wrapped: false,
            is_jailed: false,
            #[cfg(unix)]
            user: None,
            is_traced: false,
            #[cfg(unix)]
            kept: Vec::new(),
        }
    }

    /// Appends one argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    /// Appends arguments.
    pub fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// The directory in which the child starts; ours when not given.
    pub fn cwd(mut self, directory: impl AsRef<Path>) -> Self {
        self.cwd = Some(directory.as_ref().to_owned());
        self
    }

    /// Adds a variable to the child's environment, or replaces one of the fixed ones.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Lets variables of our own environment through, where they are set: for example
    /// `pass(runner::NETWORK)` for a cargo that may have to download.
    pub fn pass(mut self, names: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.passed.extend(names.into_iter().map(|name| name.as_ref().to_owned()));
        self
    }

    /// Bytes that the child may read from its stdin. A child that does not read them all is no
    /// error.
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(bytes.into());
        self
    }

    /// Replaces the limits.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Its limits.
    pub fn given_limits(&self) -> &Limits {
        &self.limits
    }

    /// Chooses how stdout and stderr are captured.
    pub fn capture(mut self, capture: Capture) -> Self {
        self.capture = capture;
        self
    }

    /// Passes nothing of our own environment, not even [`crate::PASSED`]: for code that nobody trusts.
    pub fn bare(mut self) -> Self {
        self.is_bare = true;
        self
    }

    /// Runs the child as this user and group, and no other group. Only root may.
    #[cfg(unix)]
    pub fn user(mut self, user: u32) -> Self {
        self.user = Some(user);
        self
    }

    /// Lets the child write to our stdout and stderr, and tells it about our terminal
    /// ([`TERMINAL`]). Group, limits and deadline hold; output is neither capped nor kept.
    pub fn inherit(self) -> Self {
        self.capture(Capture::Inherit).pass(TERMINAL)
    }

    /// Runs the child to its end, and kills what it left behind.
    ///
    /// # Errors
    ///
    /// Only when *we* failed: see [`RunnerError`]. A child that failed is an [`Outcome`].
    pub fn run(&self) -> Result<Outcome, RunnerError> {
        supervise::run(self)
    }

    /// Starts the child and returns as soon as it runs. Dropping the handle ends it.
    ///
    /// # Errors
    ///
    /// When the child cannot be started; later failures are reported by [`Running::wait`].
    pub fn start(&self) -> Result<Running, RunnerError> {
        Running::start(self.clone())
    }

    /// Starts the child stopped, before its first instruction, and gives its control to the calling thread.
    /// Output is captured separately, whatever [`capture`](Self::capture) says; there is no input.
    ///
    /// # Errors
    ///
    /// [`RunnerError::Untraceable`] where the system refuses, and whatever else can keep a child from starting.
    #[cfg(all(feature = "trace", target_os = "linux", target_arch = "x86_64"))]
    pub fn trace(mut self) -> Result<crate::traced::Traced, RunnerError> {
        self.is_traced = true;
        crate::traced::Traced::start(self)
    }

    /// The PATH that the child gets: programs are looked up in the same one.
    pub(crate) fn search_path(&self) -> Option<OsString> {
        let ours = || std::env::var_os("PATH");
        let added = self.env.iter().rev().find(|(name, _)| name == "PATH");
        added.map(|(_, path)| path.clone()).or_else(ours)
    }

    pub(crate) fn name(&self) -> String {
        self.program.to_string_lossy().into_owned()
    }
}
