//! Cases for `arena-tree`: the right nodes in the right order, and what they take from the
//! arena and besides it.

use arena_tree::Node;
use bumpalo::Bump;
use obs::Obs;

const SMALL_STACK: usize = 64 * 1024;

/// Adds so many nodes below random ones, and gives all of them.
fn grow<'a>(o: &mut Obs, arena: &'a Bump, count: u64) -> Vec<&'a Node<'a>> {
    let mut nodes = vec![Node::root(arena, &o.word())];
    for number in 0..count {
        let parent = nodes[o.below(nodes.len() as u64) as usize];
        let name = o.word() + [" ü", "", "-"][o.below(3) as usize] + &number.to_string();
        nodes.push(parent.add(arena, &name));
    }
    nodes
}

fn names<'a>(nodes: impl Iterator<Item = &'a Node<'a>>) -> Vec<&'a str> {
    nodes.map(Node::name).collect()
}

fn children(o: &mut Obs) {
    let (arena, size) = (Bump::new(), o.size());
    for node in grow(o, &arena, size) {
        let children = names(node.children());
        o.see::<(&str, Vec<&str>)>("a node and its children", (node.name(), children));
    }
}

fn parents(o: &mut Obs) {
    let (arena, size) = (Bump::new(), o.size());
    for node in grow(o, &arena, size) {
        let mut way = Vec::new();
        let mut at = Some(node);
        while let Some(node) = at.filter(|_| way.len() as u64 <= size) {
            way.push(node.name());
            at = node.parent();
        }
        o.see::<Vec<&str>>("the way to the root", way);
    }
}

fn same_names(o: &mut Obs) {
    let (arena, name) = (Bump::new(), o.word());
    let root = Node::root(&arena, &name);
    for _ in 0..o.size() {
        let child = root.add(&arena, &name);
        child.add(&arena, "");
    }
    o.see::<Vec<&str>>("children of one name", names(root.children()));
    let below: usize = root.children().map(|child| child.children().count()).sum();
    o.see::<usize>("children of these", below);
}

fn two_trees(o: &mut Obs) {
    let (arena, size) = (Bump::new(), o.size());
    let one = grow(o, &arena, size);
    let other = grow(o, &arena, size);
    o.see::<bool>("whether a root has a parent", other[0].parent().is_some());
    o.see::<Vec<&str>>("children of one root", names(one[0].children()));
    o.see::<Vec<&str>>("children of the other", names(other[0].children()));
}

fn one_root(o: &mut Obs) {
    let (arena, name) = (Bump::with_capacity(1000), o.word());
    let (root, usage) = probe::process(|| Node::root(&arena, &name));
    o.see::<&str>("the name of a root", root.name());
    o.see::<u64>("allocations for a root", usage.allocations);
}

/// Texts for so many nodes, and an arena with room for all of them.
fn prepared(o: &mut Obs) -> (Vec<String>, Bump) {
    let texts = (0..o.size())
        .map(|_| o.word().repeat(1 + o.below(4) as usize))
        .collect();
    (texts, Bump::with_capacity(1 << 20))
}

/// A tree in which every third node is the parent of the following.
fn built<'a>(arena: &'a Bump, texts: &[String]) -> &'a Node<'a> {
    let root = Node::root(arena, &texts[0]);
    let mut parent = root;
    for (at, text) in texts.iter().enumerate().skip(1) {
        let child = parent.add(arena, text);
        if at % 3 == 0 {
            parent = child;
        }
    }
    root
}

fn requests(o: &mut Obs) {
    let (texts, arena) = prepared(o);
    let (root, usage) = probe::process(|| built(&arena, &texts));
    o.see::<usize>("nodes of the tree", root.walk().count());
    o.see::<u64>("allocations besides the arena's", usage.allocations);
}

fn bytes(o: &mut Obs) {
    let (texts, arena) = prepared(o);
    let before = arena.chunk_capacity();
    let root = built(&arena, &texts);
    let taken = before - arena.chunk_capacity();
    let names: usize = root.walk().map(|node| node.name().len()).sum();
    o.see::<usize>("bytes of all names", names);
    o.meter(
        "bytes of the arena besides the names",
        taken.saturating_sub(names) as u64,
    );
}

fn chunks(o: &mut Obs) {
    let texts: Vec<String> = (0..o.size()).map(|_| o.word()).collect();
    let ((arena, bytes), usage) = probe::process(|| {
        let arena = Bump::new();
        let bytes = built(&arena, &texts).name().len();
        (arena, bytes)
    });
    o.see::<usize>("bytes of the root's name", bytes);
    o.see::<bool>(
        "whether the arena holds them",
        arena.allocated_bytes() > texts.len(),
    );
    let requests = usage.allocations + usage.reallocations;
    o.meter("requests of an arena that grows", requests);
}

