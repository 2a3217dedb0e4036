//! code: E0505
//! criterion: arena
//! tried: dropping an arena while a child is used

use arena_tree::Node;
use bumpalo::Bump;

fn main() {
    let arena = Bump::new();
    let child = Node::root(&arena, "root").add(&arena, "child");
    drop(arena);
    drop(child.parent().is_some());
}
