//! Cases for `tree-depth`: results, links that are no tree, cost, memory, and depth in a small stack.

use obs::Obs;
use tree_depth::{Broken, Folder, measure};

const SMALL_STACK: usize = 64 * 1024;

type Seen = Result<(usize, u64), &'static str>;

fn seen(backup: &[Folder], root: usize) -> Seen {
    match measure(backup, root) {
        Ok(measured) => Ok((measured.levels, measured.bytes)),
        Err(Broken::Ring) => Err("a ring"),
        Err(Broken::Missing) => Err("a link to nowhere"),
    }
}

/// The numbers below `length` in a random order.
fn places(o: &mut Obs, length: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    for left in (1..length).rev() {
        places.swap(left, o.below(left as u64 + 1) as usize);
    }
    places
}

/// A backup in which folder `i` lies in `parents[i]`, at random places. The first has no parent.
fn backup(o: &mut Obs, parents: &[usize]) -> (Vec<Folder>, Vec<usize>) {
    let places = places(o, parents.len());
    let mut backup = vec![Folder::default(); parents.len()];
    for (folder, &parent) in parents.iter().enumerate() {
        backup[places[folder]].bytes = o.below(1_000_000);
        if folder > 0 {
            backup[places[parent]].folders.push(places[folder]);
        }
    }
    (backup, places)
}

/// Parents for a tree of any shape, from a chain to a bush.
fn any_tree(o: &mut Obs, length: usize) -> Vec<usize> {
    let reach = 1 + o.below(length as u64);
    let mut parents = vec![0];
    for folder in 1..length {
        let back = 1 + o.below(reach.min(folder as u64)) as usize;
        parents.push(folder - back);
    }
    parents
}

fn any_length(o: &mut Obs) -> usize {
    let size = o.size();
    2 + o.below(size) as usize
}

fn chain(length: usize) -> Vec<usize> {
    (0..length)
        .map(|folder: usize| folder.saturating_sub(1))
        .collect()
}

fn random_trees(o: &mut Obs) {
    for _ in 0..30 {
        let length = any_length(o);
        let parents = any_tree(o, length);
        let (backup, places) = backup(o, &parents);
        o.see::<Seen>("levels and bytes of a tree", seen(&backup, places[0]));
    }
}

fn inner_folders(o: &mut Obs) {
    let length = any_length(o);
    let parents = any_tree(o, length);
    let (backup, _) = backup(o, &parents);
    for _ in 0..20 {
        let root = o.below(length as u64) as usize;
        o.see::<Seen>(
            "levels and bytes of a folder in a tree",
            seen(&backup, root),
        );
    }
}

fn rings(o: &mut Obs) {
    for _ in 0..20 {
        let length = any_length(o);
        let parents = any_tree(o, length);
        let (mut backup, places) = backup(o, &parents);
        let from = o.below(length as u64) as usize;
        let mut up = from;
        for _ in 0..o.below(8) {
            up = parents[up];
        }
        backup[places[from]].folders.push(places[up]);
        o.see::<Seen>("a tree with a link back up", seen(&backup, places[0]));
    }
}

/// Folders that nobody asked for form a ring.
fn rings_elsewhere(o: &mut Obs) {
    for _ in 0..10 {
        let length = any_length(o);
        let parents = any_tree(o, length);
        let (mut backup, places) = backup(o, &parents);
        let first = backup.len();
        let around = 2 + o.below(9) as usize;
        for folder in 0..around {
            backup.push(Folder {
                bytes: o.below(1000),
                folders: vec![first + (folder + 1) % around],
            });
        }
        o.see::<Seen>("a tree beside a ring", seen(&backup, places[0]));
        let root = first + o.below(around as u64) as usize;
        o.see::<Seen>("the ring beside the tree", seen(&backup, root));
    }
}

/// Two folders in each other, one of them with many more folders in it.
fn wide_ring(o: &mut Obs) {
    let length = o.size() as usize;
    let (mut backup, places) = backup(o, &chain(2));
    let (outer, inner) = (places[0], places[1]);
    for place in 2..length {
        backup.push(Folder {
            bytes: o.below(1000),
            folders: vec![],
        });
        backup[inner].folders.push(place);
    }
    backup[inner].folders.push(outer);
    let (result, usage) = probe::process(|| seen(&backup, outer));
    o.see::<Seen>("a ring with many folders in it", result);
    o.meter("bytes taken at most for a ring", usage.peak_bytes);
}

fn missing_folders(o: &mut Obs) {
    for beyond in [0, 1, o.below(1_000_000) as usize, usize::MAX] {
        let length = any_length(o);
        let parents = any_tree(o, length);
        let (mut backup, places) = backup(o, &parents);
        let from = o.below(length as u64) as usize;
        let nowhere = length.saturating_add(beyond);
        backup[from].folders.push(nowhere);
        o.see::<Seen>("a tree with a link to nowhere", seen(&backup, places[0]));
    }
}

