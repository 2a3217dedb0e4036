//! Scripts and style sheets: each page keeps those that it uses.

use super::content::{Facts, check_host};
use super::page::Page;
use std::ops::Range;

/// A script of mdBook's template or of this book's theme, as told from its address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script<'a> {
    /// The table of contents, needed on every page.
    Contents,
    /// Loaded by `page.js` when the reader searches.
    Search,
    /// Needed where there is code; `page.js` stands in for them elsewhere.
    ForCode,
    /// mdBook's own.
    Book,
    /// `theme/js/page.js`, which must run before mdBook's own.
    Page,
    /// `theme/widgets/<element>/…`, for pages with that element.
    Widget(&'a str),
    /// A script that another loads when the reader asks for what it does.
    Later,
    /// Draws diagrams in the browser; here they are drawn already.
    Mermaid,
    Unknown,
}

/// Edits the style sheets in the head and the scripts at the end.
pub(super) fn edit(page: &mut Page<'_>, facts: &Facts) {
    edit_styles(page, facts);
    edit_scripts(page, facts);
}

fn edit_styles(page: &mut Page<'_>, facts: &Facts) {
    let head = page.head.clone();
    if let Some(fonts) = page.between(&head, "<!-- Fonts -->", "<!-- Highlight.js Stylesheets -->") {
        page.edit(fonts, "");
    }
    for id in ["mdbook-highlight-css", "mdbook-tomorrow-night-css", "mdbook-ayu-highlight-css"] {
        // book.js switches these three on and off, so they must be there; theme/css/book.css has the colors.
        if let Some(link) = page.between(&head, &format!(r#"<link rel="stylesheet" id="{id}""#), ">") {
            page.edit(link, format!(r#"<style id="{id}"></style>"#));
        }
    }
    for (tag, address) in tags(page, &head, r#"<link rel="stylesheet" href=""#, ">") {
        check_host(page, &page.html[tag.clone()]);
        if widget(address).is_some_and(|element| !facts.elements.iter().any(|used| used == element)) {
            page.edit(tag, "");
        }
    }
}

fn edit_scripts(page: &mut Page<'_>, facts: &Facts) {
    let tail = page.tail.clone();
    let scripts = tags(page, &tail, r#"<script src=""#, "</script>");
    let (mut search, mut before, mut widgets) = (Vec::new(), String::new(), String::new());
    let (mut book, mut own) = (None, None);
    let later = scripts.iter().map(|(_, address)| *address).find(|address| script(address) == Script::Later);
    for (tag, address) in scripts {
        check_host(page, &page.html[tag.clone()]);
        let text = &page.html[tag.clone()];
        match script(address) {
            Script::Search => search.push(address),
            Script::ForCode if facts.has_code => before.push_str(text),
            Script::Page => own = Some(text),
            Script::Book => {
                book = Some((tag, text));
                continue;
            }
            Script::Widget(element) if facts.elements.iter().any(|used| used == element) => {
                // Not as a module, which browsers do not load from a disk; it runs at the same time as one.
                let later = later.map(|address| format!(r#" data-editor="{address}""#)).filter(|_| element == RUNNER);
                widgets.push_str(&format!(r#"<script defer src="{address}"{}></script>"#, later.unwrap_or_default()));
            }
            Script::ForCode | Script::Widget(_) | Script::Later | Script::Mermaid => {}
            Script::Contents | Script::Unknown => {
                page.problem(
                    format!("`{text}` is a script that the finish does not know"),
                    "say in finish/scripts.rs which pages need it",
                );
            }
        }
        page.edit(tag, "");
    }
    let (Some((at, book)), Some(own)) = (book, own) else {
        page.template("book.js and theme/js/page.js are not both among the scripts");
        return;
    };
    page.edit(at, format!("{before}{own}{book}{widgets}"));
    edit_search_scripts(page, &search);
}

/// Hands the scripts of the search to its button, in their order.
fn edit_search_scripts(page: &mut Page<'_>, scripts: &[&str]) {
    let (top, button) = (page.top.clone(), r#"<button id="mdbook-search-toggle""#);
    match (page.html[top.clone()].contains(button), scripts.len()) {
        (false, 0) => {}
        (true, 3) => page.replace(&top, button, &format!(r#"{button} data-scripts="{}""#, scripts.join(" "))),
        (_, count) => page.template(&format!("{count} scripts of the search, or no button for it")),
    }
}

/// All tags of a part that begin with `start` (which ends before the address) and end with `end`.
fn tags<'a>(page: &Page<'a>, part: &Range<usize>, start: &str, end: &str) -> Vec<(Range<usize>, &'a str)> {
    let html: &'a str = page.html;
    let found = html[part.clone()].match_indices(start).filter_map(|(at, _)| {
        let (from, rest) = (part.start + at, &html[part.start + at..part.end]);
        let to = from + rest.find(end)? + end.len();
        let address = rest[start.len()..].split('"').next()?;
        Some((from..to, address))
    });
    found.collect()
}

/// The element whose editor is loaded later.
const RUNNER: &str = "code-runner";

fn script(address: &str) -> Script<'_> {
    if address.contains("theme/widgets/code-runner/code-editor") {
        return Script::Later;
    }
    if let Some(element) = widget(address) {
        return Script::Widget(element);
    }
    let file = address.rsplit('/').next().unwrap_or(address);
    match file.split(['-', '.']).next().unwrap_or(file) {
        "toc" => Script::Contents,
        "elasticlunr" | "mark" | "searcher" => Script::Search,
        "clipboard" | "highlight" => Script::ForCode,
        "book" => Script::Book,
        "page" if address.contains("theme/js/") => Script::Page,
        "mermaid" => Script::Mermaid,
        _ => Script::Unknown,
    }
}

/// The element that a file below `theme/widgets/` is for.
fn widget(address: &str) -> Option<&str> {
    address.split_once("theme/widgets/")?.1.split('/').next()
}
