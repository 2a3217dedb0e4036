//! The other way in: a stock `mdbook build` starts us as an external preprocessor, through the
//! `[preprocessor.*]` tables of `book.toml`, and gets the same text. Only the finish is missing there.

use crate::console::Console;
use crate::preprocess::Directives;
use anyhow::{Context, Result};
use clap::Args;
use mdbook_preprocessor::Preprocessor;

/// What mdBook asks for.
#[derive(Args, Debug)]
pub struct Options {
    /// `supports RENDERER`; nothing when a book is waiting on standard input.
    query: Vec<String>,
}

/// Answers mdBook. The book itself goes through standard input and output, as its protocol wants.
///
/// # Errors
/// When the sources have mistakes, or standard input holds no book.
pub fn run(options: &Options, console: Console) -> Result<()> {
    if options.query.first().is_some_and(|word| word == "supports") {
        return Ok(());
    }
    let (context, book) = mdbook_preprocessor::parse_input(std::io::stdin()).context("standard input holds no book")?;
    let book = Directives.run(&context, book)?;
    let book = mdbook_mermaid::Mermaid.run(&context, book)?;
    let mut text = serde_json::to_vec(&book)?;
    text.push(b'\n');
    console.raw(&text)?;
    Ok(())
}
