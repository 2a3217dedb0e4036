//! code: E0597
//! criterion: arena
//! tried: keeping a name longer than the arena of its node

use arena_tree::Node;
use bumpalo::Bump;

fn main() {
    let name: &str;
    {
        let arena = Bump::new();
        name = Node::root(&arena, "root").name();
    }
    drop(name.len());
}
