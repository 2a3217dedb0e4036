//! code: E0502
//! criterion: arena
//! tried: emptying an arena while a node is used

use arena_tree::Node;
use bumpalo::Bump;

fn main() {
    let mut arena = Bump::new();
    let node = Node::root(&arena, "root");
    arena.reset();
    drop(node.name().len());
}
