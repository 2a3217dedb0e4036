//@ value trees: (\d+) random trees
use measure::Seeded;

// ANCHOR: body
/// A folder of the backup, which knows the folders in it by their places in
/// one list.
#[derive(Default)]
struct Folder {
    bytes: u64,
    folders: Vec<usize>,
}

fn total(backup: &[Folder], folder: usize) -> u64 {
    let Folder { bytes, folders } = &backup[folder];
    bytes + folders.iter().map(|&inner| total(backup, inner)).sum::<u64>()
}

/// The same sum. What is still to be visited is kept in a vector instead of
/// in frames.
fn total_by_list(backup: &[Folder], root: usize) -> (u64, usize) {
    let mut to_visit = vec![root];
    let (mut bytes, mut longest) = (0, 1);
    while let Some(folder) = to_visit.pop() {
        bytes += backup[folder].bytes;
        to_visit.extend(&backup[folder].folders);
        longest = longest.max(to_visit.len());
    }
    (bytes, longest)
}
// ANCHOR_END: body

/// A tree in which each folder lies in some folder made before it.
fn any_tree(size: usize, random: &mut Seeded) -> Vec<Folder> {
    let mut backup = vec![Folder::default()];
    for folder in 1..size {
        let parent = random.below(folder);
        backup[parent].folders.push(folder);
        let bytes = random.below(1_000_000) as u64;
        backup.push(Folder { bytes, folders: vec![] });
    }
    backup
}

/// A folder in a folder in a folder, `levels` deep. Beside each lies a
/// folder with nothing in it.
fn deep_tree(levels: usize) -> Vec<Folder> {
    let mut backup = Vec::new();
    for level in 0..levels {
        let (beside, inside) = (2 * level + 1, 2 * level + 2);
        backup.push(Folder { bytes: 1, folders: vec![beside, inside] });
        backup.push(Folder::default());
    }
    backup.push(Folder::default());
    backup
}

fn main() {
    let mut random = Seeded::new(5);
    for size in 1..300 {
        let backup = any_tree(size, &mut random);
        assert_eq!(total_by_list(&backup, 0).0, total(&backup, 0));
    }
    println!("299 random trees: recursion and list agree");

    let (bytes, longest) = total_by_list(&deep_tree(1_000_000), 0);
    println!(
        "1000000 levels: {bytes} bytes, {longest} folders on the list at most"
    );
    assert_eq!(bytes, 1_000_000); // PROVES 5.22
    assert_eq!(longest, 1_000_001);
}
