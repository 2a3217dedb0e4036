//! One listing against what is recorded of it.

use super::build::{self, Built};
use super::{Engine, Gap, Verdict, asm, diff, run};
use crate::library::golden::{Part, SHARED_OUTPUT};
use crate::library::listing::{Language, Listing};
use anyhow::{Result, bail};
use model::header::Profile;
use model::varying;
use std::path::PathBuf;

/// A golden that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blessed {
    /// The file, relative to the root.
    pub path: PathBuf,
    /// Its text before, `None` for a new one.
    pub before: Option<String>,
    /// Its text now.
    pub after: String,
}

/// What a listing was seen to do: the text of each part, with what varies marked.
type Seen = Vec<(Part, String)>;

/// Runs a listing and compares; on a machine where goldens do not hold, only runs it.
pub fn listing(engine: &Engine, listing: &Listing, gap: Option<&Gap>) -> Verdict {
    if let Some(Gap::Missing(reason)) = gap {
        return Verdict::Gap(reason.clone());
    }
    match (see(engine, listing), gap) {
        (_, Some(gap)) => Verdict::Gap(gap.reason().to_owned()),
        (Err(error), None) => Verdict::Failed(format!("{}: {error:#}", listing.source.path.display())),
        (Ok(seen), None) => compare(listing, &seen),
    }
}

/// Builds and runs every part of a listing.
fn see(engine: &Engine, listing: &Listing) -> Result<Seen> {
    let mut seen = Vec::new();
    for part in listing.parts() {
        let text = match part {
            Part::Output(profile) => output(engine, listing, profile)?,
            Part::Error => compile_error(engine, listing)?,
            Part::Asm => asm::of_function(
                &engine.toolchain,
                &engine.root,
                listing,
                listing.header.asm.as_deref().unwrap_or_default(),
            )?,
        };
        seen.push((part, text));
    }
    Ok(seen)
}

fn output(engine: &Engine, listing: &Listing, profile: Profile) -> Result<String> {
    let outcome = if listing.language == Language::Rust {
        let built =
            engine.builds.get(&(listing.id.chapter.clone(), profile)).and_then(|builds| builds.get(&listing.id.slug));
        let Some(built) = built else { bail!("it was not built") };
        lints(listing, built)?;
        run::program(&engine.root, listing, built)?
    } else {
        run::other(&engine.root, listing, &engine.target.join("other"))?
    };
    let printed = text(&outcome.output);
    let expected = listing.header.ending(profile);
    if run::ending(outcome.exit).as_ref() != Some(expected) {
        let words = expected.sentence().unwrap_or_else(|| "The program ended well.".into());
        bail!("the {profile} build {}, but its header says: {words} It printed:\n{}", outcome.exit, indent(&printed));
    }
    if outcome.dropped > 0 {
        bail!("the {profile} build printed {} bytes more than are kept", outcome.dropped);
    }
    let (marked, strays) = varying::mark(&printed, &listing.header.varies);
    if let Some(stray) = strays.first() {
        bail!(
            "`{}` is {}, outside the range that its header gives. It printed:\n{}",
            stray.name,
            stray.text,
            indent(&printed)
        );
    }
    Ok(marked)
}

fn text(bytes: &[u8]) -> String {
    let text = runner::text::printable(bytes);
    if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" }
}

fn lints(listing: &Listing, built: &Built) -> Result<()> {
    for wanted in &listing.header.warns {
        if !built.codes.contains(wanted) {
            bail!("its header says that the compiler warns of `{wanted}`, which it does not:\n{}", built.messages);
        }
    }
    if let Some(code) = built.codes.iter().find(|code| !listing.header.warns.contains(code))
        && built.executable.is_some()
    {
        bail!("the compiler warns of `{code}`; mend it, or add `warns: {code}` to the header:\n{}", built.messages);
    }
    Ok(())
}

