//! Listing folders, in a fixed order.

use std::path::{Path, PathBuf};

/// The names of the folders in `parent`, sorted; none if it does not exist.
pub fn folders(parent: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in entries(parent)? {
        if entry.is_dir() {
            names.extend(entry.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    Ok(names)
}

/// The files in `parent` with an extension, or all of them for an empty one, sorted.
pub fn files(parent: &Path, extension: &str) -> std::io::Result<Vec<PathBuf>> {
    let fits = |path: &PathBuf| extension.is_empty() || path.extension().is_some_and(|found| found == extension);
    Ok(entries(parent)?.into_iter().filter(|path| path.is_file() && fits(path)).collect())
}

fn entries(parent: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !parent.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = fs_err::read_dir(parent)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    paths.sort();
    Ok(paths)
}
