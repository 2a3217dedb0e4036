//! The pages that are made from data: glossary, sources, evidence, errata, measurements.

use super::{Context, Rendered, block, code, escape, phrase, text};
use crate::directive::Arguments;
use model::evidence::{Row, Verdict};
use model::quantity::group;
use model::record::{Kind, Record, Stamp};
use model::reference::Source;
use std::collections::BTreeMap;

fn rows<'a>(context: &Context<'a>) -> &'a [Row] {
    context.library.evidence.as_ref().map_or(&[], |evidence| &evidence.data.row)
}

fn is_myth(row: &Row) -> bool {
    matches!(row.verdict, Verdict::Wrong | Verdict::Outdated)
}

/// `{{#myths 5}}`: what of a ledger chapter must be contradicted.
pub fn myths(context: &Context, mut arguments: Arguments) -> Rendered {
    let chapter = arguments.word("the number of a ledger chapter")?;
    arguments.done(&[])?;
    let prefix = format!("{}.", chapter.value);
    let found: Vec<&Row> = rows(context).iter().filter(|row| row.id.starts_with(&prefix) && is_myth(row)).collect();
    if found.is_empty() {
        return Err(context.fault(chapter.span, format!("ledger chapter {} has no such row", chapter.value)));
    }
    context.used("myths", &chapter.value);
    Ok(found.into_iter().map(|row| myth(context, row)).collect())
}

fn myth(context: &Context, row: &Row) -> String {
    format!(
        "<div class=\"myth\" role=\"note\" id=\"myth-{id}\"><p class=\"claim\"><b>You may have read:</b> {claim}</p>\
         <p>{statement} <span class=\"proof\">{proof}</span></p></div>",
        id = row.id.replace('.', "-"),
        claim = phrase(&row.claim),
        statement = phrase(&row.statement),
        proof = proof(context, row),
    )
}

/// `{{#errata}}`: every row that must be contradicted, with its proof.
pub fn errata(context: &Context, arguments: Arguments) -> Rendered {
    arguments.done(&[])?;
    Ok(rows(context).iter().filter(|row| is_myth(row)).map(|row| myth(context, row)).collect())
}

/// `{{#evidence}}`: every row with its verdict and its proof.
pub fn evidence(context: &Context, arguments: Arguments) -> Rendered {
    arguments.done(&[])?;
    let mut chapters: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in rows(context) {
        chapters.entry(row.page.split('/').next().unwrap_or("").to_owned()).or_default().push(row);
    }
    Ok(chapters.iter().map(|(chapter, rows)| evidence_of(context, chapter, rows)).collect())
}

fn evidence_of(context: &Context, chapter: &str, rows: &[&Row]) -> String {
    let title = context.manuscript.page(chapter).map_or(chapter, |page| page.title.as_str());
    let items: String = rows.iter().map(|row| evidence_row(context, row)).collect();
    format!("\n\n## {title}\n\n{}\n\n<ol class=\"ledger\">{items}</ol>\n\n", tally(rows))
}

/// How many statements there are of each verdict, in words.
fn tally(rows: &[&Row]) -> String {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.verdict).or_default() += 1;
    }
    let subjects = counts.remove(&Verdict::Subject).unwrap_or_default();
    let judged: Vec<String> = counts.iter().map(|(verdict, count)| format!("{count} {}", verdict.words())).collect();
    let judged = format!("{} popular statements: {}.", rows.len() - subjects, judged.join(", "));
    if subjects == 0 { judged } else { format!("{judged} And {subjects} subjects that popular texts leave out.") }
}

fn evidence_row(context: &Context, row: &Row) -> String {
    let page = context.link(&row.page, "").unwrap_or_default();
    let title = context.manuscript.page(&row.page).map_or("", |page| page.title.as_str());
    format!(
        "<li id=\"row-{id}\"><p class=\"judgment\"><span class=\"row-id\">{row_id}</span> <b>{verdict}</b></p>\
         <div><p class=\"claim\">{claim}</p><p>{statement}</p>\
         <p class=\"proof\">Proof: {proof}. Treated in <a href=\"{page}\">{title}</a>.</p></div></li>",
        id = row.id.replace('.', "-"),
        row_id = if row.verdict == Verdict::Subject { String::new() } else { escape(&row.id) },
        verdict = row.verdict.words(),
        claim = phrase(&row.claim),
        statement = phrase(&row.statement),
        proof = proof(context, row),
        title = escape(title),
    )
}

fn proof(context: &Context, row: &Row) -> String {
    let mut parts = Vec::new();
    if let Some(listing) = row.listing.as_ref().and_then(|id| context.library.listings.get(id)) {
        context.used("listing", listing.id.to_string());
        parts.push(code::link(context, listing));
    }
    if let Some(series) = &row.measured {
        let link = context.link("measurements", &series_anchor(series)).unwrap_or_default();
        parts.push(format!("<a href=\"{link}\">measured</a>"));
    }
    for key in &row.cited {
        if let Some(source) = context.library.sources.as_ref().and_then(|sources| sources.data.get(key)) {
            context.used("source", key);
            parts.push(text::citation(context, key, source, None));
        }
    }
    parts.join(" ")
}

