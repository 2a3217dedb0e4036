//! What the repository holds and no page uses: a listing that nobody reads is a listing nobody mends.

use super::Used;
use crate::faults::{Fault, Faults, Source};
use crate::library::Library;
use crate::library::listing::{Kind, Listing};
use crate::manuscript::Manuscript;

/// Tells everything that is there and never used.
pub fn report(library: &Library, manuscript: &Manuscript, used: &Used, faults: &mut Faults) {
    for listing in library.listings.values() {
        self::listing(library, listing, used, faults);
    }
    for (chapter, file) in &library.charts {
        names(&file.source, chapter, file.data.keys(), "chart", used, faults);
    }
    for (chapter, file) in &library.figures {
        names(&file.source, chapter, file.data.keys(), "figure", used, faults);
    }
    for (chapter, file) in &library.quizzes {
        if !used.has("quiz", chapter) {
            faults.push(
                Fault::at_line(&file.source, 1, "no page asks these questions")
                    .help(format!("add `{{{{#quiz {chapter}}}}}`")),
            );
        }
    }
    for (name, task) in &library.exercises {
        // A chapter may have its exercises before it has its text.
        if manuscript.page(&task.about.data.chapter).is_some() && !used.has("exercise", name) {
            let fault = Fault::at_line(&task.about.source, 1, format!("no page shows exercise `{name}`"));
            faults.push(fault.help(format!("show it with `{{{{#exercise {name}}}}}`")));
        }
    }
    terms(library, used, faults);
    if let Some(sources) = &library.sources {
        for key in sources.data.keys().filter(|key| !used.has("source", key)) {
            faults.push(at_text(&sources.source, &format!("[{key}]"), format!("no page cites `{key}`")));
        }
    }
    evidence(library, manuscript, faults);
}

fn listing(library: &Library, listing: &Listing, used: &Used, faults: &mut Faults) {
    let name = listing.id.to_string();
    if !used.has("listing", &name) {
        let fault = Fault::at_line(&listing.source, 1, format!("no page shows listing `{name}`"));
        faults.push(fault.help("show it with `#listing`, or remove it"));
        return;
    }
    if listing.header.trace && !used.has("trace", &name) {
        let line = listing.source.text.lines().position(|line| line.trim_end().ends_with("@ trace")).unwrap_or(0) + 1;
        let fault = Fault::at_line(&listing.source, line, format!("no page shows the recording of `{name}`"));
        faults.push(fault.help(format!("show it with `{{{{#trace {name}}}}}`, or remove `trace`")));
    }
    let by_quiz = library
        .quizzes
        .values()
        .flat_map(|quiz| &quiz.data.question)
        .any(|question| question.listing.as_ref() == Some(&listing.id));
    for anchor in listing.anchors.iter().filter(|_| !by_quiz) {
        if !used.has("anchor", &format!("{name}:{}", anchor.name)) {
            let message = format!("no page shows anchor `{}` of listing `{name}`", anchor.name);
            faults.push(Fault::at_line(&listing.source, anchor.line, message).help("show it, or remove its marks"));
        }
    }
}

fn names<'a>(
    source: &Source,
    chapter: &str,
    names: impl Iterator<Item = &'a String>,
    kind: &'static str,
    used: &Used,
    faults: &mut Faults,
) {
    for name in names.filter(|name| !used.has(kind, &format!("{chapter}/{name}"))) {
        let fault = at_text(source, &format!("[{name}]"), format!("no page shows {kind} `{chapter}/{name}`"));
        faults.push(fault.help(format!("add `{{{{#{kind} {chapter}/{name}}}}}`, or remove it")));
    }
}