fn missing_root(o: &mut Obs) {
    for beyond in [0, 1, o.below(1_000_000) as usize, usize::MAX] {
        let length = any_length(o);
        let parents = any_tree(o, length);
        let (backup, _) = backup(o, &parents);
        let root = length.saturating_add(beyond);
        o.see::<Seen>("a folder that is not there", seen(&backup, root));
        o.see::<Seen>("a folder of an empty backup", seen(&[], beyond));
    }
}

fn cost_deep(o: &mut Obs) {
    let (backup, places) = backup(o, &chain(o.size() as usize));
    let result = o.cost("cost of a chain", || seen(&backup, places[0]));
    o.see::<Seen>("levels and bytes of a chain", result);
}

fn cost_wide(o: &mut Obs) {
    let (backup, places) = backup(o, &vec![0; o.size() as usize]);
    let result = o.cost("cost of a wide folder", || seen(&backup, places[0]));
    o.see::<Seen>("levels and bytes of a wide folder", result);
}

/// Two folders in each folder, as few levels as possible.
fn balanced(length: usize) -> Vec<usize> {
    (0..length)
        .map(|folder: usize| folder.saturating_sub(1) / 2)
        .collect()
}

fn memory_balanced(o: &mut Obs) {
    let (backup, places) = backup(o, &balanced(o.size() as usize));
    let (result, usage) = probe::process(|| seen(&backup, places[0]));
    o.see::<Seen>("levels and bytes of a balanced tree", result);
    o.meter("bytes taken at most for a balanced tree", usage.peak_bytes);
}

fn memory_part(o: &mut Obs) {
    let length = o.size() as usize;
    let (backup, places) = backup(o, &balanced(length));
    let root = places[length / 64 + o.below(length as u64 / 64) as usize];
    let (result, usage) = probe::process(|| seen(&backup, root));
    o.see::<Seen>("levels and bytes of a small part of a tree", result);
    o.meter("bytes taken at most for a small part", usage.peak_bytes);
}

fn nothing_leaks(o: &mut Obs) {
    let length = any_length(o);
    let parents = any_tree(o, length);
    let (mut backup, places) = backup(o, &parents);
    for link in [None, Some(places[0]), Some(length)] {
        backup[places[length - 1]].folders.extend(link);
        let (result, usage) = probe::process(|| seen(&backup, places[0]));
        backup[places[length - 1]].folders.clear();
        o.see::<Seen>("levels and bytes of a tree", result);
        o.meter("bytes left after a walk", usage.live_bytes().unsigned_abs());
    }
}

fn see_in_small_stack(o: &mut Obs, label: &str, parents: &[usize]) {
    let (backup, places) = backup(o, parents);
    let result = probe::with_stack(SMALL_STACK, || seen(&backup, places[0]));
    o.see::<Seen>(label, result);
}

fn deep_chain(o: &mut Obs) {
    let length = (o.size() + o.below(1000)) as usize;
    let (root, bytes) = (o.below(length as u64) as usize, o.below(1000));
    let mut backup = Vec::with_capacity(length);
    for place in 0..length {
        let next = (place + 1) % length;
        let folders = if next == root { vec![] } else { vec![next] };
        backup.push(Folder { bytes, folders });
    }
    let result = probe::with_stack(SMALL_STACK, || seen(&backup, root));
    o.see::<Seen>("a long chain of folders in a small stack", result);
    // The process ends here; a million small blocks need not be given back one by one.
    std::mem::forget(backup);
}

/// Beside each folder of a chain lies another one, before it or after it.
fn deep_comb(o: &mut Obs) {
    let levels = (o.size() + o.below(1000)) as usize;
    let mut parents = vec![0];
    let mut above = 0;
    for _ in 1..levels {
        let first = parents.len();
        parents.extend([above, above]);
        above = first + o.below(2) as usize;
    }
    see_in_small_stack(o, "a deep tree in a small stack", &parents);
}

fn wide(o: &mut Obs) {
    let length = (o.size() + o.below(1000)) as usize;
    see_in_small_stack(o, "a wide folder in a small stack", &vec![0; length]);
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("random-trees", random_trees),
        ("inner-folders", inner_folders),
        ("rings", rings),
        ("rings-elsewhere", rings_elsewhere),
        ("wide-ring", wide_ring),
        ("missing-folders", missing_folders),
        ("missing-root", missing_root),
        ("cost-deep", cost_deep),
        ("cost-wide", cost_wide),
        ("memory-balanced", memory_balanced),
        ("memory-part", memory_part),
        ("nothing-leaks", nothing_leaks),
        ("deep-chain", deep_chain),
        ("deep-comb", deep_comb),
        ("wide", wide),
    ])
}
