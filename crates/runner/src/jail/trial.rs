//! Owns the trial of a jail: a program tries to get out, and must not manage anything.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Cell, Grant, Jail, Profile, Right};
use crate::{Command, Exit, Limits, RunnerError, text};

/// Source of the program that tries to get out. Compile it as a static one.
pub const PRISONER: &str = include_str!("../bin/prisoner.rs");

/// What the prisoner tries its strength on.
#[derive(Debug)]
pub struct Trial {
    /// The prisoner, compiled.
    pub prisoner: PathBuf,
    /// A file that jailed code must not read, in a folder in which it must not write.
    pub secret: PathBuf,
}

const MEMORY: u64 = 256 << 20;

impl Trial {
    /// Puts the prisoner into the jail, as what it should be taken for.
    ///
    /// # Errors
    /// What it managed that it should not, or could not do that it should.
    pub fn hold(&self, jail: &Jail, profile: Profile) -> Result<(), RunnerError> {
        let failed = |what: String| RunnerError::Jail { program: "the self-test".into(), what };
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| failed(error.to_string()))?;
        let port = listener.local_addr().map_err(|error| failed(error.to_string()))?.port();
        let folder = self.secret.parent().unwrap_or(Path::new("/"));
        let input = format!("{}\n{}\n{port}\n", self.secret.display(), folder.display());
        let outcome = jail.run(&Command::new(&self.prisoner).stdin(input).limits(limits()), &self.cell(profile))?;
        let said = text::printable(&outcome.output);
        let managed: Vec<&str> = said.lines().filter(|line| !allowed(profile).contains(line)).collect();
        if outcome.exit == Exit::Exited(0) && managed == ["done"] {
            return Ok(());
        }
        let (level, exit, managed) = (jail.level(), outcome.exit, managed.join("; "));
        let what = format!("level {level} does not hold here for {profile:?}. The prisoner {exit}: {managed}");
        Err(failed(what + &text::printable(&outcome.stderr)))
    }

    fn cell(&self, profile: Profile) -> Cell {
        let mut view = vec![Grant::new(&self.prisoner, Right::Execute)];
        if profile == Profile::Sanitized {
            // As for those who need the sanitizer: what belongs to others there is closed all the same.
            view.push(Grant::new("/proc", Right::Read));
        }
        Cell { profile, view, tasks: 16 }
    }
}

/// What a compiler may do: it starts its linker, and its memory is bounded by other means.
fn allowed(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::Compile => &["fork", "share memory"],
        Profile::Run | Profile::Sanitized => &[],
    }
}

fn limits() -> Limits {
    Limits {
        wall: Duration::from_secs(20),
        grace: Duration::ZERO,
        cpu_seconds: Some(10),
        data: Some(MEMORY),
        address_space: Some(64 << 30),
        file_size: 0,
        ..Limits::listing()
    }
}
