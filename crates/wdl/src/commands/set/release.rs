//! `wdl set release`: what students receive.

use anyhow::Result;
use clap::Args;
use grader::output::Book;
use grader::set::SetFolder;
use std::path::{Path, PathBuf};

use crate::Usage;
use crate::cli::Exit;
use crate::commands::jail::places;
use crate::console::Console;
use crate::course::Course;
use crate::place::shown;
use crate::sets::forms::{self, Form};
use crate::sets::{handout, place};

/// Which set, and in which form.
#[derive(Debug, Args)]
pub struct Options {
    /// The set: its folder, or its file.
    set: PathBuf,
    /// Where to: a folder that does not exist yet, or an archive.
    #[arg(long, short = 'o', value_name = "HANDOUT")]
    out: PathBuf,
    /// The form [default: zip for a name that ends in .zip, or else folder].
    #[arg(long)]
    form: Option<Form>,
    /// With the sources of the crates that exercises may use, so that no network is needed.
    #[arg(long)]
    vendored: bool,
    /// The address of the built book, to link its pages.
    #[arg(long, value_name = "URL")]
    book: Option<String>,
}

/// Makes the handout.
///
/// # Errors
/// Everything that is wrong with the set, every leak, and when it cannot be written.
pub fn run(options: &Options, console: Console) -> Result<Exit> {
    let course = Course::find()?;
    let set = SetFolder::load(&options.set, &places(&course)?)?;
    place::must_be_free(&options.out)?;
    must_lie_apart(&options.out, set.folder(), "the set's own folder")?;
    must_lie_apart(&options.out, &course.folder, "the exercises of the course")?;
    let book = match &options.book {
        Some(address) => Book::at(address).map_err(|error| Usage(format!("{error:#}")))?,
        None => Book::default(),
    };
    let files = handout::files(&set, &book, options.vendored)?;
    let hidden = handout::prove(&set, &files)?;
    let is_archive = options.out.extension().is_some_and(|extension| extension == "zip");
    let form = options.form.unwrap_or(if is_archive { Form::Zip } else { Form::Folder });
    forms::write(&options.out, &files, form, &set.set.id, set.set.due.as_ref())?;
    let number = set.tasks.len();
    console.say(&format!(
        "{} holds {} files for {number} {}, and nothing of {hidden} hidden files",
        shown(&options.out),
        files.len(),
        if number == 1 { "exercise" } else { "exercises" }
    ));
    Ok(Exit::Passed)
}

/// A handout among hidden files would soon be handed out with them.
fn must_lie_apart(out: &Path, folder: &Path, called: &str) -> Result<()> {
    // What does not exist has no links to follow; what lies above it may.
    let whole = std::path::absolute(out)?;
    let there = whole.ancestors().find(|path| path.exists()).unwrap_or(&whole);
    let resolved = there.canonicalize()?.join(whole.strip_prefix(there).unwrap_or(Path::new("")));
    if resolved.starts_with(folder.canonicalize()?) {
        let text = format!("{} lies in {called}; a handout has a place of its own", shown(out));
        return Err(Usage(text).into());
    }
    Ok(())
}
