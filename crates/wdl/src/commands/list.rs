//! `wdl list` and `wdl progress`: what there is, and how far one is.

use anyhow::Result;
use model::report::Outcome;
use serde::Serialize;

use super::Session;
use crate::cli::Exit;
use crate::course::Slot;
use crate::entry::Entry;
use crate::place::shown;
use crate::progress::{Record, State};

/// One exercise, for another program.
#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    chapter: &'a str,
    title: Option<&'a str>,
    step: Option<&'a str>,
    minutes: Option<u32>,
    state: State,
    /// Whether it passed with other files than those that are there.
    changed: bool,
    /// How the files came out that are there, if they were checked.
    outcome: Option<Outcome>,
    path: String,
    fault: Option<&'a str>,
}

/// Lists the exercises by chapter.
///
/// # Errors
/// Only when JSON cannot be written.
pub fn run(session: &Session, json: bool) -> Result<Exit> {
    if json {
        let items: Vec<Item> = session.course.slots.iter().map(|slot| item(session, slot)).collect();
        session.console.say(&serde_json::to_string_pretty(&items)?);
        return Ok(Exit::Passed);
    }
    let mut lines = Vec::new();
    let mut chapter = "";
    for slot in &session.course.slots {
        if slot.chapter != chapter {
            chapter = &slot.chapter;
            lines.push(session.console.style().strong(chapter));
        }
        lines.push(line(session, slot));
    }
    lines.push(summary(session));
    session.console.say(&lines.join("\n"));
    Ok(Exit::Passed)
}

fn line(session: &Session, slot: &Slot) -> String {
    let style = session.console.style();
    match &slot.entry {
        Ok(entry) => {
            let about = &entry.about;
            let record = session.progress.record(&slot.id);
            let (state, step, since) = (style.state(record.state), about.step.name(), since(&record, entry));
            format!("  {state}  {:<16} {} ({step}, {} min){since}", slot.id, about.title, about.minutes)
        }
        Err(fault) => format!("  {}  {:<16} {fault}", style.bad("broken "), slot.id),
    }
}

/// What has happened to an exercise since it passed. A pass stays one, and says no more than it knows.
fn since(record: &Record, entry: &Entry) -> &'static str {
    match record.outcome(entry) {
        _ if !record.is_changed(entry) => "",
        Some(outcome) if outcome != Outcome::Passed => "; changed since, and not passing now",
        _ => "; changed since",
    }
}

fn item<'a>(session: &Session, slot: &'a Slot) -> Item<'a> {
    let entry = slot.entry.as_ref().ok();
    let about = entry.map(|entry| &entry.about);
    let record = session.progress.record(&slot.id);
    Item {
        id: &slot.id,
        chapter: &slot.chapter,
        title: about.map(|about| about.title.as_str()),
        step: about.map(|about| about.step.name()),
        minutes: about.map(|about| about.minutes),
        state: record.state,
        changed: entry.is_some_and(|entry| record.is_changed(entry)),
        outcome: entry.and_then(|entry| record.outcome(entry)),
        path: shown(&session.course.folder.join(&slot.chapter).join(&slot.id)),
        fault: slot.entry.as_ref().err().map(String::as_str),
    }
}

/// Says how far one is.
///
/// # Errors
/// Only when JSON cannot be written.
pub fn progress(session: &Session, json: bool) -> Result<Exit> {
    let slots = &session.course.slots;
    let record = |slot: &Slot| session.progress.record(&slot.id);
    if json {
        let records: std::collections::BTreeMap<&str, Record> =
            slots.iter().map(|slot| (slot.id.as_str(), record(slot))).collect();
        session.console.say(&serde_json::to_string_pretty(&records)?);
        return Ok(Exit::Passed);
    }
    let mut lines = vec![summary(session)];
    for slot in slots.iter().filter(|slot| record(slot).state != State::New) {
        let record = record(slot);
        let (checks, hints) = (count(record.attempts as usize, "check"), count(record.hints, "hint"));
        let since = slot.entry.as_ref().map_or("", |entry| since(&record, entry));
        let state = session.console.style().state(record.state);
        lines.push(format!("  {state}  {:<16} {checks}, {hints}{since}", slot.id));
    }
    if let Some(next) = session.next() {
        lines.push(format!("next: {}, {}", next.id(), next.start()));
    }
    session.console.say(&lines.join("\n"));
    Ok(Exit::Passed)
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn summary(session: &Session) -> String {
    let passed = |slot: &&Slot| session.progress.record(&slot.id).state == State::Passed;
    let slots = &session.course.slots;
    format!("{} of {} passed", slots.iter().filter(passed).count(), slots.len())
}
