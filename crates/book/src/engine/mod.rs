//! The listing engine: every listing is built, run, and compared with what it is known to do.
//!
//! A [`Check`] is one listing. Checks are prepared together, so that one cargo call builds all programs
//! of a chapter, and then verified one by one. An [`Engine`] never prints.

pub mod asm;
mod build;
mod diff;
mod run;
mod store;
mod toolchain;
mod verify;

pub use verify::Blessed;

use crate::library::listing::{Kind, Language, Listing};
use crate::library::{Library, golden};
use anyhow::Result;
use build::Builds;
use model::header::{Profile, Tool, Version};
use model::id::ListingId;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{Ground, Store};
use toolchain::Toolchain;

/// Whether verdicts of earlier runs count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// What did not change is not run again.
    Unchanged,
    /// Everything is run.
    Nothing,
}

/// What became of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does what is recorded.
    Passed,
    /// It passed in an earlier run, and nothing it depends on has changed.
    Unchanged,
    /// It does something else; the text says what.
    Failed(String),
    /// It could not be compared on this machine; the text says what is missing.
    Gap(String),
}

/// A listing and what must be known before it is verified.
#[derive(Debug)]
pub struct Check {
    /// Its name.
    pub id: ListingId,
    key: String,
    gap: Option<Gap>,
    unchanged: bool,
}

impl Check {
    /// Whether the listing needs a tool that may be missing: it is not written in Rust.
    pub fn needs_tool(&self, library: &Library) -> bool {
        library.listings[&self.id].language != Language::Rust
    }

    /// Why what it prints cannot be compared on this machine, and what to install if that helps.
    pub fn gap(&self) -> Option<&Gap> {
        self.gap.as_ref()
    }
}

/// Why a listing cannot be tested in full on this machine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// A tool that it needs is not installed; it cannot be run.
    Missing(String),
    /// It can be run, but was recorded with other versions.
    Foreign(String),
}

impl Gap {
    /// The reason, for a person.
    pub fn reason(&self) -> &str {
        match self {
            Self::Missing(reason) | Self::Foreign(reason) => reason,
        }
    }
}

/// The engine, and what it has built so far.
#[derive(Debug)]
pub struct Engine {
    root: PathBuf,
    target: PathBuf,
    toolchain: Toolchain,
    store: Store,
    ground: Ground,
    builds: BTreeMap<(String, Profile), Builds>,
}

impl Engine {
    /// An engine for the repository at `root`.
    ///
    /// # Errors
    /// When the compiler cannot be found.
    pub fn open(root: &Path, library: &Library) -> Result<Self> {
        let toolchain = Toolchain::find(root)?;
        let target = target_folder(root);
        let chapters: BTreeSet<String> = library.listings.keys().map(|id| id.chapter.clone()).collect();
        let ground = Ground::read(root, &toolchain.version, chapters.into_iter())?;
        Ok(Self {
            root: root.to_owned(),
            store: Store::of(&target),
            target,
            toolchain,
            ground,
            builds: BTreeMap::new(),
        })
    }

    /// Why outputs are shown but not compared on this machine.
    pub fn foreign(&self) -> Option<&str> {
        self.toolchain.foreign.as_deref()
    }

    /// One check for every listing, in order of name.
    pub fn checks(&self, library: &Library, reuse: Reuse) -> Vec<Check> {
        let mut versions = BTreeMap::new();
        library.listings.values().map(|listing| self.check(listing, reuse, &mut versions)).collect()
    }

    fn check(&self, listing: &Listing, reuse: Reuse, versions: &mut Versions) -> Check {
        let (mut known, mut gap) = (String::new(), None);
        for tool in &listing.header.tools {
            match versions.entry(tool.name.clone()).or_insert_with(|| ask_version(&tool.name)) {
                Err(reason) => gap = Some(Gap::Missing(reason.clone())),
                Ok((text, version)) => {
                    known.push_str(text);
                    gap = gap.or_else(|| outside(tool, version));
                }
            }
        }
        let gap = gap.or_else(|| self.toolchain.foreign.clone().map(Gap::Foreign));
        let key = self.ground.key(listing, &known);
        let unchanged = reuse == Reuse::Unchanged && gap.is_none() && self.store.holds(listing, &key);
        Check { id: listing.id.clone(), key, gap, unchanged }
    }

