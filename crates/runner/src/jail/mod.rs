//! Owns the jail: code that nobody trusts runs with a short list of system calls and paths, as a user of its
//! own where we are root, under limits that it cannot raise.
//!
//! The parent prepares everything, seccomp filters and a Landlock ruleset; a small static launcher puts them in
//! force in the jailed process and becomes the program. Where [bubblewrap] works, the launcher runs inside it,
//! in namespaces of its own, which hide other processes and networks altogether; the same is forbidden without.
//! The measurements behind this shape stand in `ARCHITECTURE.md`.
//!
//! A jail is not to be believed but tried: see the self-test of the crate `grader`.
//!
//! [bubblewrap]: https://github.com/containers/bubblewrap

mod filter;
mod trial;
mod view;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{PipeReader, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::PathBuf;
use std::sync::Arc;

use rustix::fs::{MemfdFlags, memfd_create};
use rustix::process::{getpid, set_child_subreaper};

pub use trial::{PRISONER, Trial};
pub use view::{Grant, Right};

use crate::{Command, Outcome, RunnerError, Running, tool};

/// Whether we are root: then jailed code must run as somebody else.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Source of the launcher, a program without dependencies. Compile it as a static one, or it does not start where
/// there are no libraries.
pub const LAUNCHER: &str = include_str!("../bin/launch.rs");

/// How jailed code is held, from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// By the launcher: limits, system calls, Landlock. Needs no rights and no other program.
    Launcher,
    /// By the launcher inside bubblewrap, with namespaces of its own.
    Bubblewrap,
}

impl Level {
    /// Every level.
    pub const ALL: [Self; 2] = [Self::Launcher, Self::Bubblewrap];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Level::Launcher => "launcher",
            Level::Bubblewrap => "bubblewrap",
        })
    }
}

/// What a level needs and this machine does not have. That nothing is missing does not say that it holds.
pub fn missing(level: Level) -> Option<String> {
    if let Err(error) = view::ruleset(&[]) {
        return Some(format!("this kernel has no Landlock: {error}"));
    }
    let without = level == Level::Bubblewrap && tool::find("bwrap").is_none();
    without.then(|| tool::hint("bwrap"))
}

/// What kind of program is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A compiler: it starts other programs and writes files.
    Compile,
    /// A static program that computes.
    Run,
    /// The same under AddressSanitizer: it reads libraries and `/proc`.
    Sanitized,
}

impl Profile {
    const ALL: [Self; 3] = [Self::Compile, Self::Run, Self::Sanitized];
}

/// One stay in the jail.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What kind of program it is.
    pub profile: Profile,
    /// All that it sees of the file system. The program must be in it, with [`Right::Execute`].
    pub view: Vec<Grant>,
    /// Tasks (processes and threads) at the same time. Not in force for an ordinary user at
    /// [`Level::Launcher`], where the kernel would count everything of that user; [`crate::Limits::data`] bounds
    /// them there.
    pub tasks: u32,
}

/// A jail, ready for use.
#[derive(Clone, Debug)]
pub struct Jail {
    level: Level,
    outer: PathBuf,
    launcher: PathBuf,
    user: Option<u32>,
    filters: Vec<Arc<OwnedFd>>,
}

impl Jail {
    /// A jail of a level. `user` is who its code runs as: somebody else where we are root, and `None` where we are
    /// not. Everything on the way to `launcher` must be open to that user.
    ///
    /// # Errors
    /// When bubblewrap is asked for and missing, or the filters cannot be made.
    pub fn new(level: Level, launcher: PathBuf, user: Option<u32>) -> Result<Self, RunnerError> {
        let outer = match level {
            Level::Launcher => launcher.clone(),
            Level::Bubblewrap => tool::find("bwrap").ok_or_else(|| {
                let program = "bwrap".to_owned();
                RunnerError::Missing { hint: tool::hint(&program), program }
            })?,
        };
        // Processes of bubblewrap, and of a compiler that is killed, may end after the one that we started. In a
        // container whose first process reaps nobody they would stay, and count as tasks of their user: so they
        // become our children.
        set_child_subreaper(Some(getpid())).map_err(|error| RunnerError::Jail {
            program: launcher.display().to_string(),
            what: format!("we cannot take over orphans: {error}"),
        })?;
        let filters = Profile::ALL.into_iter().map(|profile| Ok(Arc::new(in_memory(profile)?)));
        let filters = filters.collect::<Result<_, RunnerError>>()?;
        Ok(Self { level, outer, launcher, user, filters })
    }

    /// How it holds.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Who its code runs as, where that is not who we are.
    pub fn user(&self) -> Option<u32> {
        self.user
    }

