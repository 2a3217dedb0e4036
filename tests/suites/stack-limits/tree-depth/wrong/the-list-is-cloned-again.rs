//! fails: cost
//! misconception: Cloning a list of numbers is as cheap as looking at it.

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
    let first = backup.get(root).ok_or(Broken::Missing)?;
    let mut measured = Measured {
        levels: 1,
        bytes: first.bytes,
    };
    let mut path = vec![(root, 0)];
    let mut visits = 1;
    while let Some((place, next)) = path.last_mut() {
        let folders = backup[*place].folders.clone();
        if *next == folders.len() {
            path.pop();
            continue;
        }
        let inner = folders[*next];
        *next += 1;
        visits += 1;
        measured.bytes += backup.get(inner).ok_or(Broken::Missing)?.bytes;
        if visits > backup.len() {
            return Err(Broken::Ring);
        }
        path.push((inner, 0));
        measured.levels = measured.levels.max(path.len());
    }
    Ok(measured)
}
