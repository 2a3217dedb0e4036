//! What this software costs, side by side with what it is compared to: CPU seconds of whole processes.
//!
//! Each figure is the smallest of a few runs, the two sides taken in turn, so that a slow spell of the
//! machine hits both.

mod bare;

use crate::console::Console;
use crate::site;
use anyhow::{Result, bail};
use clap::Subcommand;
use model::record::{Kind, Record};
use runner::{Command, Limits, Outcome};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The name under which `cargo book measure` knows these figures.
pub const NAME: &str = "costs";

/// What is compared with: the same work without this software.
#[derive(Debug, Subcommand)]
pub enum Side {
    /// Write the book with all directives resolved, as plain Markdown, into a folder.
    Expand {
        /// The folder.
        to: PathBuf,
    },
    /// Build the book of the current folder with mdBook and nothing else.
    Plain,
    /// Compile and run listings by direct calls.
    Bare {
        /// Part of a name like `stack-limits/runaway`; all listings without it.
        #[arg(default_value = "")]
        filter: String,
    },
}

/// Does one side of a comparison.
///
/// # Errors
/// When the book cannot be built, or a listing not be compiled.
pub fn compared(root: &Path, side: &Side) -> Result<()> {
    match side {
        Side::Expand { to } => site::expand(root, to),
        Side::Plain => site::build_plain(root),
        Side::Bare { filter } => bare::run(root, filter),
    }
}

/// Runs of each side.
const ROUNDS: usize = 5;

/// Measures everything; takes a few minutes.
///
/// # Errors
/// When one of the compared commands fails.
pub fn measure(root: &Path, console: Console) -> Result<Vec<Record>> {
    let scratch = tempfile::tempdir()?;
    let copy = scratch.path().join("repository");
    clone(root, &copy)?;
    let mut records = Vec::new();
    console.tell("building this book");
    records.extend(building(&copy, "this book")?);
    console.tell("building a generated book of 600 KB");
    let generated = scratch.path().join("generated");
    generate(root, &generated)?;
    records.extend(building(&generated, "generated book of 600 KB")?);
    console.tell("testing the listings");
    records.extend(listings(&copy)?);
    console.tell("serving a change");
    records.push(serving(&copy)?);
    Ok(records)
}

fn record(series: &str, label: &str, x: f64, value: f64, unit: &str) -> Record {
    Record {
        series: series.into(),
        x: Some(x),
        label: Some(label.into()),
        value: (value * 1000.0).round() / 1000.0,
        unit: unit.into(),
        kind: Kind::Timed,
        stamp: None,
    }
}

fn succeed(command: Command) -> Result<Outcome> {
    let outcome = command.limits(Limits::tool()).run()?;
    if !outcome.exit.success() {
        bail!("a compared command {}:\n{}", outcome.exit, runner::text::printable(&outcome.stderr));
    }
    Ok(outcome)
}

fn ourselves() -> Result<Command> {
    Ok(Command::new(std::env::current_exe()?))
}

/// A fresh copy of what is committed or will be: the tracked files as they are now.
fn clone(root: &Path, copy: &Path) -> Result<()> {
    let files =
        succeed(Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]).cwd(root))?;
    for name in String::from_utf8_lossy(&files.output).lines() {
        let (from, to) = (root.join(name), copy.join(name));
        if from.is_file() {
            fs_err::create_dir_all(to.parent().unwrap_or(copy))?;
            fs_err::copy(from, to)?;
        }
    }
    Ok(())
}

/// Our build against plain mdBook on the text that our preprocessor makes.
fn building(root: &Path, label: &str) -> Result<Vec<Record>> {
    let plain = root.with_extension("plain");
    succeed(ourselves()?.args(["compared", "expand"]).arg(&plain).cwd(root))?;
    let (mut ours, mut theirs) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        ours = ours.min(succeed(ourselves()?.arg("build").cwd(root))?.cpu.as_secs_f64());
        theirs = theirs.min(succeed(ourselves()?.args(["compared", "plain"]).cwd(&plain))?.cpu.as_secs_f64());
    }
    let place = if label == "this book" { 0.0 } else { 2.0 };
    Ok(vec![
        record("build-seconds", &format!("{label}, ours"), place, ours, "CPU seconds"),
        record("build-seconds", &format!("{label}, plain mdBook"), place + 1.0, theirs, "CPU seconds"),
        record("build-ratio", label, place, ours / theirs, "ratio"),
    ])
}

