//! One page: its text, its parts, and the edits that are collected and then made all at once.

use super::Problem;
use std::ops::Range;
use std::path::Path;

/// A page being finished.
pub(super) struct Page<'a> {
    name: &'a Path,
    /// The text as mdBook wrote it.
    pub(super) html: &'a str,
    /// From the start to `<body>`.
    pub(super) head: Range<usize>,
    /// From `<body>` to `<main>`: menu, sidebar, search.
    pub(super) top: Range<usize>,
    /// The chapter.
    pub(super) main: Range<usize>,
    /// From `</main>` to the end: navigation and scripts.
    pub(super) tail: Range<usize>,
    edits: Vec<(Range<usize>, String)>,
    problems: Vec<Problem>,
}

impl<'a> Page<'a> {
    pub(super) fn new(name: &'a Path, html: &'a str) -> Self {
        let (problems, edits, whole) = (Vec::new(), Vec::new(), 0..html.len());
        Self { name, html, head: whole.clone(), top: whole.clone(), main: whole.clone(), tail: whole, edits, problems }
    }

    /// Finds the parts of the page; false, with a problem, where this is no page of mdBook's template.
    pub(super) fn split(&mut self) -> bool {
        let body = self.html.find("<body>");
        let main = body.and_then(|body| Some(body + self.html[body..].find("<main>")?));
        let end = self.html.rfind("</main>");
        let (Some(body), Some(main), Some(end)) = (body, main, end) else {
            self.problem(
                "`<body>`, `<main>` and `</main>` are not found",
                "keep HTML that mdBook did not write out of src/",
            );
            return false;
        };
        self.head = 0..body;
        self.top = body..main;
        self.main = main + "<main>".len()..end;
        self.tail = end..self.html.len();
        true
    }

    /// Whether this page is called `name`, wherever it stands.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == Path::new(name)
    }

    /// Replaces the only occurrence of `expected` in a part of the page.
    pub(super) fn replace(&mut self, part: &Range<usize>, expected: &str, with: &str) {
        if let Some(found) = self.only(part, expected) {
            self.edit(found, with);
        }
    }

    /// Where `expected` stands in a part of the page; a problem if it is not there exactly once.
    pub(super) fn only(&mut self, part: &Range<usize>, expected: &str) -> Option<Range<usize>> {
        let text = &self.html[part.clone()];
        let Some(at) = text.find(expected) else {
            self.template(&format!("`{expected}` is not found"));
            return None;
        };
        if text[at + expected.len()..].contains(expected) {
            self.template(&format!("`{expected}` is found more than once"));
            return None;
        }
        let start = part.start + at;
        Some(start..start + expected.len())
    }

    /// From the only `from` to the first `to` behind it, both included.
    pub(super) fn between(&mut self, part: &Range<usize>, from: &str, to: &str) -> Option<Range<usize>> {
        let start = self.only(part, from)?;
        match self.html[start.end..part.end].find(to) {
            Some(at) => Some(start.start..start.end + at + to.len()),
            None => {
                self.template(&format!("`{to}` is not found behind `{from}`"));
                None
            }
        }
    }

    /// Notes that a range of the text is to be replaced.
    pub(super) fn edit(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.edits.push((range, with.into()));
    }

    /// Notes that text is to be inserted.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.edit(at..at, text);
    }

    /// Notes a problem.
    pub(super) fn problem(&mut self, expected: impl Into<String>, advice: impl Into<String>) {
        self.problems.push(Problem { page: self.name.to_path_buf(), expected: expected.into(), advice: advice.into() });
    }

    /// Notes that the template is not the one that the finish knows.
    pub(super) fn template(&mut self, wrong: &str) {
        self.problem(wrong, "compare mdBook's index.hbs with crates/book/src/finish and adapt the finish");
    }

    /// The text with all edits made.
    pub(super) fn finished(mut self) -> Result<String, Vec<Problem>> {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let overlap = self.edits.windows(2).find(|pair| pair[0].0.end > pair[1].0.start).map(|pair| pair[1].0.clone());
        if let Some(range) = overlap {
            let text: String = self.html[range.start..].chars().take(40).collect();
            self.template(&format!("two changes overlap at `{text}`"));
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let mut out = String::with_capacity(self.html.len() + 4096);
        let mut done = 0;
        for (range, with) in &self.edits {
            out.push_str(&self.html[done..range.start]);
            out.push_str(with);
            done = range.end;
        }
        out.push_str(&self.html[done..]);
        Ok(out)
    }
}

/// The text of a piece of HTML: no tags, the common entities resolved, white space in single blanks.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(tag) = rest.find('<') {
        text.push_str(&rest[..tag]);
        rest = rest[tag..].find('>').map_or("", |end| &rest[tag + end + 1..]);
    }
    text.push_str(rest);
    let text = unescape(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Resolves the entities that mdBook writes.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}
