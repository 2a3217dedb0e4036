//! Where student code is compiled and run: in the jail, or, when one trusts it, in the open.

use anyhow::{Context, Result, bail};
use runner::jail::{Cell, Grant, Jail, Level, Profile, Trial, is_root};
use runner::{Command, Exit, Outcome};
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::budget::Budget;
use crate::kit::Kit;
use crate::task::Places;

/// The first user that slots run as, where the grader is root. Nobody else should have these numbers.
const FIRST_USER: u32 = 60_000;
/// Where slots are locked: one place for a machine, because users are its own, whatever cache a grader has.
const SLOT_FOLDER: &str = "/run/lock/wdl";
/// Slots that are looked through for a free one.
const SLOTS: u32 = 1000;
/// Tasks that a program may have: what a test of threads needs, many times over.
const TASKS: u32 = 64;

/// Who is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Whoever wrote the code: it runs as any other program of ours, under limits. For one's own exercises.
    Author,
    /// Nobody. The jail reaches the best level that holds here.
    Nobody,
    /// Nobody, and with no less than this level.
    NobodyWith(Level),
}

/// A place for compilers and programs.
#[derive(Debug)]
pub enum Room {
    /// Limits, and nothing else.
    Open,
    /// The jail.
    Jailed(Box<Jailed>),
}

/// A jail that held when it was tried.
#[derive(Debug)]
pub struct Jailed {
    jail: Jail,
    /// Locked as long as the slot is ours: no other grader runs as the same user.
    _slot: Option<File>,
}

impl Room {
    /// A place for code of whom one trusts so far. A jail is tried before it is given.
    ///
    /// # Errors
    /// When no jail holds that is good enough: with what each level let through.
    pub fn find(trust: Trust, places: &Places, kit: &Kit) -> Result<Self> {
        let levels: &[Level] = match trust {
            Trust::Author => return Ok(Self::Open),
            Trust::Nobody => &[Level::Bubblewrap, Level::Launcher],
            Trust::NobodyWith(Level::Bubblewrap) => &[Level::Bubblewrap],
            Trust::NobodyWith(Level::Launcher) => &[Level::Launcher],
        };
        let slot = if is_root() { Some(slot(places)?) } else { None };
        let user = slot.as_ref().map(|(user, _)| *user);
        let mut refused = Vec::new();
        for level in levels {
            match tried(*level, kit, user) {
                Ok(jail) => return Ok(Self::Jailed(Box::new(Jailed { jail, _slot: slot.map(|(_, lock)| lock) }))),
                Err(error) => refused.push(format!("  {level}: {error:#}")),
            }
        }
        bail!("no jail holds here, and nothing was run:\n{}", refused.join("\n"))
    }

    /// How it holds; `None` in the open.
    pub fn level(&self) -> Option<Level> {
        match self {
            Self::Open => None,
            Self::Jailed(jailed) => Some(jailed.jail.level()),
        }
    }

    /// Who code runs as here, where that is somebody of its own.
    pub fn user(&self) -> Option<u32> {
        match self {
            Self::Open => None,
            Self::Jailed(jailed) => jailed.jail.user(),
        }
    }

    /// Whether code of a stranger may run here.
    pub fn is_jailed(&self) -> bool {
        self.level().is_some()
    }

    /// Runs a command that sees `view`, within a budget. In the open it sees everything.
    ///
    /// # Errors
    /// When it cannot be started, not be jailed, or not be let to its end.
    pub(crate) fn run(
        &self,
        command: &Command,
        profile: Profile,
        view: Vec<Grant>,
        budget: &Budget,
    ) -> Result<Outcome> {
        let command = command.clone().limits(budget.bound(command.given_limits().clone()));
        let outcome = match self {
            Self::Open => command.run()?,
            Self::Jailed(jailed) => jailed.jail.run(&command, &Cell { profile, view, tasks: TASKS })?,
        };
        budget.charge(&outcome);
        match outcome.exit {
            Exit::Interrupted | Exit::Canceled => bail!("it {}", outcome.exit),
            // Nothing in the jail can do that, and we tell when we did.
            Exit::Signaled(signal) if self.is_jailed() && signal.name() == Some("SIGKILL") => {
                bail!("something outside killed it; is this machine out of memory?")
            }
            _ => Ok(outcome),
        }
    }

    /// Gives a folder to whoever runs here, and hides it from everybody else.
    ///
    /// # Errors
    /// When it is not ours to give.
    pub fn give(&self, folder: &Path) -> Result<()> {
        if let Self::Jailed(jailed) = self
            && let Some(user) = jailed.jail.user()
        {
            std::os::unix::fs::chown(folder, Some(user), Some(user))
                .with_context(|| format!("{} cannot be given to user {user}", folder.display()))?;
        }
        Ok(())
    }
}

/// A jail of a level, if it holds.
fn tried(level: Level, kit: &Kit, user: Option<u32>) -> Result<Jail> {
    let jail = Jail::new(level, kit.program("launch"), user)?;
    let trial = Trial { prisoner: kit.program("prisoner"), secret: kit.secret() };
    for profile in [Profile::Compile, Profile::Run, Profile::Sanitized] {
        trial.hold(&jail, profile)?;
    }
    Ok(jail)
}

/// A user that nobody else runs as, and the lock that keeps it so.
fn slot(places: &Places) -> Result<(u32, File)> {
    let folder = match fs_err::create_dir_all(SLOT_FOLDER) {
        Ok(()) => PathBuf::from(SLOT_FOLDER),
        // Where nothing may be written there, at least those who share a cache do not share a user.
        Err(_) => places.cache.join("slots"),
    };
    fs_err::create_dir_all(&folder)?;
    for number in 0..SLOTS {
        let file = File::create(folder.join(number.to_string()))?;
        if file.try_lock().is_ok() {
            return Ok((FIRST_USER + number, file));
        }
    }
    bail!("all {SLOTS} slots are taken: other graders run on this machine")
}
