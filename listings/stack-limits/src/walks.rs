//! The same walks and drops twice: by recursion, and with a list of what is still
//! to do.

/// A folder that knows the folders in it by their places in one vector.
#[derive(Default)]
pub struct Folder {
    /// The size of the files that lie directly in it.
    pub bytes: u64,
    /// The places of the folders in it.
    pub folders: Vec<usize>,
}

/// A complete binary tree with `levels` levels; its root is folder 0.
#[must_use]
pub fn balanced(levels: u32) -> Vec<Folder> {
    let size = (1 << levels) - 1;
    let inner = |folder: usize| [2 * folder + 1, 2 * folder + 2];
    (0..size)
        .map(|folder| Folder {
            bytes: folder as u64,
            folders: inner(folder)
                .into_iter()
                .filter(|&at| at < size)
                .collect(),
        })
        .collect()
}

/// `levels` folders, each but the last with one folder in it; its root is folder 0.
#[must_use]
pub fn chain(levels: usize) -> Vec<Folder> {
    let inner = |folder| (folder + 1 < levels).then_some(folder + 1);
    (0..levels)
        .map(|folder| Folder {
            bytes: folder as u64,
            folders: inner(folder).into_iter().collect(),
        })
        .collect()
}

/// Adds up the sizes below `root`, one call a folder.
#[must_use]
pub fn total_by_calls(backup: &[Folder], root: usize) -> u64 {
    let mut bytes = backup[root].bytes;
    for &folder in &backup[root].folders {
        bytes += total_by_calls(backup, folder);
    }
    bytes
}

/// Adds up the sizes below `root` with a list of the folders still to visit.
#[must_use]
pub fn total_by_list(backup: &[Folder], root: usize) -> u64 {
    let mut to_visit = vec![root];
    let mut bytes = 0;
    while let Some(folder) = to_visit.pop() {
        bytes += backup[folder].bytes;
        to_visit.extend(&backup[folder].folders);
    }
    bytes
}

/// One state of the backup, and the state before it. Dropped by recursion.
pub struct Snapshot {
    /// How many files it holds.
    pub files: u32,
    /// The state before it.
    pub older: Option<Box<Snapshot>>,
}

/// A snapshot with `length - 1` older ones.
#[must_use]
pub fn history(length: u32) -> Snapshot {
    let mut latest = Snapshot { files: 0, older: None };
    for files in 1..length {
        latest = Snapshot { files, older: Some(Box::new(latest)) };
    }
    latest
}

/// Frees a history in a loop.
pub fn drop_in_a_loop(mut latest: Snapshot) {
    let mut next = latest.older.take();
    while let Some(mut snapshot) = next {
        next = snapshot.older.take();
    }
}

#[cfg(test)]
mod tests {
    use super::{
        balanced, chain, drop_in_a_loop, history, total_by_calls,
        total_by_list,
    };

    #[test]
    fn both_walks_visit_every_folder_once() {
        for backup in [balanced(1), balanced(7), chain(1), chain(200)] {
            let sum = backup.iter().map(|folder| folder.bytes).sum::<u64>();
            assert_eq!(total_by_calls(&backup, 0), sum);
            assert_eq!(total_by_list(&backup, 0), sum);
        }
        assert_eq!(balanced(7).len(), 127);
    }

    #[test]
    fn a_history_of_a_million_snapshots_can_be_dropped_in_a_loop() {
        let latest = history(1_000_000);
        assert_eq!(latest.files, 999_999);
        drop_in_a_loop(latest);
    }
}
