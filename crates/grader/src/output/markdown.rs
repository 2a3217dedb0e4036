//! Markdown, as CommonMark and GitHub read it (<https://github.github.com/gfm/>).
//!
//! What others wrote is either escaped, sign by sign, or stands in a fence that is longer than any row of backticks in
//! it; so it can be no heading, link, mention or HTML.

use super::{Book, lateness, left_out, rows, safe, statistics::Statistics, when};
use anyhow::Result;
use model::class::{Class, Entry, Score};
use model::redact::{StudentCriterion, StudentReport};
use model::report::Outcome;
use model::sheet::{StudentManual, StudentSheet, StudentWork};
use std::fmt::Write;

/// A student's page.
///
/// # Errors
/// Never, unless memory ends.
pub fn student(sheet: &StudentSheet, book: &Book) -> Result<String> {
    let mut out = format!("# {}\n\n", escaped(&sheet.title));
    writeln!(out, "For **{}**, {}.", escaped(&sheet.student), sheet.date.words())?;
    if let Some(due) = &sheet.due {
        writeln!(out, "Due {}{}.", due.words(), super::extended(sheet.extension.as_ref()))?;
    }
    match &sheet.score {
        Some(score) => writeln!(out, "\n**{}**", total(score))?,
        None => writeln!(out, "\nIt was graded; the result is not released yet.")?,
    }
    for work in &sheet.work {
        self::work(&mut out, work, book)?;
    }
    Ok(out)
}

fn work(out: &mut String, work: &StudentWork, book: &Book) -> Result<()> {
    writeln!(out, "\n## {}\n", escaped(&work.title))?;
    let Some(submitted) = &work.submitted else {
        writeln!(out, "Nothing was handed in.")?;
        return Ok(());
    };
    let attempt = if work.attempts > 1 {
        format!(", attempt {} of {}", work.counts.unwrap_or(0), work.attempts)
    } else {
        String::new()
    };
    let late = lateness(work.late);
    let late = if late.is_empty() { late } else { format!("; {late}") };
    writeln!(out, "Handed in {}{attempt}{late}.", when(submitted))?;
    if let Some(score) = &work.score {
        writeln!(out, "Counts {}.", total(score))?;
    }
    if let Some(report) = &work.report {
        self::report(out, report, book)?;
    }
    manual(out, &work.manual)
}

fn report(out: &mut String, report: &StudentReport, book: &Book) -> Result<()> {
    let Some(result) = &report.result else { return Ok(()) };
    if result.criteria.is_empty() || !result.message.is_empty() {
        writeln!(out, "\n**{}**", result.outcome.words())?;
        fence(out, &result.message)?;
    }
    for entry in left_out(result) {
        writeln!(out, "\n{}", escaped(&entry))?;
    }
    if !result.criteria.is_empty() {
        writeln!(out, "\n| criterion | outcome | points |\n|---|---|---|")?;
    }
    for criterion in &result.criteria {
        let (title, outcome) = (escaped(&criterion.title), criterion.outcome.words());
        writeln!(out, "| {title} | {outcome} | {} of {} |", criterion.points, criterion.of)?;
    }
    for criterion in result.criteria.iter().filter(|criterion| criterion.outcome != Outcome::Passed) {
        finding(out, criterion, book)?;
    }
    Ok(())
}

fn finding(out: &mut String, criterion: &StudentCriterion, book: &Book) -> Result<()> {
    let Some(finding) = &criterion.finding else { return Ok(()) };
    writeln!(out, "\n### {}: {}\n", criterion.outcome.words(), escaped(&criterion.title))?;
    for (label, text) in rows(finding, book) {
        match (label, book.page(&finding.read)) {
            ("read", Some(address)) => writeln!(out, "- {label}: [{}](<{address}>)", escaped(&finding.read))?,
            ("tried" | "expected" | "got", _) => {
                writeln!(out, "- {label}:")?;
                fence(out, &text)?;
            }
            _ => writeln!(out, "- {label}: {}", escaped(&text))?,
        }
    }
    Ok(())
}

fn manual(out: &mut String, manual: &[StudentManual]) -> Result<()> {
    if manual.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| graded by a person | points |\n|---|---|")?;
    for one in manual {
        let points = one.points.map_or("not yet".to_owned(), |points| points.to_string());
        writeln!(out, "| {} | {points} of {} |", escaped(&one.title), one.of)?;
    }
    for one in manual.iter().filter(|one| !one.remark.is_empty()) {
        writeln!(out, "\n{}:", escaped(&one.title))?;
        fence(out, &one.remark)?;
    }
    Ok(())
}

fn total(score: &Score) -> String {
    let open = if score.is_final { "" } else { ", and a person has yet to grade more" };
    format!("{} of {} points{open}", score.points, score.of)
}

/// A class, for its teacher.
///
/// # Errors
/// Never, unless memory ends.
pub fn class(class: &Class, book: &Book) -> Result<String> {
    let statistics = Statistics::of(class);
    let mut out = format!("# {}\n\n{}.\n", escaped(&class.set.title), class.date.words());
    let Statistics { students, handed_in, open, median, of, .. } = &statistics;
    writeln!(
        out,
        "{handed_in} of {students} handed in. Waiting for a person: {open}. Median: {median} of {of} points."
    )?;
    table(&mut out, class)?;
    writeln!(out, "\n## How points are spread\n\n| percent | students |\n|---|---|")?;
    for bin in &statistics.bins {
        writeln!(out, "| {} to {} | {} |", bin.from, bin.to, bin.count)?;
    }
    missed(&mut out, &statistics, book)?;
    Ok(out)
}

