//@ profiles: debug, release
//@ value boxes: in boxes: (\d+) requests
//@ value arena: round 1: (\d+) requests
//@ value again: round 2: (\d+) request
//@ value later: round 3: (\d+) request
//@ value nodes: (\d+) nodes
use patterns::count::{Counting, requests};
use patterns::trees::Boxed;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: tree
use bumpalo::Bump;

struct Node<'a> {
    page: u64,
    branches: Option<[&'a Node<'a>; 2]>,
}

fn tree<'a>(arena: &'a Bump, levels: u32) -> &'a Node<'a> {
    let branches = if levels > 1 {
        Some([tree(arena, levels - 1), tree(arena, levels - 1)])
    } else {
        None
    };
    arena.alloc(Node { page: 1, branches })
}
// ANCHOR_END: tree

// ANCHOR: use
fn main() {
    let boxes = requests(|| drop(Boxed::tree(10)));
    println!("in boxes: {boxes} requests");

    let mut arena = Bump::new();
    let mut total = 0;
    for round in 1..=3 {
        let asked = requests(|| {
            let root = tree(&arena, 10);
            assert_eq!(pages(root), 1023);
        });
        println!("in an arena, round {round}: {asked} requests");
        total += asked;
        arena.reset();
    }
    // ANCHOR_END: use
    assert!(boxes > 100 * total); // PROVES 15.02
    println!("each has {} nodes", Boxed::tree(10).sum());
    assert_eq!(boxes, Boxed::tree(10).sum()); // PROVES 15.09
}

fn pages(node: &Node<'_>) -> u64 {
    let below = node.branches.iter().flatten();
    node.page + below.map(|branch| pages(branch)).sum::<u64>()
}
