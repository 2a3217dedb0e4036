//! The chapter: code and tables that scroll, diagrams, headings, the page's description.

use super::diagram;
use super::page::{Page, plain_text};
use crate::svg::escape;
use std::ops::Range;

/// The longest line, in characters, that a code block shows on a phone without scrolling.
const PHONE_LINE: usize = 28;
/// As much of a first paragraph as a search engine shows.
const DESCRIPTION: usize = 155;
const HINT: &str = "<!-- description:";
const SELF_LINK: &str = r##"<a class="header" href="#"##;

/// What the chapter uses, for those who decide about scripts.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Whether it shows code blocks.
    pub(super) has_code: bool,
    /// The custom elements in it.
    pub(super) elements: Vec<String>,
    /// Its description, escaped.
    pub(super) description: String,
}

/// Goes once through the tags of the chapter.
pub(super) fn edit(page: &mut Page<'_>) -> Facts {
    let mut facts = Facts::default();
    let (mut headings, mut paragraph, mut hint, mut figure) = (0, None, None, None);
    let (html, main) = (page.html, page.main.clone());
    let based = html[page.head.clone()].contains("<base ");
    let mut at = main.start;
    while let Some(found) = html[at..main.end].find('<') {
        let tag = at + found;
        let rest = &html[tag..main.end];
        at = tag + 1;
        match name_of(rest) {
            "h1" => headings += 1,
            "a" if based && rest.starts_with(SELF_LINK) => unlink(page, tag),
            "p" if paragraph.is_none() => paragraph = element(rest, "</p>"),
            "figure" => figure = Some(tag),
            "/figure" => figure = None,
            "pre" => at = edit_block(page, &mut facts, tag, figure),
            "table" => edit_table(page, tag),
            "img" | "script" | "link" | "iframe" | "source" | "video" => check_host(page, rest),
            "!--" if rest.starts_with(HINT) => hint = Some(tag),
            name if name.contains('-') && !name.starts_with(['/', '!']) => facts.elements.push(name.to_owned()),
            _ => {}
        }
    }
    let print = page.is("print.html");
    if headings != 1 && !print {
        page.problem(
            format!("{headings} first-level headings"),
            "begin the page with one `# Heading` and use `##` below it",
        );
    }
    facts.description = describe(page, hint, paragraph.unwrap_or_default());
    facts
}

/// A heading of a page with a `<base>` cannot link to itself: the fragment would open another page.
fn unlink(page: &mut Page<'_>, tag: usize) {
    let end = page.html[tag..].find('>').map_or(tag, |end| tag + end + 1);
    page.edit(tag..end, r#"<a class="header">"#);
}

/// The name in a tag: what stands between `<` and the first blank, `>` or `/` behind it.
fn name_of(tag: &str) -> &str {
    let bytes = tag.as_bytes();
    let mut end = 1;
    while end < bytes.len().min(40) && !matches!(bytes[end], b' ' | b'>' | b'\n') && (end == 1 || bytes[end] != b'/') {
        end += 1;
    }
    if tag.starts_with("<!--") { "!--" } else { tag.get(1..end).unwrap_or_default() }
}

/// The content of the element at the start of `html`.
fn element<'a>(html: &'a str, close: &str) -> Option<&'a str> {
    let start = html.find('>')? + 1;
    let end = html.find(close)?;
    html.get(start..end)
}

/// Edits a `<pre>` and returns where the chapter goes on behind it.
fn edit_block(page: &mut Page<'_>, facts: &mut Facts, tag: usize, figure: Option<usize>) -> usize {
    let rest = &page.html[tag..page.main.end];
    let Some(end) = rest.find("</pre>").map(|end| tag + end + "</pre>".len()) else {
        page.problem("`<pre>` without `</pre>`", "close it in the Markdown source");
        return tag + 1;
    };
    if rest.starts_with(r#"<pre class="mermaid">"#) {
        draw_diagram(page, tag..end, figure);
        return end;
    }
    let block = &page.html[tag..end];
    if let Some(code) = block.find("<code") {
        facts.has_code = true;
        if longest_line(&block[code..]) > PHONE_LINE {
            let label = label_of(page, tag, figure);
            page.insert(tag + code + "<code".len(), focusable(&label));
        }
    }
    end
}

