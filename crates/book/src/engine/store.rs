//! Verdicts of earlier runs, so that what did not change is not run again.
//!
//! A verdict is kept under a hash of everything it depends on: the listing, its goldens, its package and
//! the packages that it uses, the lock file, the compiler or interpreter, the limits, and this engine.

use crate::library::listing::Listing;
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Hash of the sources of this engine, made when it was compiled.
const ENGINE: &str = env!("ENGINE_HASH");

/// The verdicts on disk: for each listing the hash under which it last passed.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store of a repository.
    pub fn of(target: &Path) -> Self {
        Self { folder: target.join("verdicts") }
    }

    /// Whether the listing passed with exactly this hash.
    pub fn holds(&self, listing: &Listing, key: &str) -> bool {
        fs_err::read_to_string(self.path(listing)).is_ok_and(|found| found == key)
    }

    /// Remembers that it passed. A verdict that cannot be written is not remembered, and nothing else.
    pub fn remember(&self, listing: &Listing, key: &str) {
        let path = self.path(listing);
        let _ = path.parent().map(fs_err::create_dir_all);
        let _ = fs_err::write(path, key);
    }

    fn path(&self, listing: &Listing) -> PathBuf {
        self.folder.join(&listing.id.chapter).join(&listing.id.slug)
    }
}

/// What all listings of a run depend on, read once.
#[derive(Debug)]
pub struct Ground {
    common: String,
    packages: BTreeMap<String, String>,
}

impl Ground {
    /// Hashes manifests, lock file and the packages that listings use.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn read(root: &Path, rustc: &str, chapters: impl Iterator<Item = String>) -> Result<Self> {
        let mut common = blake3::Hasher::new();
        common.update(ENGINE.as_bytes()).update(rustc.as_bytes());
        for name in ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"] {
            common.update(&fs_err::read(root.join(name))?);
        }
        for shared in ["crates/measure", "exercises/probe/src"] {
            hash_tree(&root.join(shared), &mut common)?;
        }
        let mut packages = BTreeMap::new();
        for chapter in chapters {
            let mut package = blake3::Hasher::new();
            let folder = root.join("listings").join(&chapter);
            package.update(&fs_err::read(folder.join("Cargo.toml")).unwrap_or_default());
            hash_shared(&folder.join("src"), &mut package)?;
            packages.insert(chapter, package.finalize().to_hex().to_string());
        }
        Ok(Self { common: common.finalize().to_hex().to_string(), packages })
    }

    /// The key of a listing; `tool` is the version of its interpreter, empty for Rust.
    pub fn key(&self, listing: &Listing, tool: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        };
        add(&self.common);
        add(self.packages.get(&listing.id.chapter).map_or("", String::as_str));
        add(tool);
        add(&listing.source.path.to_string_lossy());
        add(&listing.source.text);
        for (name, golden) in listing.goldens.all() {
            add(name);
            add(&golden.text);
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// The sources of a package that its listings share: all but the listings themselves.
fn hash_shared(src: &Path, hasher: &mut blake3::Hasher) -> Result<()> {
    for path in sorted(src)?.into_iter().filter(|path| path.file_name().is_none_or(|name| name != "bin")) {
        if path.is_dir() {
            hash_tree(&path, hasher)?;
        } else {
            hasher.update(path.to_string_lossy().as_bytes()).update(&fs_err::read(&path)?);
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths: Vec<PathBuf> =
        fs_err::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

fn hash_tree(folder: &Path, hasher: &mut blake3::Hasher) -> Result<()> {
    for path in sorted(folder)? {
        if path.is_dir() {
            hash_tree(&path, hasher)?;
        } else {
            hasher.update(path.to_string_lossy().as_bytes()).update(&fs_err::read(&path)?);
        }
    }
    Ok(())
}
