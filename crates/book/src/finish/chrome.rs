//! mdBook's page around the chapter: landmarks, names, the sidebar's control.

use super::content::Facts;
use super::page::Page;

/// Edits everything outside the chapter but scripts and styles.
pub(super) fn edit(page: &mut Page<'_>, facts: &Facts) {
    edit_head(page, facts);
    edit_start(page);
    edit_help(page);
    edit_sidebar(page);
    edit_menu(page);
    edit_search(page);
    edit_navigation(page);
}

/// Names the frame of contents that readers without scripts get, and gives it a landmark.
pub(super) fn edit_contents_frame(page: &mut Page<'_>) {
    let whole = 0..page.html.len();
    page.replace(&whole, r#"<meta charset="UTF-8">"#, "<meta charset=\"UTF-8\">\n        <title>Contents</title>");
    page.replace(
        &whole,
        r#"<body class="sidebar-iframe-inner">"#,
        r#"<body class="sidebar-iframe-inner"><nav aria-label="Contents">"#,
    );
    page.replace(&whole, "</body>", "</nav></body>");
}

fn edit_head(page: &mut Page<'_>, facts: &Facts) {
    let head = page.head.clone();
    if let Some(found) = page.between(&head, r#"<meta name="description" content=""#, "\">")
        && !facts.description.is_empty()
    {
        page.edit(found, format!(r#"<meta name="description" content="{}">"#, facts.description));
    }
}

/// The first thing that the Tab key reaches leads past the menu. Not where a `<base>` would turn the
/// fragment into another page.
fn edit_start(page: &mut Page<'_>) {
    let (head, top) = (page.head.clone(), page.top.clone());
    if !page.html[head].contains("<base ") {
        page.replace(
            &top,
            "<body>",
            "<body>\n    <a class=\"skip-link\" href=\"#mdbook-content\">Skip to the text</a>",
        );
    }
}

fn edit_help(page: &mut Page<'_>) {
    let top = page.top.clone();
    let dialog = r#"<div id="mdbook-help-popup" role="dialog" aria-modal="true" aria-labelledby="help-title">"#;
    page.replace(&top, r#"<div id="mdbook-help-popup">"#, dialog);
    page.replace(&top, r#"<h2 class="mdbook-help-title">"#, r#"<h2 class="mdbook-help-title" id="help-title">"#);
}

/// The sidebar's control is a label of a hidden checkbox, which no key reaches. It becomes a button;
/// `theme/js/page.js` passes its clicks on. Readers without scripts get a link to the contents.
fn edit_sidebar(page: &mut Page<'_>) {
    let top = page.top.clone();
    let label = concat!(
        r#"<label id="mdbook-sidebar-toggle" class="icon-button" for="mdbook-sidebar-toggle-anchor" "#,
        r#"title="Toggle Table of Contents" aria-label="Toggle Table of Contents" aria-controls="mdbook-sidebar">"#
    );
    let button = concat!(
        r#"<button id="mdbook-sidebar-toggle" class="icon-button" type="button" "#,
        r#"title="Table of contents" aria-label="Table of contents" aria-expanded="false" aria-controls="mdbook-sidebar">"#
    );
    page.replace(&top, label, button);
    let Some(frame) = page.between(&top, r#"<iframe class="sidebar-iframe-outer" src=""#, "toc.html\">") else {
        return;
    };
    let contents = page.html[frame.clone()].split('"').nth(3).unwrap_or("toc.html").to_owned();
    page.replace(
        &top,
        "</label>",
        &format!(r#"</button><noscript><a class="contents-link" href="{contents}">Contents</a></noscript>"#),
    );
    page.edit(frame, format!(r#"<iframe class="sidebar-iframe-outer" title="Contents" src="{contents}">"#));
}

/// The menu bar becomes the page's header, and the book's title leaves the first heading to the
/// chapter.
fn edit_menu(page: &mut Page<'_>) {
    let top = page.top.clone();
    page.replace(
        &top,
        r#"<div id="mdbook-menu-bar" class="menu-bar sticky">"#,
        r#"<header id="mdbook-menu-bar" class="menu-bar sticky">"#,
    );
    if let Some(buttons) = page.between(&top, r#"<div class="right-buttons">"#, "</div>") {
        let rest = &page.html[buttons.end..top.end];
        let blank = rest.len() - rest.trim_start().len();
        if rest[blank..].starts_with("</div>") {
            let at = buttons.end + blank;
            page.edit(at..at + "</div>".len(), "</header>");
        } else {
            page.template("the menu bar does not end behind its right buttons");
        }
    }
    if let Some(title) = page.between(&top, r#"<h1 class="menu-title">"#, "</h1>") {
        let text = page.html[title.clone()].replacen("<h1 ", "<div ", 1).replace("</h1>", "</div>");
        page.edit(title, text);
    }
}

fn edit_search(page: &mut Page<'_>) {
    let top = page.top.clone();
    if !page.html[top.clone()].contains(r#"id="mdbook-search-toggle""#) {
        return;
    }
    let wrapper = r#"<div id="mdbook-search-wrapper" class="hidden">"#;
    page.replace(&top, wrapper, r#"<div id="mdbook-search-wrapper" class="hidden" role="search">"#);
    let reference = r#"aria-describedby="searchresults-header""#;
    page.replace(&top, reference, r#"aria-label="Search this book" aria-describedby="mdbook-searchresults-header""#);
}

/// The next page is fetched when the reader goes there, not before; keys are named as the standard
/// names them.
fn edit_navigation(page: &mut Page<'_>) {
    let tail = page.tail.clone();
    for (direction, rel, key) in [("next", "next prefetch", "Right"), ("previous", "prev", "Left")] {
        let links = page.html[tail.clone()].matches(&format!(r#"nav-chapters {direction}""#)).count();
        let rels = replace_all(page, &format!(r#"rel="{rel}""#), &format!(r#"rel="{}""#, &rel[..4]));
        let keys =
            replace_all(page, &format!(r#"aria-keyshortcuts="{key}""#), &format!(r#"aria-keyshortcuts="Arrow{key}""#));
        if (rels, keys) != (links, links) {
            page.template(&format!(
                "{links} links to the {direction} page, {rels} with rel=\"{rel}\", {keys} with the key {key}"
            ));
        }
    }
}

fn replace_all(page: &mut Page<'_>, expected: &str, with: &str) -> usize {
    let tail = page.tail.clone();
    let found: Vec<usize> = page.html[tail.clone()].match_indices(expected).map(|(at, _)| tail.start + at).collect();
    for at in &found {
        page.edit(*at..at + expected.len(), with);
    }
    found.len()
}
