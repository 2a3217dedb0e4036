//! What the tests share: the repository itself, and small repositories made for one test.

pub mod suite;

use anyhow::Result;
use book::faults::Faults;
use book::library::Library;
use mdbook_driver::MDBook;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The root of this repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the tests lie in a folder of the repository").to_owned()
}

/// Whether a missing tool is a failure: set by `.ci/run`, which installs everything.
pub fn require_all() -> bool {
    std::env::var_os("WDL_REQUIRE_ALL").is_some_and(|value| value == "1")
}

/// A small book with one chapter, in a folder of its own, which a test may break.
#[derive(Debug)]
pub struct SmallBook {
    folder: TempDir,
}

impl SmallBook {
    /// A book without a mistake: one listing that is shown with its output.
    pub fn new() -> Self {
        let book = Self { folder: tempfile::tempdir().expect("a temporary folder can be made") };
        for (path, text) in GOOD {
            book.write(path, text);
        }
        book
    }

    /// Its root.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below its root.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs_err::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs_err::write(path, bytes).expect("files can be written");
    }

    /// The pages with their directives resolved, or everything that is wrong.
    ///
    /// # Errors
    /// All mistakes of its sources.
    pub fn resolve(&self) -> Result<Vec<String>, Faults> {
        let library = Library::load(self.root()).expect("the folders can be listed");
        let mut book = MDBook::load(self.root()).expect("mdBook can load it");
        book::preprocess::resolve(&library, &mut book.book, Path::new("src"))?;
        Ok(book.book.chapters().map(|chapter| chapter.content.clone()).collect())
    }
}

impl Default for SmallBook {
    fn default() -> Self {
        Self::new()
    }
}

const GOOD: [(&str, &str); 8] = [
    ("book.toml", "[book]\ntitle = \"Small\"\n\n[build]\ncreate-missing = false\n"),
    ("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"listings/*\"]\n"),
    ("Cargo.lock", "version = 4\n\n[[package]]\nname = \"heap\"\nversion = \"0.1.0\"\n"),
    ("rust-toolchain.toml", "[toolchain]\nchannel = \"1.95.0\"\n"),
    ("src/SUMMARY.md", "# Summary\n\n- [Heap](heap/README.md)\n\n[Glossary](glossary.md)\n[Sources](sources.md)\n"),
    ("src/glossary.md", "# Glossary\n\n{{#glossary}}\n"),
    ("src/sources.md", "# Sources\n\n{{#sources}}\n"),
    ("listings/heap/Cargo.toml", "[package]\nname = \"heap\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
];

/// The page, the listing and the golden that [`SmallBook::with_listing`] adds.
pub const PAGE: &str = "# Heap\n\n{{#listing heap/grow:body \"It grows.\"}}\n\n{{#output heap/grow}}\n";

/// See [`PAGE`].
pub const LISTING: &str = "//@ value capacity: capacity (\\d+)\n\nfn main() {\n    // ANCHOR: body\n    let shelf = vec![1, 2, 3];\n    println!(\"capacity {}\", shelf.capacity());\n    // ANCHOR_END: body\n}\n";

impl SmallBook {
    /// The good book with a page that shows one listing.
    pub fn with_listing() -> Self {
        let book = Self::new();
        book.write("src/heap/README.md", PAGE);
        book.write("listings/heap/src/bin/grow.rs", LISTING);
        book.write("listings/heap/expected/grow.txt", "capacity 3\n");
        book
    }
}
