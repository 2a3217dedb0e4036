//! A toolchain that everybody may read. Where the grader is root, its own often lies in root's home, which is closed
//! to the users that jailed code runs as.

use crate::compile::Compiler;
use crate::workplace::renamed;
use anyhow::{Context, Result};
use runner::jail::is_root;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// What of a toolchain a compiler needs.
const PARTS: [&str; 2] = ["bin", "lib"];

/// The same compiler, in a place that is open to everybody: where it is, or linked into the cache.
///
/// # Errors
/// When the cache is itself closed, or cannot be written.
pub(crate) fn shared(compiler: Compiler, cache: &Path) -> Result<Compiler> {
    if !is_root() || is_open(&compiler.sysroot) {
        return Ok(compiler);
    }
    let name = &blake3::hash(compiler.version.as_bytes()).to_hex()[..16];
    let copy = cache.join(format!("toolchain-{name}"));
    if !copy.is_dir() {
        let scratch = tempfile::Builder::new().prefix("toolchain-").tempdir_in(cache)?;
        for part in PARTS {
            link(&compiler.sysroot.join(part), &scratch.path().join(part))
                .with_context(|| format!("the toolchain cannot be linked into {}", cache.display()))?;
        }
        fs_err::set_permissions(scratch.path(), Permissions::from_mode(0o755))?;
        renamed(scratch, &copy)?;
    }
    Ok(Compiler { sysroot: copy, ..compiler })
}

/// Whether everybody may go to a path.
fn is_open(path: &Path) -> bool {
    let may_enter = |folder: &Path| folder.metadata().is_ok_and(|about| about.permissions().mode() & 0o001 != 0);
    path.ancestors().all(may_enter)
}

/// Links every file below a folder; where that cannot be, on another file system, copies it.
fn link(from: &Path, to: &Path) -> Result<()> {
    fs_err::create_dir_all(to)?;
    for entry in fs_err::read_dir(from)? {
        let entry = entry?;
        let (source, copy) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            link(&source, &copy)?;
        } else if fs_err::hard_link(&source, &copy).is_err() {
            fs_err::copy(&source, &copy)?;
        }
    }
    Ok(())
}