    /// Builds everything that the given checks will need and that did not change.
    ///
    /// # Errors
    /// When cargo itself fails.
    pub fn prepare<'a>(&mut self, library: &Library, checks: impl Iterator<Item = &'a Check>) -> Result<()> {
        let mut wanted: BTreeMap<(String, Profile), Vec<&str>> = BTreeMap::new();
        for check in checks.filter(|check| !check.unchanged) {
            let listing = &library.listings[&check.id];
            if listing.language == Language::Rust && listing.kind == Kind::Program {
                for &profile in listing.profiles() {
                    wanted.entry((check.id.chapter.clone(), profile)).or_default().push(&listing.id.slug);
                }
            }
        }
        for ((chapter, profile), slugs) in wanted {
            let builds = build::programs(&self.root, &self.target, &chapter, &slugs, profile)?;
            self.builds.entry((chapter, profile)).or_default().extend(builds);
        }
        Ok(())
    }

    /// Verifies one listing that was prepared.
    pub fn verify(&self, library: &Library, check: &Check) -> Verdict {
        if check.unchanged {
            return Verdict::Unchanged;
        }
        let listing = &library.listings[&check.id];
        let verdict = verify::listing(self, listing, check.gap.as_ref());
        if verdict == Verdict::Passed {
            self.store.remember(listing, &check.key);
        }
        verdict
    }

    /// Runs a program under the limits of its listing and compares nothing.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run_bare(&self, listing: &Listing, program: &Path) -> Result<()> {
        let built = build::Built { executable: Some(program.to_owned()), ..build::Built::default() };
        run::program(&self.root, listing, &built).map(drop)
    }

    /// Makes everything else that a listing needs, and compares nothing: other languages, errors, assembly.
    ///
    /// # Errors
    /// When a tool cannot be started.
    pub fn rest_bare(&self, listing: &Listing, scratch: &Path) -> Result<()> {
        for part in listing.parts() {
            match part {
                golden::Part::Output(_) if listing.language != Language::Rust => {
                    run::other(&self.root, listing, scratch)?;
                }
                golden::Part::Output(_) => {}
                golden::Part::Error => {
                    build::must_fail(&self.toolchain, &self.root, listing)?;
                }
                golden::Part::Asm => {
                    let function = listing.header.asm.as_deref().unwrap_or_default();
                    asm::of_function(&self.toolchain, &self.root, listing, function)?;
                }
            }
        }
        Ok(())
    }

    /// Records what a listing that was prepared prints now.
    ///
    /// # Errors
    /// When it does not end as its header says, or cannot be run: nothing is written then.
    pub fn bless(&self, library: &Library, check: &Check) -> Result<Vec<Blessed>> {
        verify::bless(self, &library.listings[&check.id])
    }
}

/// Where listings are built: beside the other artifacts, but apart from them, so that building listings
/// neither waits for nor invalidates the build of the software.
fn target_folder(root: &Path) -> PathBuf {
    root.join("target").join("listings")
}

/// What each tool says of its version, or why it cannot be asked.
type Versions = BTreeMap<String, Result<(String, Version), String>>;

fn outside(tool: &Tool, version: &Version) -> Option<Gap> {
    let (from, to) = &tool.versions;
    let inside = from <= version && version < to;
    let reason = || format!("its output is recorded for {} {from} up to {to}, this is {version}", tool.name);
    (!inside).then(|| Gap::Foreign(reason()))
}

fn ask_version(tool: &str) -> Result<(String, Version), String> {
    let arguments: &[&str] = match tool {
        "go" => &["version"],
        _ => &["--version"],
    };
    match runner::tool::version(tool, arguments) {
        Ok(version) => Ok((version.text, Version(version.numbers))),
        Err(error) => Err(error.to_string()),
    }
}
