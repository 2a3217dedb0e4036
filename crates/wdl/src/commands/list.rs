//! `wdl list` and `wdl progress`: what there is, and how far one is.

use anyhow::Result;
use serde::Serialize;

use super::Session;
use crate::cli::Exit;
use crate::course::Slot;
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
    changed: bool,
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
            let changed = if changed(session, slot) { ", changed since" } else { "" };
            let (state, step) = (style.state(record.state), about.step.name());
            format!("  {state}  {:<16} {} ({step}, {} min{changed})", slot.id, about.title, about.minutes)
        }
        Err(fault) => format!("  {}  {:<16} {fault}", style.bad("broken "), slot.id),
    }
}

fn item<'a>(session: &Session, slot: &'a Slot) -> Item<'a> {
    let about = slot.entry.as_ref().ok().map(|entry| &entry.about);
    Item {
        id: &slot.id,
        chapter: &slot.chapter,
        title: about.map(|about| about.title.as_str()),
        step: about.map(|about| about.step.name()),
        minutes: about.map(|about| about.minutes),
        state: session.progress.record(&slot.id).state,
        changed: changed(session, slot),
        path: shown(&session.course.folder.join(&slot.chapter).join(&slot.id)),
        fault: slot.entry.as_ref().err().map(String::as_str),
    }
}

/// Whether the learner's files are others than those that passed.
fn changed(session: &Session, slot: &Slot) -> bool {
    let hash = session.progress.record(&slot.id).hash;
    slot.entry.as_ref().is_ok_and(|entry| hash.is_some_and(|hash| hash != entry.work()))
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
        let Record { state, hints, attempts, .. } = record(slot);
        let (checks, hints) = (count(attempts as usize, "check"), count(hints, "hint"));
        lines.push(format!("  {}  {:<16} {checks}, {hints}", session.console.style().state(state), slot.id));
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
