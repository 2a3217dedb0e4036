//! `#define`, `#term`, `#cite`, `#ref`: words that lead somewhere else.

use super::{Context, Rendered, escape};
use crate::directive::{Arguments, Directive};
use crate::faults::Fault;
use crate::manuscript::{Kind, Target};
use model::reference::{Source, Term};

/// `{{#define guard page}}`: the place where a term is explained.
pub fn define(context: &Context, directive: &Directive) -> Rendered {
    let (term, link, shown) = glossary_entry(context, directive)?;
    context.used("definition", &term.name);
    Ok(format!("<dfn><a class=\"term\" href=\"{link}\">{shown}</a></dfn>"))
}

/// `{{#term guard pages}}`: a term that was explained elsewhere.
pub fn term(context: &Context, directive: &Directive) -> Rendered {
    let (_, link, shown) = glossary_entry(context, directive)?;
    Ok(format!("<a class=\"term\" href=\"{link}\">{shown}</a>"))
}

/// The term, the link to its entry, and the words to show: `term`, or `term|words of the sentence`.
fn glossary_entry<'a>(context: &Context<'a>, directive: &Directive) -> Result<(&'a Term, String, String), Fault> {
    let (word, shown) = directive.raw.split_once('|').unwrap_or((&directive.raw, &directive.raw));
    let word = word.trim();
    let terms = context.library.glossary.as_ref().map_or(&[][..], |glossary| &glossary.data.term);
    let Some(term) = terms.iter().find(|term| term.is(word)) else {
        let names = terms.iter().flat_map(|term| std::iter::once(&term.name).chain(&term.plural).chain(&term.forms));
        let span = if word.is_empty() { directive.span.clone() } else { directive.raw_span.clone() };
        return Err(context
            .fault(span, format!("`{word}` is not in the glossary"))
            .nearest(word, names.map(String::as_str)));
    };
    context.used("term", &term.name);
    let link = context.link("glossary", &term.anchor());
    let link = link.ok_or_else(|| context.fault(directive.span.clone(), "the book has no page `glossary`"))?;
    Ok((term, link, escape(shown.trim())))
}

/// Looks a source up by the key that an argument gives.
pub fn source<'a>(context: &Context<'a>, key: &str, span: std::ops::Range<usize>) -> Result<&'a Source, Fault> {
    let sources = context.library.sources.as_ref().map(|sources| &sources.data);
    match sources.and_then(|sources| sources.get(key)) {
        Some(source) => {
            context.used("source", key);
            Ok(source)
        }
        None => Err(context
            .fault(span, format!("there is no source `{key}`"))
            .nearest(key, sources.into_iter().flat_map(|sources| sources.keys().map(String::as_str)))),
    }
}

/// The small link behind a cited statement: the number of the source in the list of all.
pub fn citation(context: &Context, key: &str, source: &Source, place: Option<&str>) -> String {
    let link = context.link("sources", &format!("source-{key}")).unwrap_or_default();
    let number = sorted(context).iter().position(|(found, _)| *found == key).map_or(0, |index| index + 1);
    let year = source.year.map(|year| format!(", {year}")).unwrap_or_default();
    let place = place.map(escape);
    let within = place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
    let title = format!("{}, {}{year}{within}", escape(&source.author), escape(&source.title));
    let place = place.map(|place| format!(" data-place=\"{place}\"")).unwrap_or_default();
    format!("<sup class=\"cite\"{place}><a href=\"{link}\" title=\"{title}\">{number}</a></sup>")
}

/// Every source in the order of the list: by author, then by title.
pub fn sorted<'a>(context: &Context<'a>) -> Vec<(&'a str, &'a Source)> {
    let all = context.library.sources.iter().flat_map(|sources| &sources.data);
    let mut sources: Vec<(&str, &Source)> = all.map(|(key, source)| (key.as_str(), source)).collect();
    sources.sort_by_key(|(_, source)| (source.author.to_lowercase(), source.title.to_lowercase()));
    sources
}

/// `{{#cite key ["page or section"]}}`.
pub fn cite(context: &Context, mut arguments: Arguments) -> Rendered {
    let key = arguments.word("the key of a source")?;
    let place = arguments.optional_quoted();
    arguments.done(&[])?;
    let source = source(context, &key.value, key.span)?;
    Ok(citation(context, &key.value, source, place.as_ref().map(|place| place.value.as_str())))
}

/// `{{#ref listing:chapter/slug}}`, and `figure:`, `chart:`, `trace:`, `exercise:`, `page:`, `chapter:`.
pub fn reference(context: &Context, directive: &Directive, mut arguments: Arguments) -> Rendered {
    let name = arguments.word("what it refers to, like `listing:chapter/slug`")?;
    arguments.done(&[])?;
    let (kind, what) = name.value.split_once(':').unwrap_or((&name.value, ""));
    let span = name.span.clone();
    match kind {
        "listing" => numbered(context, Kind::Listing, "Listing", what, span),
        "figure" | "chart" | "trace" => numbered(context, Kind::Figure, "Figure", what, span),
        "exercise" => numbered(context, Kind::Exercise, "Exercise", what, span),
        "page" | "chapter" => page(context, kind, what, span),
        _ => Err(context
            .fault(span, format!("`{kind}` cannot be referred to"))
            .nearest(kind, ["listing", "figure", "chart", "trace", "exercise", "page", "chapter"])),
    }
    .map_err(|fault| if fault.span.is_empty() { context.fault(directive.span.clone(), fault.message) } else { fault })
}

fn numbered(context: &Context, kind: Kind, word: &str, what: &str, span: std::ops::Range<usize>) -> Rendered {
    let found = context.manuscript.find(kind, what);
    let exact: Vec<&&Target> = found.iter().filter(|target| target.name == what).collect();
    let target = match (exact.as_slice(), found.as_slice()) {
        ([target], _) => target,
        ([], [target]) => target,
        ([], []) => {
            let names = context
                .manuscript
                .targets
                .get(&kind)
                .into_iter()
                .flatten()
                .map(|target| target.name.split(':').next().unwrap_or(""));
            return Err(context.fault(span, format!("no page shows `{what}`")).nearest(what, names));
        }
        _ => {
            let names: Vec<&str> = found.iter().map(|target| target.name.as_str()).collect();
            return Err(context
                .fault(span, format!("`{what}` is shown {} times", names.len()))
                .help(format!("say which one is meant: {}", names.join(", "))));
        }
    };
    let page = &context.manuscript.pages[target.page];
    Ok(format!("<a href=\"{}\">{word} {}</a>", context.page.link_to(page, &target.id), target.number))
}

fn page(context: &Context, kind: &str, what: &str, span: std::ops::Range<usize>) -> Rendered {
    let Some(page) = context.manuscript.page(what) else {
        let names = context.manuscript.page_names();
        return Err(context
            .fault(span, format!("the book has no page `{what}`"))
            .nearest(what, names.iter().map(String::as_str)));
    };
    let link = context.page.link_to(page, "");
    let title = escape(&page.title);
    Ok(match (kind, page.number.as_str()) {
        (_, "") => format!("<a href=\"{link}\">{title}</a>"),
        ("chapter", number) => format!("<a href=\"{link}\">Chapter {number}, {title}</a>"),
        (_, number) => format!("<a href=\"{link}\">Section {number}, {title}</a>"),
    })
}
