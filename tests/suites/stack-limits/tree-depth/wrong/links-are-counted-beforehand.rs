//! fails: links
//! misconception: A tree has one link less than folders, so anything else is a ring.

/// A folder of the backup, which knows the folders in it by their places in one list.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Bytes of the files that lie directly in it.
    pub bytes: u64,
    /// Places of the folders that lie directly in it.
    pub folders: Vec<usize>,
}

/// What a walk through a folder, and through all folders in it, finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// How many folders lie on the longest way down, the first and the last included.
    pub levels: usize,
    /// Bytes of all files together.
    pub bytes: u64,
}

/// Why a folder cannot be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A way down leads back to a folder that it has passed.
    Ring,
    /// A folder is named that is not in the list.
    Missing,
}

/// Measures the folder at place `root` and all folders in it.
///
/// # Errors
/// When a link leads nowhere, and when the links form a ring.
pub fn measure(backup: &[Folder], root: usize) -> Result<Measured, Broken> {
    if root >= backup.len() {
        return Err(Broken::Missing);
    }
    let mut links = 0;
    for folder in backup {
        if folder.folders.iter().any(|&inner| inner >= backup.len()) {
            return Err(Broken::Missing);
        }
        links += folder.folders.len();
    }
    if links >= backup.len() {
        return Err(Broken::Ring);
    }
    let mut measured = Measured {
        levels: 0,
        bytes: 0,
    };
    let mut to_visit = vec![(root, 1)];
    while let Some((place, level)) = to_visit.pop() {
        let folder = &backup[place];
        measured.levels = measured.levels.max(level);
        measured.bytes += folder.bytes;
        to_visit.extend(folder.folders.iter().map(|&inner| (inner, level + 1)));
    }
    Ok(measured)
}
