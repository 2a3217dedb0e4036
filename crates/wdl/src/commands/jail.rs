//! How code that is graded is held, and where what is needed for it lies: options that several commands share.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use grader::room::Trust;
use grader::task::Places;
use runner::jail::Level;
use std::path::{Path, PathBuf};

use crate::course::Course;

/// Options of every command that grades.
#[derive(Clone, Debug, Args)]
pub struct JailOptions {
    /// A folder for what is built once. For root it must be open to everybody.
    #[arg(long)]
    cache: Option<PathBuf>,
    /// Refuse to work with a jail that holds less.
    #[arg(long, conflicts_with = "trust_author")]
    level: Option<Held>,
    /// Run the code without a jail. It can then read and write whatever you can.
    #[arg(long)]
    trust_author: bool,
}

/// How the code is held.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Held {
    /// By limits, system calls and Landlock.
    Launcher,
    /// Also by the namespaces of bubblewrap.
    Bubblewrap,
}

impl JailOptions {
    /// Whose code may run without a jail.
    pub fn trust(&self) -> Trust {
        match (self.trust_author, self.level) {
            (true, _) => Trust::Author,
            (false, None) => Trust::Nobody,
            (false, Some(Held::Launcher)) => Trust::NobodyWith(Level::Launcher),
            (false, Some(Held::Bubblewrap)) => Trust::NobodyWith(Level::Bubblewrap),
        }
    }

    /// The course with its suites, and where to build.
    ///
    /// # Errors
    /// When there is no course here.
    pub fn places(&self) -> Result<Places> {
        let cache = match &self.cache {
            Some(cache) => std::path::absolute(cache)?,
            None => cache(),
        };
        Ok(Places { cache, ..places(&Course::find()?)? })
    }
}

/// Where the course's exercises and suites are.
///
/// # Errors
/// When the course lies in no folder.
pub fn places(course: &Course) -> Result<Places> {
    let root = course.folder.parent().context("the course lies in no folder")?;
    Ok(Places { course: course.folder.clone(), exercises: course.folder.clone(), ..Places::of_repository(root) })
}

/// Where root keeps what jailed users must reach, and where anybody else keeps what is only theirs.
fn cache() -> PathBuf {
    if runner::jail::is_root() {
        return Path::new("/var/cache/wdl").to_owned();
    }
    let of = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let own = of("XDG_CACHE_HOME").or_else(|| of("HOME").map(|home| home.join(".cache")));
    own.unwrap_or_else(std::env::temp_dir).join("wdl")
}
