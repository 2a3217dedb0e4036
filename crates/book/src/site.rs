//! Building the book: mdBook as a library, with our preprocessors in the process and our finish after it.

use crate::finish;
use crate::library::Library;
use crate::preprocess::{self, Directives};
use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use mdbook_driver::builtin_preprocessors::IndexPreprocessor;
use mdbook_driver::config::Config;
use std::path::{Path, PathBuf};

/// Builds the book at `root` and returns the folder of its pages.
///
/// # Errors
/// All mistakes of the sources at once ([`crate::faults::Faults`]), or what mdBook or the finish says.
pub fn build(root: &Path) -> Result<PathBuf> {
    let config = Config::from_disk(root.join("book.toml"))?;
    let folder = root.join(&config.build.build_dir);
    build_into(root, &folder)
}

/// As [`build`], into a folder of the caller's.
///
/// # Errors
/// As [`build`].
pub fn build_into(root: &Path, folder: &Path) -> Result<PathBuf> {
    let mut config = Config::from_disk(root.join("book.toml"))?;
    folder.clone_into(&mut config.build.build_dir);
    without_external_preprocessors(&mut config)?;
    let mut book = MDBook::load_with_config(root, config)?;
    book.with_preprocessor(Directives);
    book.with_preprocessor(mdbook_mermaid::Mermaid);
    book.with_preprocessor(IndexPreprocessor::new());
    book.build().map_err(first_cause)?;
    let folder = book.build_dir_for("html");
    finish(&folder)?;
    Ok(folder)
}

/// Builds the book of `root` with mdBook and nothing of ours: what a build is compared with.
///
/// # Errors
/// What mdBook says.
pub fn build_plain(root: &Path) -> Result<()> {
    let mut config = Config::from_disk(root.join("book.toml"))?;
    config.set("preprocessor", toml::Table::new())?;
    MDBook::load_with_config(root, config)?.build()
}

/// Writes the book of `root` to another folder, with every directive resolved.
///
/// # Errors
/// All mistakes of the sources, or a file that cannot be written.
pub fn expand(root: &Path, to: &Path) -> Result<()> {
    let library = Library::load(root)?;
    let mut book = MDBook::load(root)?;
    preprocess::resolve(&library, &mut book.book, Path::new("src"))?;
    for chapter in book.book.chapters() {
        let Some(path) = chapter.source_path.as_ref() else { continue };
        let path = to.join("src").join(path);
        fs_err::create_dir_all(path.parent().unwrap_or(to))?;
        fs_err::write(path, &chapter.content)?;
    }
    fs_err::copy(root.join("src/SUMMARY.md"), to.join("src/SUMMARY.md"))?;
    fs_err::copy(root.join("book.toml"), to.join("book.toml"))?;
    copy_folder(&root.join("theme"), &to.join("theme"))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs_err::create_dir_all(to)?;
    for entry in fs_err::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs_err::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Drops the tables that stock mdBook needs: here the same preprocessors run in the process, ours before
/// any other, so that its faults speak of the lines of the files.
fn without_external_preprocessors(config: &mut Config) -> Result<()> {
    config.build.use_default_preprocessors = false;
    config.set("preprocessor", toml::Table::new())?;
    Ok(())
}

/// Our own faults without mdBook's wrapping: they already say everything.
fn first_cause(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<crate::faults::Faults>() {
        Ok(faults) => faults.into(),
        Err(error) => error,
    }
}

fn finish(folder: &Path) -> Result<()> {
    match finish::finish(folder) {
        Ok(()) => Ok(()),
        Err(problems) => {
            let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
            bail!("the pages that mdBook made are not as expected:\n{}", list.join("\n"))
        }
    }
}

/// The root of the repository: the nearest folder above the current one that holds `book.toml`.
///
/// # Errors
/// When there is none.
pub fn root() -> Result<PathBuf> {
    let here = std::env::current_dir()?;
    let found = here.ancestors().find(|folder| folder.join("book.toml").is_file()).map(Path::to_owned);
    found.with_context(|| format!("no folder above {} holds a book.toml; go into the repository", here.display()))
}
