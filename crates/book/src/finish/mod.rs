//! The finish: a pass over the HTML that mdBook has written.
//!
//! It makes the pages accessible, draws the diagrams, and takes out every script, style sheet and
//! request that a page does not use. It never guesses: where mdBook's template does not hold what is
//! to be replaced, that is a [`Problem`], so that a new version of mdBook cannot quietly undo it.
//!
//! The pages are not parsed into trees. What is looked for is either fixed text of the template, which
//! stands outside `<main>`, or the opening tag of an element, found by its `<`.

mod chrome;
mod content;
mod diagram;
mod page;
mod scripts;

use page::Page;
use std::fmt;
use std::path::{Path, PathBuf};

/// Something that the finish expected and did not find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The page, relative to the folder of the built book.
    pub page: PathBuf,
    /// What was expected and not found, or found and not expected.
    pub expected: String,
    /// What to do next.
    pub advice: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.page.display(), self.expected, self.advice)
    }
}

/// Finishes every page of a book that mdBook has just built.
///
/// Pages are rewritten in place; a second run on the same folder reports problems, because the
/// template's fragments are gone.
///
/// # Errors
/// All problems of all pages. A page with a problem is left as mdBook wrote it.
pub fn finish(book_dir: &Path) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    for path in pages(book_dir, &mut problems) {
        let name = path.strip_prefix(book_dir).unwrap_or(&path).to_path_buf();
        match fs_err::read_to_string(&path) {
            Ok(html) => match finish_page(&name, &html) {
                Ok(finished) => problems.extend(write(&path, &name, &finished)),
                Err(found) => problems.extend(found),
            },
            Err(error) => problems.push(unreadable(&name, &error)),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Finishes the text of one page.
///
/// # Errors
/// The problems of the page.
pub fn finish_page(name: &Path, html: &str) -> Result<String, Vec<Problem>> {
    if html.contains(r#"<meta http-equiv="refresh""#) {
        return Ok(html.to_owned());
    }
    let mut page = Page::new(name, html);
    if name.ends_with("toc.html") {
        chrome::edit_contents_frame(&mut page);
        return page.finished();
    }
    if page.split() {
        let facts = content::edit(&mut page);
        chrome::edit(&mut page, &facts);
        scripts::edit(&mut page, &facts);
    }
    page.finished()
}

/// All pages below a folder, in the order of their names.
fn pages(dir: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = match fs_err::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                problems.push(unreadable(&folder, &error));
                continue;
            }
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn write(path: &Path, name: &Path, html: &str) -> Option<Problem> {
    fs_err::write(path, html).err().map(|error| unreadable(name, &error))
}

fn unreadable(name: &Path, error: &std::io::Error) -> Problem {
    Problem { page: name.to_path_buf(), expected: error.to_string(), advice: "build the book again".to_owned() }
}

#[cfg(test)]
mod tests;
