//! code: E0597
//! criterion: arena
//! tried: keeping a node longer than its arena

use arena_tree::Node;
use bumpalo::Bump;

fn main() {
    let node;
    {
        let arena = Bump::new();
        node = Node::root(&arena, "root");
    }
    drop(node.name());
}