fn compile_error(engine: &Engine, listing: &Listing) -> Result<String> {
    let (errors, text) = build::must_fail(&engine.toolchain, &engine.root, listing)?;
    let found: Vec<(usize, String)> = errors.into_iter().map(|error| (error.line, error.code)).collect();
    if found != listing.errors {
        let list = |errors: &[(usize, String)]| {
            let all: Vec<String> = errors.iter().map(|(line, code)| format!("{code} on line {line}")).collect();
            if all.is_empty() { "no error".to_owned() } else { all.join(", ") }
        };
        bail!(
            "the compiler reports {}, but the listing says {}:\n{}",
            list(&found),
            list(&listing.errors),
            indent(&text)
        );
    }
    Ok(without_marks(&text))
}

/// Removes our marks from the source lines that the compiler quotes.
fn without_marks(text: &str) -> String {
    text.lines().map(|line| line.split(" //~ ").next().unwrap_or(line).to_owned() + "\n").collect()
}

fn compare(listing: &Listing, seen: &Seen) -> Verdict {
    let mut wrong = Vec::new();
    for (part, text) in seen {
        let Some(golden) = listing.goldens.get(*part) else {
            wrong.push(format!("its {} was never recorded; run `cargo book bless {}`", part.words(), listing.id));
            continue;
        };
        if varying::skeleton(&golden.text) != varying::skeleton(text) {
            let difference = diff::unified(&varying::skeleton(&golden.text), &varying::skeleton(text));
            wrong.push(format!(
                "{}: its {} is not what is recorded (- recorded, + now):\n{difference}\n  if the new one is right, run `cargo book bless {}`",
                golden.path.display(),
                part.words(),
                listing.id
            ));
        }
    }
    if wrong.is_empty() { Verdict::Passed } else { Verdict::Failed(wrong.join("\n")) }
}

/// The beginning of a text for a message: a flood must not become a flood of messages.
fn indent(text: &str) -> String {
    let line = |line: &str| format!("    {}\n", line.chars().take(160).collect::<String>());
    text.lines().take(40).map(line).collect::<String>().trim_end().to_owned()
}

/// Runs a listing and writes what it printed, except where only what varies differs.
pub fn bless(engine: &Engine, listing: &Listing) -> Result<Vec<Blessed>> {
    let seen = see(engine, listing)?;
    let mut written = Vec::new();
    for (name, text) in files(listing, &seen) {
        let path = PathBuf::from(listing.golden_path(&name));
        let before = listing.goldens.all().find(|(found, _)| *found == name).map(|(_, golden)| golden.text.to_string());
        if before.as_deref().is_some_and(|before| varying::skeleton(before) == varying::skeleton(&text)) {
            continue;
        }
        let full = engine.root.join(&path);
        fs_err::create_dir_all(full.parent().unwrap_or(&engine.root))?;
        fs_err::write(&full, &text)?;
        written.push(Blessed { path, before, after: text });
    }
    for (name, golden) in listing.goldens.all() {
        if !files(listing, &seen).iter().any(|(wanted, _)| wanted == name) {
            fs_err::remove_file(engine.root.join(&*golden.path))?;
        }
    }
    Ok(written)
}

/// The goldens that a listing needs: one file where both builds print the same.
fn files(listing: &Listing, seen: &Seen) -> Vec<(String, String)> {
    let outputs: Vec<&(Part, String)> = seen.iter().filter(|(part, _)| matches!(part, Part::Output(_))).collect();
    let same = outputs.windows(2).all(|pair| varying::skeleton(&pair[0].1) == varying::skeleton(&pair[1].1))
        && listing.header.ends[0] == listing.header.ends[1];
    let mut files = Vec::new();
    for (part, text) in seen {
        match part {
            Part::Output(_) if same => {
                if files.iter().all(|(name, _)| name != SHARED_OUTPUT) {
                    files.push((SHARED_OUTPUT.to_owned(), text.clone()));
                }
            }
            part => files.push((part.file_name(), text.clone())),
        }
    }
    files
}
