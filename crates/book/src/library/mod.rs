//! Everything that the text may refer to, read once from the four trees of the repository.
//!
//! The library knows nothing of mdBook and starts no process. Mistakes in the files that it reads are
//! collected in [`Library::faults`]; what could be read is there all the same, so that one broken file
//! does not hide the others' mistakes.

pub mod data;
pub mod excerpt;
pub mod exercise;
pub mod golden;
pub mod listing;
pub mod narration;
mod walk;

use crate::faults::{Fault, Faults, Source};
use data::Records;
use golden::Part;
use listing::{Kind, Language, Listing};
use model::chart::ChartSpec;
use model::evidence::Evidence;
use model::figure::FigureSpec;
use model::id::ListingId;
use model::mutation::SuiteResults;
use model::quiz::Quiz;
use model::reference::{Glossary, Sources};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A TOML file and what it says.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// The file.
    pub source: Source,
    /// Its contents.
    pub data: T,
}

/// All there is to refer to.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The root of the repository.
    pub root: PathBuf,
    /// Listings by name.
    pub listings: BTreeMap<ListingId, Listing>,
    /// The crates that listings of a chapter may use, besides the standard library.
    pub crates: BTreeMap<String, Vec<String>>,
    /// Measurements by chapter.
    pub records: Records,
    /// Charts by chapter and name.
    pub charts: BTreeMap<String, Parsed<BTreeMap<String, ChartSpec>>>,
    /// Figures by chapter and name.
    pub figures: BTreeMap<String, Parsed<BTreeMap<String, FigureSpec>>>,
    /// Questions by chapter.
    pub quizzes: BTreeMap<String, Parsed<Quiz>>,
    /// Exercises by `chapter/name`.
    pub exercises: BTreeMap<String, exercise::Task>,
    /// How good the suites of the exercises are.
    pub suites: SuiteResults,
    /// The terms of the glossary.
    pub glossary: Option<Parsed<Glossary>>,
    /// What the book cites.
    pub sources: Option<Parsed<Sources>>,
    /// The ledger.
    pub evidence: Option<Parsed<Evidence>>,
    /// What is wrong in these files.
    pub faults: Faults,
}

impl Library {
    /// Reads the repository at `root`.
    ///
    /// # Errors
    /// Only when a folder cannot be listed; mistakes in files are in [`Library::faults`].
    pub fn load(root: &Path) -> std::io::Result<Self> {
        let mut library = Self { root: root.to_owned(), ..Self::default() };
        for chapter in walk::folders(&root.join("listings"))? {
            library.load_listings(&chapter)?;
        }
        library.refuse_double_slugs();
        for file in walk::files(&root.join("data"), "jsonl")? {
            let source = library.read(&file);
            library.records.read(&source, &mut library.faults);
        }
        for chapter in walk::folders(&root.join("src"))? {
            let file = |name: &str| root.join("src").join(&chapter).join(name);
            let (charts, figures, quiz) = (file("charts.toml"), file("figures.toml"), file("quiz.toml"));
            let (charts, figures, quiz) = (library.toml(&charts), library.toml(&figures), library.toml(&quiz));
            library.charts.extend(charts.map(|parsed| (chapter.clone(), parsed)));
            library.figures.extend(figures.map(|parsed| (chapter.clone(), parsed)));
            library.quizzes.extend(quiz.map(|parsed| (chapter, parsed)));
        }
        library.load_exercises()?;
        library.load_suite_results();
        library.glossary = library.toml(&root.join("data/glossary.toml"));
        library.sources = library.toml(&root.join("data/sources.toml"));
        library.evidence = library.toml(&root.join("data/evidence.toml"));
        Ok(library)
    }

    fn load_listings(&mut self, chapter: &str) -> std::io::Result<()> {
        let folder = self.root.join("listings").join(chapter);
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        self.crates.insert(chapter.to_owned(), excerpt::crates_of(&manifest));
        let mut programs = Vec::new();
        for file in walk::files(&folder.join("src/bin"), "rs")? {
            programs.push((file, Kind::Program));
        }
        for file in walk::files(&folder.join("fail"), "rs")? {
            programs.push((file, Kind::MustFail));
        }
        for file in walk::files(&folder.join("other"), "")? {
            programs.push((file, Kind::Program));
        }
        for (file, kind) in programs {
            self.load_listing(chapter, &file, kind);
        }
        self.load_goldens(chapter, &folder.join("expected"))?;
        self.refuse_stray_traces(&folder.join("traces"))
    }

