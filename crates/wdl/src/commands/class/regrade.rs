//! `wdl regrade`: the same submissions, after a suite or an exercise was mended.

use anyhow::Result;
use clap::Args;
use grader::class::ledger::Entry;

use super::{Class, Many, Where, grade};
use crate::cli::Exit;
use crate::console::Console;

/// What to grade again.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    many: Many,
}

/// Grades again what was handed over, where it lies. Times of submission stay, and so does the verdict on what was changed or
/// is gone. What nothing changed for is known, and costs nothing.
///
/// # Errors
/// When there is no graded class, or its files cannot be understood.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let mut class = Class::open(&options.at, &options.many.jail.places()?)?;
    super::secret_is_there(&class.set)?;
    let before = class.ledger.clone();
    let store = class.folder.store();
    grade::grade(&mut class, &options.many, console, Entry::take_again)?;
    class.ledger.date = options.many.date();
    class.folder.write(&class.ledger)?;
    let points = |entry: &Entry| entry.key.as_ref().and_then(|key| store.get(key)).map(|graded| graded.report.points);
    let pairs = before.entries.iter().zip(&class.ledger.entries);
    let changed: Vec<String> = pairs
        .filter_map(|(old, new)| {
            let (was, is) = (points(old)?, points(new)?);
            (was != is).then(|| format!("  {}, `{}`: {was} -> {is} points", new.student, new.exercise))
        })
        .collect();
    match changed.len() {
        0 => console.say("no points changed"),
        1 => console.say(&format!("the points of one submission changed:\n{}", changed[0])),
        many => console.say(&format!("the points of {many} submissions changed:\n{}", changed.join("\n"))),
    }
    class.conclude(console)
}
