//! `cargo book trace`: the memory of listings, recorded line by line, and of a reader's own program.
//!
//! A listing that is recorded is compiled alone, by a direct call of the compiler, because the repository's
//! profile leaves out most of the debug information. So it may use the standard library only.

use crate::console::Console;
use crate::engine::Verdict;
use crate::faults::{Fault, Faults, Source};
use crate::library::Library;
use crate::library::listing::{Kind, Language, Listing};
use crate::library::narration::Narration;
use crate::stepper::{self, alone};
use anyhow::{Context, Result, bail};
use model::id::ListingId;
use model::recording::Recording;
use runner::Limits;
use std::path::{Path, PathBuf};
use std::time::Duration;
use trace::{Run, TraceError};

/// A recorder stops at every line, and needs more time than the program alone.
const SLOWER: f64 = 6.0;

/// Records the listings whose name contains `filter`; `false` when one could not be recorded.
///
/// # Errors
/// When no listing of that name asks for it, or a file cannot be written.
pub fn run(root: &Path, library: &Library, filter: Option<&str>, console: Console) -> Result<bool> {
    let is_wanted = |listing: &&Listing| filter.is_none_or(|filter| listing.id.to_string().contains(filter));
    let listings: Vec<&Listing> =
        library.listings.values().filter(|listing| listing.header.trace).filter(is_wanted).collect();
    if listings.is_empty() {
        let named = filter.map(|filter| format!(" with `{filter}` in its name")).unwrap_or_default();
        bail!("no listing{named} asks to be recorded; add `//@ trace` to its header, or give the path of a .rs file");
    }
    let mut is_good = true;
    for listing in listings {
        match record(root, listing) {
            Ok(recording) => console.say(&write(&root.join(listing.trace_path()), &recording)?),
            Err(error) => {
                is_good = false;
                console.say(&format!("{} not recorded: {error:#}\n", listing.id));
            }
        }
    }
    Ok(is_good)
}

/// Compiles and records a program of the reader's, and writes beside it the recording and a page that shows it.
///
/// # Errors
/// When it does not compile or cannot be recorded, its remarks and questions do not fit, or a file cannot be written.
pub fn own(source: &Path, console: Console) -> Result<()> {
    if !source.is_file() {
        bail!("there is no file {}", source.display());
    }
    let folder = tempfile::tempdir()?;
    let compiled = trace::compile(source, folder.path())?;
    let recording = Run { mir: Some(&compiled.mir), ..Run::new(&compiled.program, source) }.record()?;
    console.say(&write(&source.with_extension("trace.json"), &recording)?);
    let page = source.with_extension("trace.html");
    fs_err::write(&page, own_page(source, &recording)?)?;
    console.say(&format!("written {}: open it in a browser", page.display()));
    Ok(())
}

/// The reader's program is read as a listing is, so that it may have remarks and questions, too.
fn own_page(source: &Path, recording: &Recording) -> Result<String> {
    let text = Source::new(source, fs_err::read_to_string(source)?);
    let (mut listing, _) = Listing::parse(ListingId::new("own", "program"), text, Language::Rust, Kind::Program);
    // Recording is what was asked for; a file of one's own need not say so.
    let mut faults = Vec::new();
    listing.narration = Narration::read(&listing.source, "//", true, &mut faults);
    let view = stepper::view(&listing, recording).map_err(|wrong| {
        let faults = wrong.into_iter().map(|wrong| Fault::at_line(&listing.source, wrong.line, wrong.message));
        all(faults.collect())
    })?;
    if !faults.is_empty() {
        return Err(all(faults).into());
    }
    Ok(alone::page(&recording.file, &view, &recording.compiler))
}

fn all(found: Vec<Fault>) -> Faults {
    let mut faults = Faults::default();
    faults.extend(found);
    faults
}

/// Records a listing.
///
/// # Errors
/// When it does not compile, or cannot be recorded: a [`TraceError`], which may be a gap of this machine.
pub fn record(root: &Path, listing: &Listing) -> Result<Recording> {
    let source = root.join(&*listing.source.path);
    let (header, base) = (&listing.header, Limits::listing());
    let folder = tempfile::tempdir()?;
    let compiled = trace::compile(&source, folder.path())
        .context("a recorded listing is compiled alone, and may use the standard library only")?;
    let limits = Limits {
        wall: Duration::from_secs_f64(header.timeout * SLOWER),
        stack: header.stack.unwrap_or(base.stack),
        address_space: header.memory.or(base.address_space),
        ..base
    };
    let place = root.join("listings").join(&listing.id.chapter);
    let run = Run {
        mir: Some(&compiled.mir),
        args: &header.args,
        env: &header.env,
        folder: Some(&place),
        limits,
        ..Run::new(&compiled.program, &source)
    };
    Ok(run.record()?)
}

/// Records a listing again, and compares with what is kept. `foreign` tells why nothing can be compared here.
pub fn compare(root: &Path, listing: &Listing, foreign: Option<&str>) -> Verdict {
    if let Some(reason) = foreign {
        return Verdict::Gap(reason.to_owned());
    }
    let path = listing.trace_path();
    let Ok(kept) = fs_err::read_to_string(root.join(&path)) else {
        return Verdict::Failed(format!("there is no {path}; run `cargo book trace {}`", listing.id));
    };
    match record(root, listing) {
        Ok(recording) => difference(&kept, &recording.to_json(), listing),
        Err(error) => match error.downcast_ref::<TraceError>() {
            Some(gap) if gap.is_gap() => Verdict::Gap(gap.to_string()),
            _ => Verdict::Failed(format!("{error:#}")),
        },
    }
}

/// The first line that differs: each is a step.
fn difference(kept: &str, now: &str, listing: &Listing) -> Verdict {
    if kept == now {
        return Verdict::Passed;
    }
    let (mut old, mut new) = (kept.lines(), now.lines());
    let place = old.by_ref().zip(new.by_ref()).position(|(old, new)| old != new);
    let place = place.map_or_else(|| "at its end".to_owned(), |line| format!("at line {}", line + 1));
    Verdict::Failed(format!(
        "the recording differs from {} {place}; look at it, and if it is right, run `cargo book trace {}`",
        listing.trace_path(),
        listing.id
    ))
}

/// Writes a recording, and says so with its size.
fn write(path: &Path, recording: &Recording) -> Result<String> {
    let text = recording.to_json();
    let before = fs_err::read_to_string(path).ok();
    let verb = match &before {
        Some(before) if *before == text => "unchanged",
        Some(_) => "changed",
        None => "new",
    };
    if verb != "unchanged" {
        fs_err::create_dir_all(path.parent().map_or_else(PathBuf::new, Path::to_owned))?;
        fs_err::write(path, &text)?;
    }
    Ok(format!("{verb} {} ({} steps, {} bytes)", path.display(), recording.steps.len(), text.len()))
}
