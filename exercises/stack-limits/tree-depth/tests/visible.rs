//! The tests that you see. The grader has more of the same kinds.

use tree_depth::{Broken, Folder, Measured, measure};

const SMALL_STACK: usize = 64 * 1024;
const MANY: usize = 10_000;

fn folder(bytes: u64, folders: &[usize]) -> Folder {
    Folder {
        bytes,
        folders: folders.to_vec(),
    }
}

#[test]
fn a_small_backup() {
    let backup = [
        folder(10, &[1, 2]),
        folder(20, &[3]),
        folder(30, &[]),
        folder(40, &[]),
    ];
    let expected = Measured {
        levels: 3,
        bytes: 100,
    };
    assert_eq!(
        measure(&backup, 0),
        Ok(expected),
        "0 holds 1 and 2, and 1 holds 3"
    );
}

#[test]
fn a_folder_alone_is_one_level() {
    let expected = Measured {
        levels: 1,
        bytes: 7,
    };
    assert_eq!(measure(&[folder(7, &[])], 0), Ok(expected));
}

#[test]
fn a_ring_is_refused() {
    let backup = [folder(1, &[1]), folder(1, &[2]), folder(1, &[0])];
    assert_eq!(measure(&backup, 0), Err(Broken::Ring), "2 holds 0 again");
}

#[test]
fn a_link_to_nowhere_is_refused() {
    let backup = [folder(1, &[1]), folder(1, &[2])];
    assert_eq!(measure(&backup, 0), Err(Broken::Missing), "there is no 2");
}

#[test]
fn ten_thousand_levels_fit_in_a_small_stack() {
    let mut backup: Vec<Folder> = (1..MANY).map(|inner| folder(1, &[inner])).collect();
    backup.push(folder(1, &[]));
    let measured = probe::with_stack(SMALL_STACK, || measure(&backup, 0));
    let expected = Measured {
        levels: MANY,
        bytes: MANY as u64,
    };
    assert_eq!(measured, Ok(expected));
}