    /// Runs a command in it, to its end. The command's program is an absolute path, its environment is
    /// [bare](Command::bare), its directory `/`.
    ///
    /// # Errors
    /// When the program was not started with everything in force. Whatever it did itself is an [`Outcome`].
    pub fn run(&self, command: &Command, cell: &Cell) -> Result<Outcome, RunnerError> {
        let (wrapped, entrance) = self.entered(command, cell)?;
        let outcome = wrapped.run()?;
        drop(wrapped);
        entrance.passed(outcome)
    }

    /// As [`run`](Self::run), but beside us, so that it can be ended early.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, command: &Command, cell: &Cell) -> Result<Inmate, RunnerError> {
        let (wrapped, entrance) = self.entered(command, cell)?;
        Ok(Inmate { running: wrapped.start()?, entrance })
    }

    /// The command as it goes through the launcher, and what tells whether it did.
    fn entered(&self, command: &Command, cell: &Cell) -> Result<(Command, Entrance), RunnerError> {
        let program = command.name();
        let failed = |what: String| RunnerError::Jail { program: program.clone(), what };
        let rules = view::ruleset(&cell.view).map_err(|error| failed(error.to_string()))?;
        let (said, ready) = std::io::pipe().map_err(|error| failed(error.to_string()))?;
        let [rules, ready] = [rules, OwnedFd::from(ready)].map(Arc::new);
        Ok((self.wrapped(command, cell, rules, ready), Entrance { program, said }))
    }

    fn wrapped(&self, command: &Command, cell: &Cell, rules: Arc<OwnedFd>, ready: Arc<OwnedFd>) -> Command {
        let filters = Arc::clone(&self.filters[cell.profile as usize]);
        let is_ours_alone = self.user.is_some() || self.level == Level::Bubblewrap;
        let tasks = if is_ours_alone { cell.tasks } else { 0 };
        let mut words: Vec<OsString> = Vec::new();
        if self.level == Level::Bubblewrap {
            words.extend(NAMESPACES.map(OsString::from));
            words.extend(view::mounts(&cell.view));
            words.extend(view::mounts(&[Grant::new(&self.launcher, Right::Execute)]));
            words.extend(["--remount-ro", "/", "--"].map(OsString::from));
            words.push(self.launcher.clone().into());
        }
        words.push(tasks.to_string().into());
        words.extend([&rules, &filters, &ready].map(|descriptor| descriptor.as_raw_fd().to_string().into()));
        words.push(command.program.clone());
        words.extend(command.args.iter().cloned());
        let mut wrapped = Command { program: self.outer.clone().into(), args: words, ..command.clone() };
        wrapped.kept.extend([rules, filters, ready]);
        wrapped.user = self.user;
        wrapped.is_jailed = true;
        wrapped.is_wrapped = self.level == Level::Bubblewrap;
        wrapped.bare().cwd("/")
    }
}

/// What the launcher says when everything is in force.
#[derive(Debug)]
struct Entrance {
    program: String,
    said: PipeReader,
}

impl Entrance {
    /// The outcome, if the program began with everything in force. All others who hold the pipe must be gone.
    fn passed(mut self, outcome: Outcome) -> Result<Outcome, RunnerError> {
        let failed = |what: String| RunnerError::Jail { program: self.program.clone(), what };
        let mut byte = Vec::new();
        self.said.read_to_end(&mut byte).map_err(|error| failed(error.to_string()))?;
        if byte != b"r" {
            return Err(failed(format!("it {}: {}", outcome.exit, crate::text::printable(&outcome.stderr))));
        }
        Ok(outcome)
    }
}

/// A program in the jail that runs beside us. Dropping the handle ends it.
#[derive(Debug)]
pub struct Inmate {
    running: Running,
    entrance: Entrance,
}

impl Inmate {
    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        self.running.is_finished()
    }

    /// Ends it; [`wait`](Self::wait) tells when that is done.
    pub fn cancel(&self) {
        self.running.cancel();
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// As for [`Jail::run`].
    pub fn wait(self) -> Result<Outcome, RunnerError> {
        let outcome = self.running.wait()?;
        self.entrance.passed(outcome)
    }
}

/// A file system with nothing in it, no other processes, no network, no way to more rights, and an end with us.
const NAMESPACES: [&str; 10] = [
    "--unshare-all",
    "--unshare-user",
    "--disable-userns",
    "--die-with-parent",
    "--cap-drop",
    "ALL",
    "--hostname",
    "jail",
    "--chdir",
    "/",
];

fn in_memory(profile: Profile) -> Result<OwnedFd, RunnerError> {
    let failed = |what: String| RunnerError::Jail { program: "the filter".into(), what };
    let bytes = filter::bytes(profile).map_err(|error| failed(error.to_string()))?;
    let file = memfd_create(OsStr::new("filter"), MemfdFlags::CLOEXEC).map_err(|error| failed(error.to_string()))?;
    let mut file = std::fs::File::from(file);
    file.write_all(&bytes).map_err(|error| failed(error.to_string()))?;
    Ok(file.into())
}
