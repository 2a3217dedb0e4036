//! What the directives of the text become: HTML that says exactly what the library says.
//!
//! Each family of directives has a module. A renderer reads its arguments, looks up what they name, and
//! returns HTML or the one fault that stopped it. HTML never holds an empty line, because an empty line
//! would end the block in Markdown.

mod appendix;
mod code;
mod drawing;
mod exercise;
mod number;
mod quiz;
mod runnable;
mod text;
mod trace;
mod unused;

use crate::directive::{Argument, Arguments, Directive};
use crate::faults::{Fault, Faults};
use crate::library::Library;
use crate::manuscript::{Manuscript, Page};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Every directive that the text may use.
pub const NAMES: [&str; 24] = [
    "asm",
    "calc",
    "chart",
    "cite",
    "define",
    "error",
    "errata",
    "evidence",
    "exercise",
    "figure",
    "given",
    "glossary",
    "listing",
    "measurements",
    "myths",
    "output",
    "quiz",
    "ref",
    "sources",
    "suites",
    "term",
    "trace",
    "value",
    "widget",
];

/// What the text has used so far; the rest is found by [`unused::report`].
#[derive(Debug, Default)]
pub struct Used {
    names: BTreeSet<(&'static str, String)>,
}

impl Used {
    fn add(&mut self, kind: &'static str, name: impl Into<String>) {
        self.names.insert((kind, name.into()));
    }

    fn has(&self, kind: &'static str, name: &str) -> bool {
        self.names.contains(&(kind, name.to_owned()))
    }
}

/// Everything a renderer may look at.
pub struct Context<'a> {
    library: &'a Library,
    manuscript: &'a Manuscript,
    page: &'a Page,
    index: usize,
    used: &'a RefCell<Used>,
    /// Mistakes beside the one that a renderer returns.
    more: &'a RefCell<Vec<Fault>>,
}

type Rendered = Result<String, Fault>;

/// Renders every page. What is wrong goes into `faults`; the text of a wrong directive stays as it is.
pub fn pages(library: &Library, manuscript: &Manuscript, faults: &mut Faults) -> Vec<String> {
    let (used, more) = (RefCell::new(Used::default()), RefCell::new(Vec::new()));
    let mut texts = Vec::new();
    for (index, page) in manuscript.pages.iter().enumerate() {
        let context = Context { library, manuscript, page, index, used: &used, more: &more };
        texts.push(context.page(faults));
    }
    faults.extend(more.into_inner());
    unused::report(library, manuscript, &used.borrow(), faults);
    texts
}

impl<'a> Context<'a> {
    fn page(&self, faults: &mut Faults) -> String {
        let text = self.page.source.text.as_ref();
        let (mut out, mut from) = (String::with_capacity(text.len() * 2), 0);
        for directive in &self.page.directives {
            out.push_str(&text[from..directive.span.start]);
            match self.directive(directive) {
                Ok(html) => out.push_str(&html),
                Err(fault) => {
                    faults.push(fault);
                    out.push_str(&text[directive.span.clone()]);
                }
            }
            from = directive.span.end;
        }
        out.push_str(&text[from..]);
        out
    }

    fn directive(&self, directive: &Directive) -> Rendered {
        let arguments = Arguments::read(&self.page.source, directive);
        match directive.name.as_str() {
            "calc" => number::calc(self, directive),
            "define" => text::define(self, directive),
            "term" => text::term(self, directive),
            "listing" => code::listing(self, directive, arguments?),
            "output" => code::output(self, directive, arguments?),
            "error" => code::error(self, directive, arguments?),
            "asm" => code::asm(self, directive, arguments?),
            "value" => number::value(self, arguments?),
            "given" => number::given(self, arguments?),
            "cite" => text::cite(self, arguments?),
            "ref" => text::reference(self, directive, arguments?),
            "chart" => drawing::chart(self, directive, arguments?),
            "figure" => drawing::figure(self, directive, arguments?),
            "trace" => trace::trace(self, directive, arguments?),
            "widget" => drawing::widget(self, arguments?),
            "quiz" => quiz::quiz(self, arguments?),
            "exercise" => exercise::exercise(self, directive, arguments?),
            "myths" => appendix::myths(self, arguments?),
            "errata" => appendix::errata(self, arguments?),
            "evidence" => appendix::evidence(self, arguments?),
            "glossary" => appendix::glossary(self, arguments?),
            "measurements" => appendix::measurements(self, arguments?),
            "sources" => appendix::sources(self, arguments?),
            "suites" => exercise::suites(self, arguments?),
            name => Err(self.unknown(directive, name)),
        }
    }

    fn unknown(&self, directive: &Directive, name: &str) -> Fault {
        let fault =
            Fault::new(&self.page.source, directive.name_span.clone(), format!("there is no directive `{name}`"));
        match name {
            "include" | "rustdoc_include" | "playground" => {
                fault.help("show code with `#listing chapter/slug`, so that it is tested")
            }
            _ => fault.nearest(name, NAMES),
        }
    }

    fn used(&self, kind: &'static str, name: impl Into<String>) {
        self.used.borrow_mut().add(kind, name);
    }

    fn fault(&self, span: std::ops::Range<usize>, message: impl Into<String>) -> Fault {
        Fault::new(&self.page.source, span, message)
    }

    /// The fault that numbering found already; it is told once.
    fn shown_twice(&self, directive: &Directive, name: &Argument) -> Fault {
        self.fault(directive.span.clone(), format!("`{}` is shown a second time", name.value))
    }

    /// A link to a page of the book, by its name.
    fn link(&self, page: &str, fragment: &str) -> Option<String> {
        self.manuscript.page(page).map(|page| self.page.link_to(page, fragment))
    }
}

/// Text for HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text for `<pre>`: line breaks are written as entities, so that Markdown sees one line.
pub fn preformatted(text: &str) -> String {
    escape(text).replace('\n', "&#10;")
}

/// A phrase of Markdown (code spans, emphasis, links) as HTML, without a paragraph around it.
pub fn phrase(markdown: &str) -> String {
    let html = block(markdown);
    match html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html,
    }
}

/// Markdown as HTML on one line.
pub fn block(markdown: &str) -> String {
    use mdbook_markdown::pulldown_cmark::{Options, Parser, html};
    let mut out = String::new();
    let options = Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_TABLES;
    html::push_html(&mut out, Parser::new_ext(markdown, options));
    out.trim().replace("\n\n", "\n").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::block;

    #[test]
    fn a_table_of_a_handout_is_a_table_on_the_page() {
        let html = block("| character | becomes |\n|---|---|\n| `&` | `&amp;` |\n");
        assert!(html.starts_with("<table><thead>"), "{html}");
        assert!(html.contains("<td><code>&amp;amp;</code></td>"), "{html}");
    }
}
