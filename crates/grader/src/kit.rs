//! What every driver is linked with: `probe` and `obs`, built once for each toolchain and flavor. And the programs of
//! the jail.

use crate::compile::{Compiler, Flavor, Links, Unit};
use crate::crates::{self, Crates};
use crate::task::Places;
use crate::workplace::renamed;
use anyhow::Result;
use model::exercise::UnsafeCode;
use runner::jail::{LAUNCHER, PRISONER};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Programs of the jail, and their sources.
const PROGRAMS: [(&str, &str); 2] = [("launch", LAUNCHER), ("prisoner", PRISONER)];
const SECRET: &str = "secret";

/// Libraries and programs of one toolchain, in a folder that nobody writes to again.
#[derive(Clone, Debug)]
pub struct Kit {
    folder: PathBuf,
    /// Hash of sources, compiler and options.
    pub hash: String,
    /// Where crates are asked for, and what was built of them. Exercises that use none need not wait for them.
    course: PathBuf,
    compiler: Compiler,
    crates: OnceLock<Crates>,
}

/// The folder of the linker in a kit.
const LINKER: &str = "linker";

impl Kit {
    /// Finds the kit in the cache, or builds it there.
    ///
    /// # Errors
    /// When its crates do not compile, or the cache cannot be written.
    pub fn prepare(places: &Places, compiler: &Compiler) -> Result<Self> {
        let sources = [("probe", places.course.join("probe/src")), ("obs", places.obs.join("src"))];
        let mut hasher = blake3::Hasher::new();
        hasher.update(compiler.version.as_bytes());
        hasher
            .update(include_bytes!("compile.rs"))
            .update(include_bytes!("kit.rs"))
            .update(include_bytes!("crates.rs"));
        hasher.update(crates::decided(&places.course)?.as_bytes());
        for (_, folder) in &sources {
            hash_folder(folder, &mut hasher)?;
        }
        for (_, source) in PROGRAMS {
            hasher.update(source.as_bytes());
        }
        let hash = hasher.finalize().to_hex()[..16].to_owned();
        let folder = places.cache.join(format!("kit-{hash}"));
        let (course, compiler) = (places.course.clone(), compiler.clone());
        let kit = Self { folder, hash, course, compiler, crates: OnceLock::new() };
        if !kit.folder.is_dir() {
            kit.build(places, &kit.compiler, &sources)?;
        }
        Ok(kit)
    }

    /// Built beside its place and then renamed: a kit is whole, or it is not there.
    fn build(&self, places: &Places, compiler: &Compiler, sources: &[(&str, PathBuf)]) -> Result<()> {
        fs_err::create_dir_all(&places.cache)?;
        let scratch = tempfile::Builder::new().prefix("kit-").tempdir_in(&places.cache)?;
        for flavor in Flavor::ALL {
            let folder = scratch.path().join(flavor.name());
            fs_err::create_dir_all(&folder)?;
            for (name, source) in sources {
                let (source, out) = (source.join("lib.rs"), folder.join(format!("lib{name}.rlib")));
                compiler.kit(&Unit {
                    source: &source,
                    name,
                    kind: "rlib",
                    links: &Links::default(),
                    flavor,
                    unsafe_code: UnsafeCode::Allowed,
                    out: &out,
                })?;
            }
        }
        own_linker(compiler, &scratch.path().join(LINKER))?;
        for (name, source) in PROGRAMS {
            let (text, out) = (scratch.path().join(name).with_extension("rs"), scratch.path().join(name));
            fs_err::write(&text, source)?;
            compiler.kit(&Unit {
                source: &text,
                name,
                kind: "bin",
                links: &Links::default(),
                flavor: Flavor::Plain,
                unsafe_code: UnsafeCode::Allowed,
                out: &out,
            })?;
        }
        fs_err::write(scratch.path().join(SECRET), "nobody who is jailed can read this\n")?;
        // Whoever is jailed starts from here, and may be nobody that we know.
        fs_err::set_permissions(scratch.path(), Permissions::from_mode(0o755))?;
        renamed(scratch, &self.folder)
    }

    /// The file of a library.
    pub fn library(&self, name: &str, flavor: Flavor) -> PathBuf {
        self.folder.join(flavor.name()).join(format!("lib{name}.rlib"))
    }

    /// The file of a program: the launcher of the jail, or the prisoner that tries it.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A file that no jailed code may read.
    pub(crate) fn secret(&self) -> PathBuf {
        self.folder.join(SECRET)
    }

    /// The folder of the toolchain's linker. A distribution's toolchain may have none.
    pub(crate) fn linker(&self) -> Option<PathBuf> {
        Some(self.folder.join(LINKER)).filter(|folder| folder.join("ld.lld").exists())
    }

    /// Crates that an exercise may use, as the compiler wants them, in the flavor of what uses them. They are compiled
    /// when they are first asked for.
    ///
    /// # Errors
    /// When they cannot be had or compiled, or the course has no such crate.
    pub(crate) fn crates(&self, names: &[String], flavor: Flavor) -> Result<Links> {
        let mut links = Links::default();
        if names.is_empty() {
            return Ok(links);
        }
        if self.crates.get().is_none() {
            let folder = self.folder.with_file_name(format!("crates-{}", self.hash));
            // Somebody else may have been faster.
            let _ = self.crates.set(Crates::prepare(&self.course, folder, &self.compiler)?);
        }
        if let Some(crates) = self.crates.get() {
            crates.add(names, flavor, &mut links)?;
        }
        Ok(links)
    }

    /// What a driver of a flavor is linked with: the student's library, the instruments, and the crates that the
    /// exercise may use.
    ///
    /// # Errors
    /// As for [`crates`](Self::crates).
    pub(crate) fn driver(&self, name: &str, rlib: &Path, crates: &[String], flavor: Flavor) -> Result<Links> {
        let mut links = self.crates(crates, flavor)?;
        let own = ["obs", "probe"].map(|name| (name.to_owned(), self.library(name, flavor)));
        links.externs.splice(0..0, std::iter::once((name.to_owned(), rlib.to_owned())).chain(own));
        Ok(links)
    }
}

fn hash_folder(folder: &Path, hasher: &mut blake3::Hasher) -> Result<()> {
    let mut paths: Vec<PathBuf> =
        fs_err::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            hasher.update(path.file_name().unwrap_or_default().as_encoded_bytes()).update(&fs_err::read(&path)?);
        }
    }
    Ok(())
}

/// Puts the toolchain's linker where a C compiler finds it by its name. The program that the toolchain has for that looks for
/// itself in `/proc`, which a jail need not have.
fn own_linker(compiler: &Compiler, folder: &Path) -> Result<()> {
    let lld = compiler.sysroot.join("lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld");
    if !lld.exists() {
        return Ok(());
    }
    fs_err::create_dir_all(folder)?;
    let own = folder.join("ld.lld");
    // On another file system it cannot be linked.
    if std::fs::hard_link(&lld, &own).is_err() {
        fs_err::copy(&lld, &own)?;
    }
    Ok(())
}
