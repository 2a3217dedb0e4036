//! The commands, one file each, over what they share: the course, the progress, the console.

#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
pub mod as_grader;
pub mod check;
#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
pub mod class;
pub mod doctor;
#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
pub mod grade_one;
pub mod hint;
#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
pub mod jail;
pub mod list;
pub mod manifest;
pub mod reset;
#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
pub mod set;
pub mod solution;
pub mod submit;
pub mod work;

use anyhow::Result;

use crate::check::Patience;
use crate::console::Console;
use crate::course::Course;
use crate::entry::Entry;
use crate::progress::{Progress, State};

/// What every command starts from.
#[derive(Debug)]
pub struct Session {
    /// The exercises.
    pub course: Course,
    /// How far the learner is.
    pub progress: Progress,
    /// Where to print.
    pub console: Console,
    /// How long a check may take.
    pub patience: Patience,
}

impl Session {
    /// Finds the course and its progress.
    ///
    /// # Errors
    /// When there is no course, or it cannot be understood.
    pub fn begin(console: Console, patience: Patience) -> Result<Self> {
        let course = Course::find()?;
        let progress = Progress::load(&course);
        let mut session = Self { course, progress, console, patience };
        session.tell_notes();
        Ok(session)
    }

    /// Says what happened to the progress.
    pub fn tell_notes(&mut self) {
        for note in self.progress.take_notes() {
            self.console.tell(&format!("note: {note}"));
        }
    }

    /// The first exercise that is not passed.
    pub fn next(&self) -> Option<&Entry> {
        self.course.entries().find(|entry| self.progress.record(entry.id()).state != State::Passed)
    }

    /// The exercise to work on: that of this folder while it is not passed, or else the next.
    pub fn at_hand(&self) -> Option<&Entry> {
        let here = self.course.here();
        here.filter(|entry| self.progress.record(entry.id()).state != State::Passed).or_else(|| self.next())
    }

    /// The exercise that is meant: the one that is named, or that of this folder, or the next.
    ///
    /// # Errors
    /// When a name is unknown. `None` when none is named and all are passed.
    pub fn meant(&self, name: Option<&str>) -> Result<Option<Entry>> {
        let entry = match name {
            Some(name) => Some(self.course.entry(name)?),
            None => self.course.here().or_else(|| self.next()),
        };
        Ok(entry.cloned())
    }
}
