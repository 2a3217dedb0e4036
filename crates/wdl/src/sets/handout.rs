//! The handout of a set: what its students receive, and the proof that nothing else is in it.

use anyhow::{Result, bail};
use fs_err as fs;
use grader::fault::{Fault, Faults};
use grader::output::Book;
use grader::set::SetFolder;
use grader::variant;
use model::variant::{FILE, Variants};
use runner::Command;
use std::path::Path;

use super::assignment;
use super::draft::starter_of;
use super::leak::Secrets;
use super::place;
use super::workspace::{Delivered, Files, workspace};
use crate::course::Course;
use crate::entry::TESTS;
use crate::manifest::Manifest;

/// What the first lines of the workspace's README say in a handout.
const FIRST: &str = "[ASSIGNMENT.md](ASSIGNMENT.md) says what is to be done here, and until when.";

const VENDORED: &str = "# The crates that the exercises may use lie in the folder `vendor`: no network is needed.
[source.crates-io]
replace-with = \"vendored\"

[source.vendored]
directory = \"vendor\"

[net]
offline = true
";

const VENDOR: &str = "# Crates from elsewhere

The sources of all crates that `Cargo.lock` names and that are not in this workspace, as `cargo vendor` wrote them.
";

/// All files of a handout.
///
/// # Errors
/// When one cannot be read or made.
pub fn files(set: &SetFolder, book: &Book, vendored: bool) -> Result<Files> {
    let mut exercises = Vec::new();
    for (task, written) in set.tasks.iter().zip(&set.file.exercise) {
        let mut delivered = Delivered::read(&task.folder, &task.exercise, starter_of(task)?)?;
        delivered.set_points(&written.points)?;
        exercises.push(delivered);
    }
    let mut files = workspace(&set.places.exercises, &exercises)?;
    files.insert(assignment::FILE.to_owned(), assignment::page(set, &exercises, book).into_bytes());
    if let Some(readme) = files.get_mut("README.md") {
        let text = String::from_utf8_lossy(readme);
        let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
        *readme = format!("{title}\n\n{FIRST}\n{rest}").into_bytes();
    }
    if vendored { with_vendor(files) } else { Ok(files) }
}

/// Adds the sources of the crates that the lock file names.
fn with_vendor(mut files: Files) -> Result<Files> {
    let work = tempfile::tempdir()?;
    place::write(work.path(), &files)?;
    let cargo = Command::new("cargo").args(["vendor", "--quiet", "--locked", "--versioned-dirs", "vendor"]);
    let outcome = cargo.cwd(work.path()).pass(runner::NETWORK).run()?;
    if !outcome.exit.success() {
        bail!("`cargo vendor` {}:\n{}", outcome.exit, runner::text::printable(&outcome.stderr));
    }
    let vendor = work.path().join("vendor");
    if vendor.is_dir() {
        files.extend(place::read(&vendor)?.into_iter().map(|(name, bytes)| (format!("vendor/{name}"), bytes)));
    }
    files.insert("vendor/README.md".to_owned(), VENDOR.into());
    files.insert(".cargo/config.toml".to_owned(), VENDORED.into());
    Ok(files)
}

/// Looks through a handout for whatever is not the students': any part of the suites, the secret, a line of the class
/// list, the reason of an extension. Gives the number of files that were compared with it.
///
/// # Errors
/// Every leak, with its place in the handout.
pub fn prove(set: &SetFolder, files: &Files) -> Result<usize> {
    let mut secrets = Secrets::default();
    let mut hidden = 0;
    for task in &set.tasks {
        for (name, bytes) in place::read(&task.secret)? {
            let (file, text) = (format!("{}/{name}", task.name), String::from_utf8_lossy(&bytes));
            match variant::read(task)?.filter(|_| name == FILE) {
                Some(variants) => hide_variants(&mut secrets, &file, &text, &variants),
                None => secrets.hide(&file, &text),
            }
            hidden += 1;
        }
        // Without its marks, too: a body of one line has other neighbors then.
        secrets.hide(&format!("{}/solution.rs", task.name), &task.solution);
        secrets.excuse(&starter_of(task)?);
    }
    excuse_delivered(set, &mut secrets)?;
    hide_words(set, &mut secrets);
    let leaks = secrets.leaks(files);
    if leaks.is_empty() {
        return Ok(hidden);
    }
    let told = leaks.iter().map(|leak| Fault::on(&leak.file, leak.line, format!("it shows {}", leak.shows)));
    Err(Faults(told.collect()).into())
}

/// Variants change what students see, too: of these texts, one or the other is theirs.
fn hide_variants(secrets: &mut Secrets, file: &str, text: &str, variants: &Variants) {
    secrets.hide_whole(file, text);
    for change in variants.choice.iter().flat_map(|choice| &choice.option).flat_map(|option| &option.replace) {
        if variant::is_hidden(&change.file) {
            secrets.hide(file, &change.from);
            secrets.hide(file, &change.to);
        }
    }
}

/// The visible tests as the course wrote them down are known already; those that lie in the folder are not excused.
fn excuse_delivered(set: &SetFolder, secrets: &mut Secrets) -> Result<()> {
    let course = Course::load(set.places.exercises.clone())?;
    let Some(manifest) = Manifest::load(&course)? else { return Ok(()) };
    for files in set.tasks.iter().filter_map(|task| manifest.exercises.get(&task.exercise.id)) {
        files.get(TESTS).into_iter().for_each(|tests| secrets.excuse(&tests.text));
    }
    Ok(())
}

fn hide_words(set: &SetFolder, secrets: &mut Secrets) {
    let mut hide = |path: &Path, called: &str, from: usize| {
        for line in fs::read_to_string(path).unwrap_or_default().lines().skip(from) {
            secrets.hide_word(line, called);
        }
    };
    hide(&set.secret(), "the secret of the set", 0);
    hide(&set.students(), "a line of the class list", 1);
    for promise in set.file.extension.values() {
        secrets.hide_word(promise.reason.as_deref().unwrap_or_default(), "the reason of an extension");
    }
}