fn draw_diagram(page: &mut Page<'_>, block: Range<usize>, figure: Option<usize>) {
    let whole = figure
        .and_then(|figure| Some(&page.html[figure..figure + page.html[figure..page.main.end].find("</figure>")?]));
    let source = element(&page.html[block.clone()], "</pre>").unwrap_or_default();
    match diagram::draw(source, whole) {
        Ok(svg) => page.edit(block, svg),
        Err((wrong, advice)) => page.problem(wrong, advice),
    }
}

/// The longest line of a code element, in characters that are shown.
fn longest_line(code: &str) -> usize {
    let inner = element(code, "</code>").unwrap_or_default();
    inner.split('\n').filter(|line| line.len() > PHONE_LINE).map(shown_length).max().unwrap_or(0)
}

fn shown_length(line: &str) -> usize {
    let (mut count, mut hidden) = (0, None);
    for c in line.chars() {
        match (hidden, c) {
            (None, '<') => hidden = Some('>'),
            (None, '&') => hidden = Some(';'),
            (None, _) => count += 1,
            (Some(end), c) if c == end => {
                count += usize::from(end == ';');
                hidden = None;
            }
            _ => {}
        }
    }
    count
}

/// What a reader who cannot see a block hears when it gets the focus.
fn label_of(page: &Page<'_>, tag: usize, figure: Option<usize>) -> String {
    let caption = figure.and_then(|figure| {
        let end = page.html[tag..page.main.end].find("</figure>").map_or(page.main.end, |end| tag + end);
        let whole = &page.html[figure..end];
        let caption = element(whole.get(whole.find("<figcaption")?..)?, "</figcaption>")?;
        let number = caption.strip_prefix(r#"<a class="number""#).and_then(|link| element(link, "</a>"));
        Some(plain_text(number.unwrap_or(caption)))
    });
    caption.unwrap_or_else(|| "Code".to_owned())
}

fn focusable(label: &str) -> String {
    format!(r#" tabindex="0" role="group" aria-label="{}""#, escape(label))
}

/// Lets a table scroll by itself, and get the focus for it.
fn edit_table(page: &mut Page<'_>, tag: usize) {
    const WRAPPER: &str = r#"<div class="table-wrapper">"#;
    let rest = &page.html[tag..page.main.end];
    let Some(end) = rest.find("</table>").map(|end| tag + end) else {
        page.problem("`<table>` without `</table>`", "close it in the source");
        return;
    };
    let caption = rest[..end - tag].find("<caption").and_then(|at| element(&rest[at..], "</caption>")).map(plain_text);
    let attributes = focusable(caption.as_deref().unwrap_or("Table"));
    let before = page.html[..tag].trim_end();
    if before.ends_with(WRAPPER) {
        page.insert(before.len() - 1, attributes);
    } else {
        page.insert(tag, WRAPPER.replacen('>', &format!("{attributes}>"), 1));
        page.insert(end + "</table>".len(), "</div>");
    }
}

/// Nothing on a page may come from another host.
pub(super) fn check_host(page: &mut Page<'_>, tag: &str) {
    let tag = &tag[..tag.find('>').map_or(tag.len(), |end| end + 1)];
    let foreign =
        [r#"src="http"#, r#"src="//"#, r#"href="http"#, r#"href="//"#].iter().any(|start| tag.contains(start));
    if foreign {
        page.problem(format!("`{tag}` asks another host"), "keep the file in the repository");
    }
}

/// The page's description: what its source says in a comment, else its first paragraph.
fn describe(page: &mut Page<'_>, hint: Option<usize>, paragraph: &str) -> String {
    let Some(start) = hint else {
        return escape(&shorten(&plain_text(paragraph)));
    };
    let text = &page.html[start + HINT.len()..page.main.end];
    let Some(end) = text.find("-->") else {
        page.problem(format!("`{HINT}` without `-->`"), "close the comment");
        return String::new();
    };
    page.edit(start..start + HINT.len() + end + "-->".len(), "");
    escape(text[..end].trim())
}

/// Cuts a text at the last sentence or word that fits into a description.
fn shorten(text: &str) -> String {
    let Some((limit, _)) = text.char_indices().nth(DESCRIPTION) else { return text.to_owned() };
    let cut = &text[..limit];
    if let Some(end) = cut.rfind(". ") {
        return cut[..=end].to_owned();
    }
    format!("{}…", cut.rfind(' ').map_or(cut, |end| &cut[..end]))
}
