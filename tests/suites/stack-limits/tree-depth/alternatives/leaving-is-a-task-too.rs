//! The list holds tasks: enter a folder, or leave the one that was entered.

enum Task {
    Enter(usize),
    Leave,
}

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
    let mut measured = Measured {
        levels: 0,
        bytes: 0,
    };
    let mut tasks = vec![Task::Enter(root)];
    let (mut level, mut left) = (0, backup.len());
    while let Some(task) = tasks.pop() {
        let place = match task {
            Task::Enter(place) => place,
            Task::Leave => {
                level -= 1;
                continue;
            }
        };
        let folder = backup.get(place).ok_or(Broken::Missing)?;
        level += 1;
        measured.levels = measured.levels.max(level);
        measured.bytes += folder.bytes;
        tasks.push(Task::Leave);
        for &inner in &folder.folders {
            if inner >= backup.len() {
                return Err(Broken::Missing);
            }
            left = left.checked_sub(1).ok_or(Broken::Ring)?;
            tasks.push(Task::Enter(inner));
        }
    }
    Ok(measured)
}