fn table(out: &mut String, class: &Class) -> Result<()> {
    let titles: String =
        class.set.exercises.iter().map(|exercise| format!(" {} |", escaped(&exercise.title))).collect();
    let rule = "---|".repeat(class.set.exercises.len());
    writeln!(out, "\n## Students\n\n| student | id |{titles} total |\n|---|---|{rule}---|")?;
    for row in &class.rows {
        let cells: String = row.entries.iter().map(|entry| format!(" {} |", escaped(&cell(entry)))).collect();
        let (name, id) = (escaped(&row.student.name), escaped(&row.student.id));
        writeln!(out, "| {name} | {id} |{cells} {} of {} |", row.score.points, row.score.of)?;
    }
    Ok(())
}

/// What one student did in one exercise, in a few words.
pub(super) fn cell(entry: &Entry) -> String {
    let Some(attempt) = entry.counted() else { return "missing".to_owned() };
    let mut words = vec![format!("{} of {}", entry.score.points, entry.score.of)];
    words.push(attempt.graded.report.outcome.words().to_owned());
    words.extend(Some(lateness(entry.late)).filter(|late| !late.is_empty()));
    words.extend((!entry.score.is_final).then(|| "waits for a person".to_owned()));
    words.join(", ")
}

fn missed(out: &mut String, statistics: &Statistics, book: &Book) -> Result<()> {
    writeln!(out, "\n## Most missed\n")?;
    if statistics.missed.is_empty() {
        writeln!(out, "Nobody missed anything that was looked at.")?;
        return Ok(());
    }
    writeln!(out, "| criterion | exercise | missed | read |\n|---|---|---|---|")?;
    for one in &statistics.missed {
        let read = match book.page(&one.read) {
            Some(address) => format!("[{}](<{address}>)", escaped(&one.read)),
            None => escaped(&one.read),
        };
        let (criterion, exercise) = (escaped(&one.criterion), escaped(&one.exercise));
        writeln!(out, "| {criterion} | {exercise} | {} of {} | {read} |", one.missed, one.of)?;
    }
    Ok(())
}

/// One line, in which no sign means anything, wherever it is put.
fn escaped(text: &str) -> String {
    let text = safe::line(text);
    let mut out = String::new();
    for (at, character) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + character.len_utf8()..]);
        match character {
            // GitHub mentions whom an `@` names, and links an address, escaped or not; an entity is only text.
            '@' => out.push_str("&#64;"),
            ':' if after.starts_with('/') || before.ends_with("mailto") || before.ends_with("xmpp") => {
                out.push_str("&#58;");
            }
            c if is_sign(c, before) => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Whether Markdown may understand something by a character that stands after this text.
fn is_sign(character: char, before: &str) -> bool {
    let numbers_a_list = !before.is_empty() && before.chars().all(|c| c.is_ascii_digit());
    match character {
        '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => true,
        '.' | ')' => numbers_a_list || before.is_empty() || before.to_ascii_lowercase().ends_with("www"),
        c => c.is_ascii_punctuation() && before.is_empty(),
    }
}

/// Lines as they are, indented so that they may stand in a list or not.
fn fence(out: &mut String, text: &str) -> Result<()> {
    let text = safe::text(text);
    if text.is_empty() {
        return Ok(());
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest.max(2) + 1);
    writeln!(out, "\n  {ticks}text")?;
    for line in text.lines() {
        writeln!(out, "  {line}")?;
    }
    writeln!(out, "  {ticks}\n")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    fn read(text: &str) -> Vec<Event<'_>> {
        Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect()
    }

    proptest! {
        #[test]
        fn an_escaped_text_is_read_as_that_text(given in "([ -~]|[äß👩\n]){1,40}") {
            let markdown = escaped(&given);
            let mut shown = String::new();
            for event in read(&markdown) {
                match event {
                    Event::Text(text) => shown.push_str(&text),
                    Event::Start(Tag::Paragraph) | Event::End(_) => {}
                    other => prop_assert!(false, "{other:?} from {given:?}"),
                }
            }
            // Markdown reads spaces that stand together as they are, and drops them at the ends.
            let expected = safe::line(&given);
            prop_assert_eq!(shown.trim(), expected.trim());
        }

        #[test]
        fn a_fence_holds_what_is_put_into_it(given in "([a-z`~<>#\n ]){1,60}") {
            let mut markdown = "- got:\n".to_owned();
            fence(&mut markdown, &given).unwrap();
            let mut shown = String::new();
            for event in read(&markdown) {
                match event {
                    Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Heading { .. }) => prop_assert!(false),
                    Event::Text(text) => shown.push_str(&text),
                    _ => {}
                }
            }
            let expected = safe::text(&given);
            prop_assert_eq!(shown.strip_prefix("got:").unwrap_or(&shown).trim_end(), expected.trim_end());
        }
    }
}
