//! The pages of the book in their order, the directives on them, and the numbers that follow from it.
//!
//! Numbers are never written by hand: a listing is the third of its chapter because two others are
//! shown before it.

use crate::directive::{self, Arguments, Directive};
use crate::faults::{Fault, Faults, Source};
use mdbook_preprocessor::book::{Book, BookItem};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path below `src/`.
    pub path: PathBuf,
    /// Its text.
    pub source: Source,
    /// Its title in the table of contents.
    pub title: String,
    /// `5` or `5.2`; empty outside the numbered chapters.
    pub number: String,
    /// The folder it lies in, which is its chapter's slug; empty at the top.
    pub chapter: String,
    /// What it asks for.
    pub directives: Vec<Directive>,
}

/// What can be referred to and has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `#listing`.
    Listing,
    /// `#figure`, `#chart` and `#trace`, which count together.
    Figure,
    /// `#exercise`.
    Exercise,
}

/// A numbered thing on a page.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its name: `chapter/slug`, or `chapter/slug:anchor`.
    pub name: String,
    /// `1.2`.
    pub number: String,
    /// The fragment of the page at which it stands.
    pub id: String,
    /// Index of its page.
    pub page: usize,
    /// Start of the directive that shows it.
    pub at: usize,
}

/// All pages, and what stands on them.
#[derive(Clone, Debug, Default)]
pub struct Manuscript {
    /// In reading order.
    pub pages: Vec<Page>,
    /// Numbered things by kind, in reading order.
    pub targets: BTreeMap<Kind, Vec<Target>>,
}

impl Manuscript {
    /// Reads the pages of a book and numbers what is on them.
    pub fn read(book: &Book, src: &Path, faults: &mut Faults) -> Self {
        let mut manuscript = Self::default();
        for item in book.iter() {
            let BookItem::Chapter(chapter) = item else { continue };
            let Some(path) = chapter.source_path.as_ref().or(chapter.path.as_ref()) else { continue };
            let source = Source::new(src.join(path), chapter.content.as_str());
            let (directives, wrong) = directive::find(&source);
            faults.extend(wrong);
            let folder = path.parent().map(|parent| parent.to_string_lossy().into_owned()).unwrap_or_default();
            let number = chapter.number.as_ref().map(|number| number.to_string().trim_end_matches('.').to_owned());
            manuscript.pages.push(Page {
                path: path.clone(),
                source,
                title: chapter.name.clone(),
                number: number.unwrap_or_default(),
                chapter: folder,
                directives,
            });
        }
        manuscript.number(faults);
        manuscript
    }

    fn number(&mut self, faults: &mut Faults) {
        let mut counts: BTreeMap<(Kind, String), usize> = BTreeMap::new();
        for (index, page) in self.pages.iter().enumerate() {
            for directive in &page.directives {
                let Some((kind, name)) = numbered(&page.source, directive) else { continue };
                let count = counts.entry((kind, page.chapter.clone())).or_default();
                *count += 1;
                let chapter = page.number.split('.').next().unwrap_or("");
                let number = if chapter.is_empty() { count.to_string() } else { format!("{chapter}.{count}") };
                let targets = self.targets.entry(kind).or_default();
                if let Some(earlier) = targets.iter().find(|target| target.name == name) {
                    let place = &self.pages[earlier.page];
                    let line = place.source.line_of(earlier.at);
                    let message = format!("`{name}` is shown a second time");
                    let help = format!("it stands at {}:{line}; refer to it with `#ref`", place.source.path.display());
                    faults.push(Fault::new(&page.source, directive.span.clone(), message).help(help));
                    continue;
                }
                let id = identifier(kind, &directive.name, &name);
                targets.push(Target { name, number, id, page: index, at: directive.span.start });
            }
        }
    }

    /// Numbered things of a kind whose name is `name`, or begins with `name:`.
    pub fn find(&self, kind: Kind, name: &str) -> Vec<&Target> {
        let part = format!("{name}:");
        let all = self.targets.get(&kind).into_iter().flatten();
        all.filter(|target| target.name == name || target.name.starts_with(&part)).collect()
    }

    /// The number and fragment of the thing that a directive shows.
    pub fn of_directive(&self, kind: Kind, page: usize, directive: &Directive) -> Option<&Target> {
        let mut all = self.targets.get(&kind).into_iter().flatten();
        all.find(|target| target.page == page && target.at == directive.span.start)
    }

    /// The page `chapter/name` or `name`, without extension; `chapter` alone is the chapter's opening.
    pub fn page(&self, name: &str) -> Option<&Page> {
        let opening = format!("{name}/README");
        self.pages.iter().find(|page| {
            let stem = page.path.with_extension("");
            stem == Path::new(name) || stem == Path::new(&opening)
        })
    }

    /// The names under which pages can be referred to.
    pub fn page_names(&self) -> Vec<String> {
        let stems = self.pages.iter().map(|page| page.path.with_extension("").to_string_lossy().into_owned());
        stems.map(|name| name.strip_suffix("/README").map(str::to_owned).unwrap_or(name)).collect()
    }
}

impl Page {
    /// The path by which other pages link to it, below `src/`.
    pub fn target(&self) -> PathBuf {
        if self.path.file_stem().is_some_and(|stem| stem == "README") {
            self.path.with_file_name("index.md")
        } else {
            self.path.clone()
        }
    }

    /// A link from this page to another and a fragment on it.
    pub fn link_to(&self, other: &Self, fragment: &str) -> String {
        let hash = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        if self.path == other.path {
            return if hash.is_empty() { other.target().to_string_lossy().into_owned() } else { hash };
        }
        let up = "../".repeat(self.path.components().count() - 1);
        format!("{up}{}{hash}", other.target().display())
    }
}

/// Kind and name of what a directive shows, if it is something that has a number.
fn numbered(source: &Source, directive: &Directive) -> Option<(Kind, String)> {
    let kind = match directive.name.as_str() {
        "listing" => Kind::Listing,
        "figure" | "chart" | "trace" => Kind::Figure,
        "exercise" => Kind::Exercise,
        _ => return None,
    };
    // A mistake in the arguments is told when the directive is rendered.
    let name = Arguments::read(source, directive).ok()?.word("a name").ok()?;
    Some((kind, name.value))
}

/// `listing-grow`, `listing-grow-body`, `figure-descent`, `chart-depth`, `trace-grow`, `exercise-my-vec`.
fn identifier(kind: Kind, directive: &str, name: &str) -> String {
    let word = if kind == Kind::Listing { "listing" } else { directive };
    let slug = name.split_once('/').map_or(name, |(_, slug)| slug);
    format!("{word}-{}", slug.replace(':', "-"))
}
