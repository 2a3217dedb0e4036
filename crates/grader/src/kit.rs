//! What every driver is linked with: `probe` and `obs`, built once for each toolchain and flavor. And the programs of
//! the jail.

use crate::compile::{Compiler, Extern, Flavor, Unit};
use crate::task::Places;
use anyhow::Result;
use model::exercise::UnsafeCode;
use runner::jail::{LAUNCHER, PRISONER};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Programs of the jail, and their sources.
const PROGRAMS: [(&str, &str); 2] = [("launch", LAUNCHER), ("prisoner", PRISONER)];
const SECRET: &str = "secret";

/// Libraries and programs of one toolchain, in a folder that nobody writes to again.
#[derive(Clone, Debug)]
pub struct Kit {
    folder: PathBuf,
    /// Hash of sources, compiler and options.
    pub hash: String,
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
        hasher.update(include_bytes!("compile.rs")).update(include_bytes!("kit.rs"));
        for (_, folder) in &sources {
            hash_folder(folder, &mut hasher)?;
        }
        for (_, source) in PROGRAMS {
            hasher.update(source.as_bytes());
        }
        let hash = hasher.finalize().to_hex()[..16].to_owned();
        let kit = Self { folder: places.cache.join(format!("kit-{hash}")), hash };
        if !kit.folder.is_dir() {
            kit.build(places, compiler, &sources)?;
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
                    externs: &[],
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
                externs: &[],
                flavor: Flavor::Plain,
                unsafe_code: UnsafeCode::Allowed,
                out: &out,
            })?;
        }
        fs_err::write(scratch.path().join(SECRET), "nobody who is jailed can read this\n")?;
        // Whoever is jailed starts from here, and may be nobody that we know.
        fs_err::set_permissions(scratch.path(), Permissions::from_mode(0o755))?;
        let built = scratch.keep();
        if let Err(error) = fs_err::rename(&built, &self.folder) {
            // Somebody else may have been faster; what they built is the same.
            fs_err::remove_dir_all(&built)?;
            if !self.folder.is_dir() {
                return Err(error.into());
            }
        }
        Ok(())
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

    /// What a driver of a flavor is linked with, besides the student's library.
    pub(crate) fn externs(&self, flavor: Flavor) -> [(&'static str, PathBuf); 2] {
        [("obs", self.library("obs", flavor)), ("probe", self.library("probe", flavor))]
    }
}

/// The same, as the compiler wants it, with the student's library in front.
pub(crate) fn with_student<'a>(
    name: &'a str,
    rlib: &'a Path,
    kit: &'a [(&'static str, PathBuf); 2],
) -> Vec<Extern<'a>> {
    std::iter::once((name, rlib)).chain(kit.iter().map(|(name, path)| (*name, path.as_path()))).collect()
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