    /// A recording that no listing asks for would be shown by nobody, and compared by nobody.
    fn refuse_stray_traces(&mut self, folder: &Path) -> std::io::Result<()> {
        for file in walk::files(folder, "")? {
            let path = file.strip_prefix(&self.root).unwrap_or(&file).to_owned();
            let is_asked = |listing: &Listing| listing.header.trace && Path::new(&listing.trace_path()) == path;
            if !self.listings.values().any(is_asked) {
                let help = "remove it, or add `//@ trace` to the header of the listing";
                self.faults.push(Fault::of_file(&path, "no listing asks for this recording").help(help));
            }
        }
        Ok(())
    }

    fn load_listing(&mut self, chapter: &str, file: &Path, kind: Kind) {
        let source = self.read(file);
        let slug = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let extension = file.extension().unwrap_or_default().to_string_lossy();
        if slug == MEASURE && kind == Kind::Program {
            return;
        }
        let Some(language) = Language::of_extension(&extension) else {
            let help = "a listing is written in Rust, C, Python, JavaScript, Java or Go";
            return self
                .faults
                .push(Fault::of_file(&*source.path, format!("`.{extension}` is no language of ours")).help(help));
        };
        if !model::id::is_slug(&slug) {
            let help = "name the file in lower-case letters, digits and hyphens";
            return self.faults.push(Fault::of_file(&*source.path, format!("`{slug}` is no slug")).help(help));
        }
        let (listing, faults) = Listing::parse(ListingId::new(chapter, slug), source, language, kind);
        self.faults.extend(faults);
        self.listings.insert(listing.id.clone(), listing);
    }

    fn load_goldens(&mut self, chapter: &str, folder: &Path) -> std::io::Result<()> {
        for file in walk::files(folder, "txt")? {
            let source = self.read(&file);
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let (slug, rest) = name.split_once('.').unwrap_or((&name, ""));
            match self.listings.get_mut(&ListingId::new(chapter, slug)) {
                Some(listing) => listing.goldens.add(rest, source),
                None => {
                    let slugs: Vec<String> = self.slugs(chapter);
                    let fault = Fault::of_file(&*source.path, format!("no listing of this chapter is called `{slug}`"));
                    self.faults.push(fault.nearest(slug, slugs.iter().map(String::as_str)));
                }
            }
        }
        for listing in self.listings.values().filter(|listing| listing.id.chapter == chapter) {
            for unused in listing.goldens.unused(&listing.parts()) {
                let help = "remove it, or say in the header of the listing which profiles it has";
                self.faults.push(Fault::of_file(&*unused.path, "nothing prints this golden").help(help));
            }
        }
        Ok(())
    }

    fn slugs(&self, chapter: &str) -> Vec<String> {
        let of_chapter = self.listings.keys().filter(|id| id.chapter == chapter);
        of_chapter.map(|id| id.slug.clone()).collect()
    }

    fn refuse_double_slugs(&mut self) {
        let mut first: BTreeMap<&str, &Listing> = BTreeMap::new();
        for listing in self.listings.values() {
            if let Some(other) = first.insert(&listing.id.slug, listing) {
                let message = format!("the slug `{}` is taken by {}", listing.id.slug, other.source.path.display());
                let help = "a slug is unique in the whole book";
                self.faults.push(Fault::of_file(&*listing.source.path, message).help(help));
            }
        }
    }

    /// Reads a file; one that is not UTF-8 becomes a fault and an empty text.
    fn read(&mut self, file: &Path) -> Source {
        let path = file.strip_prefix(&self.root).unwrap_or(file).to_owned();
        match fs_err::read(file).map(String::from_utf8) {
            Ok(Ok(text)) => Source::new(path, text),
            Ok(Err(error)) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count() + 1;
                let message = format!("line {line} is not UTF-8 (byte {at} of the file)");
                self.faults.push(Fault::of_file(&path, message).help("save the file as UTF-8"));
                Source::new(path, "")
            }
            Err(error) => {
                self.faults.push(Fault::of_file(&path, format!("cannot be read: {error}")));
                Source::new(path, "")
            }
        }
    }

    /// Reads a TOML file, if it exists.
    fn toml<T: DeserializeOwned>(&mut self, file: &Path) -> Option<Parsed<T>> {
        if !file.exists() {
            return None;
        }
        let source = self.read(file);
        match toml::from_str(&source.text) {
            Ok(data) => Some(Parsed { source, data }),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let message = error.message().lines().next().unwrap_or("is no valid TOML").to_owned();
                self.faults.push(Fault::new(&source, span, message));
                None
            }
        }
    }
}

impl Listing {
    /// The goldens that this listing must have.
    pub fn parts(&self) -> Vec<Part> {
        let outputs = self.profiles().iter().map(|&profile| Part::Output(profile));
        let error = (self.kind == Kind::MustFail).then_some(Part::Error);
        let asm = self.header.asm.as_ref().map(|_| Part::Asm);
        outputs.chain(error).chain(asm).collect()
    }
}

/// The program of a chapter that measures and is no listing.
pub const MEASURE: &str = "measure";