/// A book with the same machinery and much more text: paragraphs with values, terms and fences.
fn generate(root: &Path, book: &Path) -> Result<()> {
    clone(root, book)?;
    let summary = fs_err::read_to_string(root.join("src/SUMMARY.md"))?;
    let page = fs_err::read_to_string(root.join("src/stack-limits/recursion.md"))?;
    let text = without_numbered(&page);
    let pages = 600_000 / text.len().max(1) + 1;
    let mut lines = String::from("# Generated\n\n");
    for number in 0..pages {
        let name = format!("generated-{number}.md");
        fs_err::write(book.join("src/stack-limits").join(&name), &text)?;
        lines.push_str(&format!("- [Generated {number}](stack-limits/{name})\n"));
    }
    let Some((numbered, appendices)) = summary.split_once("\n---\n") else {
        bail!("src/SUMMARY.md has no line `---` before the appendices");
    };
    fs_err::write(book.join("src/SUMMARY.md"), format!("{numbered}\n{lines}\n---\n{appendices}"))?;
    Ok(())
}

/// A page without what may be shown only once.
fn without_numbered(page: &str) -> String {
    let source = crate::faults::Source::new("page.md", page);
    let (mut out, mut from) = (String::new(), 0);
    for directive in crate::directive::find(&source).0 {
        out.push_str(&page[from..directive.span.start]);
        if !["listing", "figure", "chart", "widget", "quiz", "define"].contains(&directive.name.as_str()) {
            out.push_str(&page[directive.span.clone()]);
        }
        from = directive.span.end;
    }
    out + &page[from..]
}

/// Testing all listings, cold, against the compiler calls and runs that they need; then again, unchanged.
fn listings(root: &Path) -> Result<Vec<Record>> {
    let bare = succeed(ourselves()?.args(["compared", "bare"]).cwd(root))?;
    let bare_seconds = bare.cpu.as_secs_f64();
    let cold = succeed(ourselves()?.args(["test", "--all"]).cwd(root))?;
    let unchanged = succeed(ourselves()?.arg("test").cwd(root))?;
    let listing = root.join("listings/stack-limits/src/bin/runaway.rs");
    let text = fs_err::read_to_string(&listing)?;
    fs_err::write(&listing, text + "// changed\n")?;
    let changed = succeed(ourselves()?.arg("test").cwd(root))?;
    let cold_seconds = cold.cpu.as_secs_f64();
    Ok(vec![
        record("test-seconds", "all listings, cold, our engine", 0.0, cold_seconds, "CPU seconds"),
        record("test-seconds", "all listings, bare compiler calls and runs", 1.0, bare_seconds, "CPU seconds"),
        record("test-ratio", "cold", 0.0, cold_seconds / bare_seconds, "ratio"),
        record("retest-seconds", "nothing changed", 0.0, unchanged.wall.as_secs_f64(), "seconds"),
        record("retest-seconds", "one listing changed", 1.0, changed.wall.as_secs_f64(), "seconds"),
    ])
}

/// From writing a page to seeing the change over HTTP.
fn serving(root: &Path) -> Result<Record> {
    let server = ourselves()?.args(["serve", "--port", "0"]).cwd(root).limits(Limits::tool()).start()?;
    let address = wait_for(|| {
        let text = String::from_utf8_lossy(&server.output_so_far()).into_owned();
        text.split("http://").nth(1).and_then(|rest| rest.split('/').next()).map(str::to_owned)
    })?;
    let page: PathBuf = root.join("src/stack-limits/how-deep.md");
    let text = fs_err::read_to_string(&page)?;
    let mut best = f64::INFINITY;
    for round in 0..ROUNDS {
        let word = format!("Edited{round}");
        let begun = Instant::now();
        fs_err::write(&page, format!("{text}\n{word}\n"))?;
        wait_for(|| get(&address, "/stack-limits/how-deep.html").ok().filter(|page| page.contains(&word)))?;
        best = best.min(begun.elapsed().as_secs_f64());
    }
    server.cancel();
    Ok(record("serve-seconds", "from saving a page to seeing it", 0.0, best, "seconds"))
}

fn get(address: &str, path: &str) -> std::io::Result<String> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn wait_for<T>(mut ready: impl FnMut() -> Option<T>) -> Result<T> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        if let Some(found) = ready() {
            return Ok(found);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    bail!("nothing happened for a minute")
}
