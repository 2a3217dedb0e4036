//! `cargo book new`: the files that a chapter or a listing begins with, and what to do next.

use crate::console::Console;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use model::id::{ListingId, is_slug};
use std::path::Path;

/// What to begin.
#[derive(Args, Debug)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A folder of text, a package of listings, and a line in the table of contents.
    Chapter {
        /// Its slug, like `virtual-memory`.
        name: String,
    },
    /// A program.
    Listing {
        /// Chapter and slug, like `heap/grow`.
        name: ListingId,
    },
}

/// Writes the files and says what to do next.
///
/// # Errors
/// When the name is taken or is no slug.
pub fn run(root: &Path, options: &Options, console: Console) -> Result<()> {
    let done = match &options.what {
        What::Chapter { name } => chapter(root, name),
        What::Listing { name } => listing(root, name),
    };
    done?.iter().for_each(|line| console.say(line));
    Ok(())
}

/// Begins a chapter: its opening, its package of listings, its line in the table of contents. Returns
/// what was done and what comes next, line by line.
///
/// # Errors
/// When the name is no slug, or there is such a chapter; nothing is overwritten.
pub fn chapter(root: &Path, name: &str) -> Result<Vec<String>> {
    if !is_slug(name) {
        bail!("`{name}` is no slug; write lower-case letters, digits and hyphens");
    }
    let (text, package) = (root.join("src").join(name), root.join("listings").join(name));
    if text.exists() || package.exists() {
        bail!("there is a chapter `{name}` already");
    }
    let title = title(name);
    let mut done = vec![
        write(root, &text.join("README.md"), &format!("# {title}\n"))?,
        write(root, &package.join("Cargo.toml"), &MANIFEST.replace("NAME", name))?,
        write(root, &package.join("src/lib.rs"), &format!("//! What the listings of `{name}` share.\n"))?,
    ];
    let summary = root.join("src/SUMMARY.md");
    let before = fs_err::read_to_string(&summary)?;
    fs_err::write(&summary, with_chapter(&before, &title, name))?;
    done.push("changed src/SUMMARY.md".to_owned());
    done.push(format!("next: put its line where it belongs, then `cargo book new listing {name}/SLUG`"));
    Ok(done)
}

/// The table of contents with a new chapter behind the last numbered one.
fn with_chapter(summary: &str, title: &str, name: &str) -> String {
    let line = format!("- [{title}]({name}/README.md)");
    let mut lines: Vec<&str> = summary.lines().collect();
    let last = lines.iter().rposition(|line| line.trim_start().starts_with("- [")).map_or(lines.len(), |at| at + 1);
    lines.insert(last, &line);
    lines.join("\n") + "\n"
}

fn title(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Begins a listing. Returns what was done and what comes next, line by line.
///
/// # Errors
/// When there is no such chapter, or there is such a listing; nothing is overwritten.
pub fn listing(root: &Path, id: &ListingId) -> Result<Vec<String>> {
    let package = root.join("listings").join(&id.chapter);
    if !package.join("Cargo.toml").exists() {
        bail!("there is no chapter `{}`; begin it with `cargo book new chapter {0}`", id.chapter);
    }
    let path = package.join("src/bin").join(format!("{}.rs", id.slug));
    if path.exists() {
        bail!("listing `{id}` exists already");
    }
    Ok(vec![
        write(root, &path, PROGRAM)?,
        format!("next: write it, `cargo book bless {id}`, then show it with"),
        format!("  {{{{#listing {id} \"what to notice\"}}}}"),
        format!("  {{{{#output {id}}}}}"),
    ])
}

fn write(root: &Path, path: &Path, text: &str) -> Result<String> {
    if let Some(parent) = path.parent() {
        fs_err::create_dir_all(parent)?;
    }
    fs_err::write(path, text)?;
    Ok(format!("new {}", path.strip_prefix(root).unwrap_or(path).display()))
}

const MANIFEST: &str = r#"[package]
name = "NAME"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
publish.workspace = true

[dependencies]
measure.workspace = true
"#;

const PROGRAM: &str = "//@ profiles: debug, release

fn main() {
    let byte = 0_u8;
    println!(\"a byte takes {} byte\", size_of_val(&byte));
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_chapter_stands_behind_the_last_numbered_one() {
        let before = "# Summary\n\n[Opening](README.md)\n\n- [Stack](stack/README.md)\n  - [More](stack/more.md)\n\n[Glossary](glossary.md)\n";
        let after = with_chapter(before, "Heap", "heap");
        assert!(after.contains("  - [More](stack/more.md)\n- [Heap](heap/README.md)\n\n[Glossary]"), "{after}");
    }
}
