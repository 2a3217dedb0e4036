//@ profiles: release
//@ tool: valgrind 3.15..4
//@ timeout: 60 s
//@ varies m: (\d+) misses in 1000..900000
//@ value tree: tree of boxes: (\d+) misses
//@ value btree: BTreeMap: (\d+) misses
//@ value keys: among (\d+) keys
//@ value lookups: (\d+) look-ups
use cache::model::{self, Job, measured};
use measure::Seeded;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::io;

const COUNT: usize = 50_000;
const LOOKUPS: usize = 10_000;

// ANCHOR: body
/// A search tree as it is drawn: one number and two boxes in each node.
#[derive(Default)]
struct Tree(Option<Box<(u64, Tree, Tree)>>);

impl Tree {
    fn insert(&mut self, key: u64) {
        match &mut self.0 {
            None => {
                *self = Tree(Some(Box::new((key, Tree(None), Tree(None)))));
            }
            Some(node) if key < node.0 => node.1.insert(key),
            Some(node) => node.2.insert(key),
        }
    }

    fn holds(&self, key: u64) -> bool {
        let mut tree = self;
        while let Some(node) = &tree.0 {
            if node.0 == key {
                return true;
            }
            tree = if key < node.0 { &node.1 } else { &node.2 };
        }
        false
    }
}
// ANCHOR_END: body

/// The same keys in the same random order, for both trees.
fn keys() -> Vec<u64> {
    let mut numbers = Seeded::new(7);
    (0..COUNT).map(|_| numbers.next_u64()).collect()
}

const JOBS: [Job; 2] = [
    ("tree of boxes", || {
        let (keys, mut tree) = (keys(), Tree::default());
        keys.iter().for_each(|&key| tree.insert(key));
        measured(&mut || {
            assert!(
                keys[COUNT - LOOKUPS..].iter().all(|&key| tree.holds(key))
            );
        });
    }),
    ("BTreeMap", || {
        let keys = keys();
        let tree: BTreeMap<u64, ()> =
            keys.iter().map(|&key| (key, ())).collect();
        measured(&mut || {
            let held = |key| tree.contains_key(black_box(key));
            assert!(keys[COUNT - LOOKUPS..].iter().all(held));
        });
    }),
];

fn main() -> io::Result<()> {
    let Some(found) = model::compare(&JOBS)? else { return Ok(()) };
    println!("{LOOKUPS} look-ups among {COUNT} keys");
    for ((name, _), counts) in JOBS.iter().zip(&found) {
        println!("{name}: {} misses", counts.first);
    }
    assert!(found[0].first > 2 * found[1].first); // PROVES 9.26
    Ok(())
}
