//! fails: depth
//! misconception: It is enough to replace the last call by a loop, as a compiler would.

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
    walk(backup, root, &mut 1)
}

fn walk(
    backup: &[Folder],
    mut place: usize,
    found: &mut usize,
) -> Result<Measured, Broken> {
    let mut deepest = 0;
    let mut measured = Measured {
        levels: 0,
        bytes: 0,
    };
    loop {
        let folder = backup.get(place).ok_or(Broken::Missing)?;
        measured.levels += 1;
        measured.bytes += folder.bytes;
        if folder.folders.iter().any(|&inner| inner >= backup.len()) {
            return Err(Broken::Missing);
        }
        *found += folder.folders.len();
        if *found > backup.len() {
            return Err(Broken::Ring);
        }
        let Some((&last, others)) = folder.folders.split_last() else {
            break;
        };
        for &inner in others {
            let inner = walk(backup, inner, found)?;
            deepest = deepest.max(measured.levels + inner.levels);
            measured.bytes += inner.bytes;
        }
        place = last;
    }
    measured.levels = measured.levels.max(deepest);
    Ok(measured)
}