fn terms(library: &Library, used: &Used, faults: &mut Faults) {
    let Some(glossary) = &library.glossary else { return };
    for term in &glossary.data.term {
        let message = match (used.has("term", &term.name), used.has("definition", &term.name)) {
            (true, true) => continue,
            (false, _) => format!("no page uses the term `{}`", term.name),
            (true, false) => format!("no page defines the term `{}`", term.name),
        };
        let fault = at_text(&glossary.source, &format!("name = \"{}\"", term.name), message);
        faults.push(fault.help(format!("write `{{{{#define {}}}}}` where it is explained", term.name)));
    }
}

/// Rows of the ledger must name a page, and a proof that exists.
fn evidence(library: &Library, manuscript: &Manuscript, faults: &mut Faults) {
    let Some(evidence) = &library.evidence else { return };
    for row in &evidence.data.row {
        let fault = |message: String| at_text(&evidence.source, &format!("id = \"{}\"", row.id), message);
        if manuscript.page(&row.page).is_none() {
            let names = manuscript.page_names();
            let fault =
                fault(format!("row {} is treated on page `{}`, which the book does not have", row.id, row.page));
            faults.push(fault.nearest(&row.page, names.iter().map(String::as_str)));
        }
        if row.listing.is_none() && row.measured.is_none() && row.cited.is_empty() {
            faults.push(fault(format!("row {} has no proof", row.id)).help("name a listing, a series, or a source"));
        }
        if let Some(id) = &row.listing
            && !library.listings.get(id).is_some_and(|listing| proves(listing, &row.id))
        {
            let help = "put `PROVES` on an assertion of it, or `proves` in its header";
            faults.push(fault(format!("no mark of listing `{id}` proves row {}", row.id)).help(help));
        }
        if let Some(series) = &row.measured
            && series.split_once('/').is_none_or(|(chapter, name)| library.records.series(chapter, name).is_empty())
        {
            faults.push(fault(format!("row {} is measured by `{series}`, of which there is no record", row.id)));
        }
        for key in &row.cited {
            if !library.sources.as_ref().is_some_and(|sources| sources.data.contains_key(key)) {
                faults.push(fault(format!("row {} cites `{key}`, which is no source", row.id)));
            }
        }
    }
    marks_without_rows(library, faults);
}

fn proves(listing: &Listing, row: &str) -> bool {
    let marks = listing.marks.iter().flat_map(|mark| &mark.rows);
    let lines = listing.header.proves.iter().flat_map(|proof| &proof.rows);
    marks.chain(lines).any(|found| found == row)
}

fn marks_without_rows(library: &Library, faults: &mut Faults) {
    let Some(evidence) = &library.evidence else { return };
    let known: Vec<&str> = evidence.data.row.iter().map(|row| row.id.as_str()).collect();
    for listing in library.listings.values() {
        let marks = listing.marks.iter().map(|mark| (mark.line, &mark.rows));
        let lines = listing.header.proves.iter().map(|proof| (proof.line, &proof.rows));
        for (line, rows) in marks.chain(lines) {
            for row in rows.iter().filter(|row| !known.contains(&row.as_str())) {
                let fault = Fault::at_line(&listing.source, line, format!("the ledger has no row `{row}`"));
                faults.push(fault.nearest(row, known.iter().copied()));
            }
        }
        if listing.kind == Kind::Program {
            golden_lines(listing, faults);
        }
    }
}

/// A `proves` line of a header must match a line of what was recorded.
fn golden_lines(listing: &Listing, faults: &mut Faults) {
    for proof in &listing.header.proves {
        let matches =
            listing.goldens.all().any(|(_, golden)| proof.pattern.is_match(&model::varying::sample(&golden.text)));
        if !matches {
            let fault = Fault::at_line(&listing.source, proof.line, "no line of the recorded output matches this");
            faults.push(fault.help(format!("run `cargo book bless {}` and look what it prints", listing.id)));
        }
    }
}

fn at_text(source: &Source, text: &str, message: String) -> Fault {
    let at = source.text.find(text).unwrap_or(0);
    Fault::new(source, source.line(source.line_of(at)), message)
}
