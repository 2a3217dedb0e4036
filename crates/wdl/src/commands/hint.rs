//! `wdl hint`: the hints of an exercise, one after the other.

use anyhow::Result;

use super::{Session, solution};
use crate::cli::Exit;
use crate::entry::Entry;

/// Shows the last hint that was seen, or one more; after the last one, what else helps.
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
    if next && !hints.is_empty() && before >= hints.len() {
        session.console.say(&no_more(session, &entry, hints.len()));
        return Ok(Exit::Passed);
    }
    let seen = (before + usize::from(next)).clamp(1, hints.len().max(1));
    let Some(hint) = hints.get(seen - 1) else { anyhow::bail!("`{}` has an empty hints.md", entry.id()) };
    let head = format!("{}: hint {seen} of {}", entry.id(), hints.len());
    let left = match hints.len() - seen {
        0 => "This is the last hint.".to_owned(),
        left => format!("{left} left: `wdl hint {} --next`", entry.id()),
    };
    session.console.say(&format!("{}\n\n{hint}\n\n{left}", session.console.style().strong(&head)));
    if seen > before {
        session.progress.update(entry.id(), |record| record.hints = seen);
    }
    Ok(Exit::Passed)
}

/// What else there is, when every hint was seen.
fn no_more(session: &Session, entry: &Entry, count: usize) -> String {
    let id = entry.id();
    let head = format!("{id}: there are no more hints, you have seen all {count}");
    let read = session.course.page(&entry.about.read);
    let solution = solution::allowed(session, entry);
    format!(
        "{}\n\nRead {read} once more, and hold your code against it line by line.\n\
         `wdl hint {id}` shows the last hint again, and {} shows all of them.\n{solution}",
        session.console.style().strong(&head),
        crate::place::shown(&entry.folder.join("hints.md")),
    )
}
