//! Every folder that was found is marked, with one byte for each.

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
    let mut found = vec![false; backup.len()];
    *found.get_mut(root).ok_or(Broken::Missing)? = true;
    let mut to_visit = vec![(root, 1)];
    let (mut levels, mut bytes) = (0, 0);
    while let Some((place, level)) = to_visit.pop() {
        levels = levels.max(level);
        bytes += backup[place].bytes;
        for &inner in &backup[place].folders {
            let mark = found.get_mut(inner).ok_or(Broken::Missing)?;
            if std::mem::replace(mark, true) {
                return Err(Broken::Ring);
            }
            to_visit.push((inner, level + 1));
        }
    }
    Ok(Measured { levels, bytes })
}
