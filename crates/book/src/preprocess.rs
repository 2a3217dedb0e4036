//! Our preprocessor: the directives of every page become HTML, or the build fails with all mistakes.

use crate::faults::Faults;
use crate::library::Library;
use crate::manuscript::Manuscript;
use crate::render;
use anyhow::Result;
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Resolves the directives.
#[derive(Debug, Default)]
pub struct Directives;

impl Preprocessor for Directives {
    fn name(&self) -> &str {
        "where-data-lives"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let library = Library::load(&context.root)?;
        resolve(&library, &mut book, &context.config.book.src)?;
        Ok(book)
    }
}

/// Resolves the directives of a book in place.
///
/// # Errors
/// All mistakes of the book's sources at once; the book is unchanged then.
pub fn resolve(library: &Library, book: &mut Book, src: &Path) -> Result<(), Faults> {
    let mut faults = library.faults.clone();
    let manuscript = Manuscript::read(book, src, &mut faults);
    let texts = render::pages(library, &manuscript, &mut faults);
    faults.into_result()?;
    let paths = manuscript.pages.iter().map(|page| page.path.clone());
    let mut texts: BTreeMap<PathBuf, String> = paths.zip(texts).collect();
    book.for_each_mut(|item| {
        let BookItem::Chapter(chapter) = item else { return };
        let path = chapter.source_path.as_ref().or(chapter.path.as_ref());
        if let Some(text) = path.and_then(|path| texts.remove(path)) {
            chapter.content = text;
        }
    });
    Ok(())
}
