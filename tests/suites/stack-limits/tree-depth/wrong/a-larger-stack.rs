//! fails: depth
//! misconception: A thread with a larger stack makes a recursion safe.

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
    std::thread::scope(|scope| {
        let large = std::thread::Builder::new().stack_size(16 << 20);
        let walk = large.spawn_scoped(scope, || walk(backup, root, &mut 1));
        walk.map_or(Err(Broken::Ring), |thread| {
            thread.join().unwrap_or(Err(Broken::Ring))
        })
    })
}

fn walk(backup: &[Folder], place: usize, found: &mut usize) -> Result<Measured, Broken> {
    let folder = backup.get(place).ok_or(Broken::Missing)?;
    let (mut levels, mut bytes) = (0, folder.bytes);
    if folder.folders.iter().any(|&inner| inner >= backup.len()) {
        return Err(Broken::Missing);
    }
    *found += folder.folders.len();
    if *found > backup.len() {
        return Err(Broken::Ring);
    }
    for &inner in &folder.folders {
        let inner = walk(backup, inner, found)?;
        levels = levels.max(inner.levels);
        bytes += inner.bytes;
    }
    Ok(Measured {
        levels: levels + 1,
        bytes,
    })
}