fn freed(o: &mut Obs) {
    let texts: Vec<String> = (0..o.size()).map(|_| o.word()).collect();
    let (bytes, usage) = probe::process(|| {
        let arena = Bump::new();
        built(&arena, &texts).name().len()
    });
    o.see::<usize>("bytes of the root's name", bytes);
    o.see::<i64>("blocks that are left", usage.live_blocks());
    o.see::<i64>("bytes that are left", usage.live_bytes());
}

fn order(o: &mut Obs) {
    for _ in 0..3 {
        let (arena, size) = (Bump::new(), o.size());
        let nodes = grow(o, &arena, size);
        o.see::<Vec<&str>>("a walk", names(nodes[0].walk().take(1000)));
    }
}

fn parts(o: &mut Obs) {
    let (arena, size) = (Bump::new(), o.size());
    for node in grow(o, &arena, size) {
        o.see::<Vec<&str>>("a walk through a part", names(node.walk().take(1000)));
    }
}

fn alike(o: &mut Obs) {
    let (arena, name) = (Bump::new(), o.word());
    let mut nodes = vec![Node::root(&arena, &name)];
    for _ in 0..o.size() {
        let parent = nodes[o.below(nodes.len() as u64) as usize];
        nodes.push(parent.add(&arena, &name));
    }
    let counts: Vec<usize> = nodes
        .iter()
        .map(|node| node.walk().take(1000).count())
        .collect();
    o.see::<Vec<usize>>("nodes of each walk, where all have one name", counts);
}

fn walk_requests(o: &mut Obs) {
    let (arena, size) = (Bump::new(), o.size());
    let nodes = grow(o, &arena, size);
    let (count, usage) = probe::process(|| nodes[0].walk().count());
    o.see::<usize>("nodes of a walk", count);
    o.see::<u64>("allocations of a walk", usage.allocations);
    let (count, usage) = probe::process(|| nodes[0].children().count());
    o.see::<usize>("children of the root", count);
    o.see::<u64>("allocations for the children", usage.allocations);
}

fn deep(o: &mut Obs) {
    let depth = o.size() + o.below(100);
    let name = o.word();
    let (count, deepest) = probe::with_stack(SMALL_STACK, || {
        let arena = Bump::new();
        let root = Node::root(&arena, &name);
        let mut node = root;
        for _ in 0..depth {
            node = node.add(&arena, "below");
        }
        root.add(&arena, "last");
        (root.walk().count(), node.walk().count())
    });
    o.see::<usize>("nodes of a deep tree, in a small stack", count);
    o.see::<usize>("nodes of its deepest part", deepest);
}

fn cost_of_adding(o: &mut Obs) {
    let (arena, name) = (Bump::with_capacity(1 << 20), o.word());
    let (root, size) = (Node::root(&arena, &name), o.size());
    o.cost("cost of adding", || {
        for _ in 0..size {
            root.add(&arena, &name);
        }
    });
    o.see::<usize>("children of the root", root.children().count());
}

fn cost_of_walking(o: &mut Obs) {
    let (arena, size) = (Bump::new(), o.size());
    let root = grow(o, &arena, size)[0];
    let count = o.cost("cost of walking", || root.walk().count());
    o.see::<usize>("nodes of a walk", count);
}

/// A chain whose nodes have a leaf each behind the next node of the chain.
fn cost_of_coming_back(o: &mut Obs) {
    let (arena, name) = (Bump::new(), o.word());
    let (root, size) = (Node::root(&arena, &name), o.size());
    let mut chain = vec![root];
    for at in 0..size as usize {
        chain.push(chain[at].add(&arena, &name));
    }
    for node in &chain {
        node.add(&arena, "leaf");
    }
    let count = o.cost("cost of walking", || root.walk().count());
    o.see::<usize>("nodes of a walk", count);
}

fn main() {
    obs::refusals(probe::refused_requests);
    // A block that grows is copied in `realloc`, unseen by all but the allocator.
    obs::also_count(probe::reallocated_bytes);
    obs::main(&[
        ("children", children),
        ("parents", parents),
        ("same-names", same_names),
        ("two-trees", two_trees),
        ("one-root", one_root),
        ("requests", requests),
        ("bytes", bytes),
        ("chunks", chunks),
        ("freed", freed),
        ("order", order),
        ("parts", parts),
        ("alike", alike),
        ("walk-requests", walk_requests),
        ("deep", deep),
        ("cost-of-adding", cost_of_adding),
        ("cost-of-walking", cost_of_walking),
        ("cost-of-coming-back", cost_of_coming_back),
    ])
}
