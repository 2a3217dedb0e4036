//! `wdl`: shows the next exercise, and checks it each time a file is saved.

use anyhow::Result;
use notify::{Event, RecursiveMode, Watcher};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::{Session, check};
use crate::cli::Exit;
use crate::entry::Entry;
use crate::progress::State;

/// Quiet time after a change: an editor writes a file in several steps. It may be short, because a check
/// whose files change is given up.
const SETTLE: Duration = Duration::from_millis(10);

/// How often the files are looked at, whatever the system tells: some folders are not watched at all.
const LOOK: Duration = Duration::from_secs(1);

/// Works on one exercise after the other, until all are passed; with `once`, checks one. A name says which
/// comes first.
///
/// # Errors
/// When there is no exercise of that name, or cargo cannot be run.
pub fn run(session: &mut Session, name: Option<&str>, once: bool, poll: bool) -> Result<Exit> {
    let mut unwatched = false;
    let mut named = name.map(|name| session.course.entry(name)).transpose()?.cloned();
    while let Some(entry) = named.take().or_else(|| session.at_hand().cloned()) {
        session.console.say(&introduction(session, &entry));
        if once {
            let exit = check::once(session, &entry, &mut || true)?;
            return Ok(exit.unwrap_or(Exit::Interrupted));
        }
        let mut changes = Changes::of(&entry, poll);
        if changes.watcher.is_none() && !unwatched {
            unwatched = true;
            session.console.tell("note: looking for changed files once a second");
        }
        until_passed(session, &entry, &mut changes)?;
    }
    session.console.say(check::ALL_PASSED);
    Ok(Exit::Passed)
}

fn introduction(session: &Session, entry: &Entry) -> String {
    let (about, style) = (&entry.about, session.console.style());
    let head = format!("{}: {} ({}, {} min)", entry.id(), about.title, about.step.name(), about.minutes);
    let task = crate::place::shown(&entry.task());
    [
        style.strong(&head),
        style.row("task", &task),
        style.row("begin", &entry.start().to_string()),
        style.row("read", &session.course.page(&about.read)),
        String::new(),
    ]
    .join("\n")
}

/// Checks, waits for a change, and checks again. Ctrl-C ends the whole program meanwhile.
fn until_passed(session: &mut Session, entry: &Entry, changes: &mut Changes) -> Result<()> {
    // Whoever names an exercise that is passed wants to change it.
    let mut passed_before = session.progress.record(entry.id()).state == State::Passed;
    loop {
        let content = entry.content();
        let verdict = check::once(session, entry, &mut || entry.content() == content)?;
        if runner::interrupt::requested() {
            anyhow::bail!("interrupted");
        }
        match verdict {
            Some(Exit::Passed) if !passed_before => {
                session.console.say("");
                return Ok(());
            }
            Some(_) => {
                passed_before = false;
                session.console.say(&format!("\nwaiting for a change of {} (Ctrl-C ends)", entry.id()));
                changes.wait(entry, &content);
            }
            // The files changed during the check.
            None => changes.settle(),
        }
    }
}

/// Tells when something in an exercise's folder may have changed.
struct Changes {
    hints: Receiver<()>,
    watcher: Option<notify::RecommendedWatcher>,
    // Keeps the channel open where there is no watcher.
    _sender: std::sync::mpsc::Sender<()>,
}

impl Changes {
    fn of(entry: &Entry, poll: bool) -> Self {
        let (sender, hints) = channel();
        let handler = {
            let sender = sender.clone();
            move |event: notify::Result<Event>| {
                if event.is_ok_and(|event| !event.kind.is_access()) {
                    // Nobody listens any more when the exercise is done.
                    let _ = sender.send(());
                }
            }
        };
        let watched = || -> notify::Result<notify::RecommendedWatcher> {
            let mut watcher = notify::recommended_watcher(handler)?;
            watcher.watch(&entry.folder, RecursiveMode::Recursive)?;
            Ok(watcher)
        };
        let watcher = if poll { None } else { watched().ok() };
        Self { hints, watcher, _sender: sender }
    }

    /// Waits until the files hold something else; what the system tells only makes us look earlier.
    fn wait(&mut self, entry: &Entry, content: &str) {
        while !runner::interrupt::requested() {
            if self.hints.recv_timeout(LOOK).is_ok() {
                self.settle();
            }
            if entry.content() != content {
                return;
            }
        }
    }

    /// Waits for a moment of quiet, not for ever.
    fn settle(&mut self) {
        let begun = Instant::now();
        while self.hints.recv_timeout(SETTLE).is_ok() && begun.elapsed() < 20 * SETTLE {}
    }
}
