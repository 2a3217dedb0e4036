//! Mistakes in the sources of the book, and how they are shown.
//!
//! Nothing in this crate stops at the first mistake: whoever finds one adds it to a [`Faults`] and goes
//! on, so that one run tells everything there is to mend.

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A source file of the book, kept as long as a fault may want to quote it.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path relative to the root of the repository.
    pub path: Arc<Path>,
    /// Its whole text.
    pub text: Arc<str>,
}

impl Source {
    /// A source that has been read.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into().into(), text: text.into() }
    }

    /// The bytes of a line, counted from 1, without its line break.
    pub fn line(&self, line: usize) -> Range<usize> {
        let mut start = 0;
        for (index, text) in self.text.split_inclusive('\n').enumerate() {
            if index + 1 == line {
                return start..start + text.trim_end().len();
            }
            start += text.len();
        }
        start..start
    }

    /// The line in which a byte stands, counted from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        self.text.as_bytes()[..byte.min(self.text.len())].iter().filter(|&&b| b == b'\n').count() + 1
    }
}

/// One mistake: where it is, what is wrong, what to do.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The file.
    pub source: Source,
    /// The offending text, in bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Fault {
    /// A fault at a span of a source.
    pub fn new(source: &Source, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { source: source.clone(), span, message: message.into(), help: None }
    }

    /// A fault of a whole line, counted from 1.
    pub fn at_line(source: &Source, line: usize, message: impl Into<String>) -> Self {
        Self::new(source, source.line(line), message)
    }

    /// A fault of a file that could not be read or does not exist: its path is all there is to show.
    pub fn of_file(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self::new(&Source::new(path, ""), 0..0, message)
    }

    /// Adds what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the nearest of the names that would have been right, or all of them if none is near.
    #[must_use]
    pub fn nearest<'a>(self, wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        let best = names
            .iter()
            .map(|name| (strsim::damerau_levenshtein(wrong, name), *name))
            .min()
            .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(2));
        match best {
            Some((_, name)) => self.help(format!("the nearest name is `{name}`")),
            None if names.is_empty() => self.help("there are none yet"),
            None if names.len() <= 12 => self.help(format!("there are: {}", names.join(", "))),
            None => self,
        }
    }

    /// `path:line` of the offending text.
    pub fn place(&self) -> String {
        format!("{}:{}", self.source.path.display(), self.source.line_of(self.span.start))
    }

    fn render(&self, renderer: &Renderer) -> String {
        let path = self.source.path.display().to_string();
        let title = Level::ERROR.primary_title(self.message.as_str());
        let mut group = if self.source.text.is_empty() {
            title.element(Origin::path(path))
        } else {
            let mark = AnnotationKind::Primary.span(self.span.clone());
            title.element(Snippet::source(self.source.text.as_ref()).path(path).annotation(mark))
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

/// All mistakes of a run.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Adds one.
    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Adds many.
    pub fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.0.extend(faults);
    }

    /// Keeps the value of a result, or its fault.
    pub fn keep<T>(&mut self, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.push(fault)).ok()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults in the order of files and lines, each told once.
    pub fn sorted(&self) -> Vec<&Fault> {
        let mut faults: Vec<&Fault> = self.0.iter().collect();
        faults.sort_by(|a, b| {
            (&a.source.path, a.span.start, &a.message).cmp(&(&b.source.path, b.span.start, &b.message))
        });
        faults.dedup_by(|a, b| a.source.path == b.source.path && a.span == b.span && a.message == b.message);
        faults
    }

    /// `Err(self)` if there are any.
    ///
    /// # Errors
    /// Itself.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The whole report, in color or not.
    pub fn report(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let faults = self.sorted();
        let mut out: String = faults.iter().map(|fault| fault.render(&renderer) + "\n\n").collect();
        let plural = if faults.len() == 1 { "" } else { "s" };
        out.push_str(&format!("{} mistake{plural} in the sources of the book", faults.len()));
        out
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report(false))
    }
}

impl std::error::Error for Faults {}