fn series_anchor(series: &str) -> String {
    format!("series-{}", series.replace('/', "-"))
}

/// `{{#glossary}}`.
pub fn glossary(context: &Context, arguments: Arguments) -> Rendered {
    arguments.done(&[])?;
    let mut terms: Vec<_> = context.library.glossary.iter().flat_map(|glossary| &glossary.data.term).collect();
    terms.sort_by_key(|term| term.name.to_lowercase());
    let entries: String = terms
        .iter()
        .map(|term| format!("<dt id=\"{}\">{}</dt><dd>{}</dd>", term.anchor(), escape(&term.name), phrase(&term.text)))
        .collect();
    Ok(format!("<dl class=\"glossary\">{entries}</dl>"))
}

/// `{{#sources}}`.
pub fn sources(context: &Context, arguments: Arguments) -> Rendered {
    arguments.done(&[])?;
    let entries: String = text::sorted(context).iter().map(|(key, source)| source_html(key, source)).collect();
    Ok(format!("<ol class=\"sources\">{entries}</ol>"))
}

fn source_html(key: &str, source: &Source) -> String {
    let title = match &source.url {
        Some(url) => format!("<a href=\"{}\">{}</a>", escape(url), escape(&source.title)),
        None => format!("<i>{}</i>", escape(&source.title)),
    };
    let container = source.container.as_ref().map(|container| format!(", {}", escape(container))).unwrap_or_default();
    let section = source.section.as_ref().map(|section| format!(", {}", escape(section))).unwrap_or_default();
    let year = source.year.map(|year| format!(", {year}")).unwrap_or_default();
    let note = source.note.as_ref().map(|note| format!(" {}", phrase(note))).unwrap_or_default();
    format!("<li id=\"source-{key}\">{}: {title}{container}{section}{year}.{note}</li>", escape(&source.author))
}

/// `{{#measurements}}`: every series with its numbers, where they were measured, and how to repeat them.
pub fn measurements(context: &Context, arguments: Arguments) -> Rendered {
    arguments.done(&[])?;
    let records = &context.library.records;
    Ok(records.chapters().map(|chapter| measurements_of(context, chapter, records.of(chapter))).collect())
}

fn measurements_of(context: &Context, chapter: &str, records: &[Record]) -> String {
    let title = context.manuscript.page(chapter).map_or_else(|| sentence_case(chapter), |page| page.title.clone());
    let mut series: Vec<&str> = Vec::new();
    for record in records {
        if !series.contains(&record.series.as_str()) {
            series.push(&record.series);
        }
    }
    let tables: String = series
        .iter()
        .map(|name| {
            let own: Vec<&Record> = records.iter().filter(|record| record.series == *name).collect();
            series_table(chapter, name, &own)
        })
        .collect();
    format!("\n\n## {}\n\n{}{tables}\n\n", escape(&title), block(&stamps(records)))
}

fn sentence_case(slug: &str) -> String {
    let mut words = slug.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// One sentence for each circumstance under which the records were made.
fn stamps(records: &[Record]) -> String {
    let mut stamps: Vec<&Stamp> = records.iter().filter_map(|record| record.stamp.as_ref()).collect();
    stamps.sort();
    stamps.dedup();
    let sentences: Vec<String> = stamps
        .iter()
        .map(|stamp| {
            format!(
                "Measured on {} with {} on {}. Repeat it with `{}`.",
                stamp.machine, stamp.compiler, stamp.date, stamp.command
            )
        })
        .collect();
    sentences.join("\n\n")
}

fn series_table(chapter: &str, name: &str, records: &[&Record]) -> String {
    let rows: String = records
        .iter()
        .map(|record| {
            let label = record.label.clone().or_else(|| record.x.map(|x| group(x, 0)));
            let label = label.unwrap_or_else(|| sentence_case(name));
            let digits = if record.value.fract() == 0.0 { 0 } else { 2 };
            format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escape(&label), group(record.value, digits))
        })
        .collect();
    let (unit, kind) = records.first().map_or(("", ""), |record| (record.unit.as_str(), kind_words(record.kind)));
    format!(
        "<table class=\"series\" id=\"{}\"><caption>{}, {kind}</caption>\
         <thead><tr><th scope=\"col\">Case</th><th scope=\"col\">{}</th></tr></thead><tbody>{rows}</tbody></table>",
        series_anchor(&format!("{chapter}/{name}")),
        sentence_case(name),
        escape(unit),
    )
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Counted => "counted",
        Kind::Simulated => "simulated",
        Kind::Timed => "timed",
    }
}
