//! `wdl hint`: the hints of an exercise, one after the other.

use anyhow::Result;

use super::Session;
use crate::cli::Exit;

/// Shows the last hint that was seen, or one more.
///
/// # Errors
/// When the exercise is unknown or has no hints.
pub fn run(session: &mut Session, id: Option<&str>, next: bool) -> Result<Exit> {
    let Some(entry) = session.meant(id)? else {
        session.console.say(super::check::ALL_PASSED);
        return Ok(Exit::Passed);
    };
    let hints = entry.hints()?;
    let before = session.progress.record(entry.id()).hints;
    let seen = (before + usize::from(next)).clamp(1, hints.len().max(1));
    let Some(hint) = hints.get(seen - 1) else { anyhow::bail!("`{}` has an empty hints.md", entry.id()) };
    let head = format!("{}: hint {seen} of {}", entry.id(), hints.len());
    let left = match hints.len() - seen {
        0 if next && before >= hints.len() => "There are no more hints; this is the last again.".to_owned(),
        0 => "This is the last hint.".to_owned(),
        left => format!("{left} left: `wdl hint {} --next`", entry.id()),
    };
    session.console.say(&format!("{}\n\n{hint}\n\n{left}", session.console.style().strong(&head)));
    if seen > before {
        session.progress.update(entry.id(), |record| record.hints = seen);
    }
    Ok(Exit::Passed)
}
