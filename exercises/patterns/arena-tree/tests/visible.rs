//! The tests that you see. The grader has more of the same kinds.

use arena_tree::Node;
use bumpalo::Bump;

/// `book` with `heap` and `patterns`, and `heap` with `growth` and `contract`.
fn book(arena: &Bump) -> &Node<'_> {
    let book = Node::root(arena, "book");
    let heap = book.add(arena, "heap");
    heap.add(arena, "growth");
    book.add(arena, "patterns");
    heap.add(arena, "contract");
    book
}

fn names<'a>(nodes: impl Iterator<Item = &'a Node<'a>>) -> Vec<&'a str> {
    nodes.map(Node::name).collect()
}

#[test]
fn children_come_in_their_order() {
    let arena = Bump::new();
    assert_eq!(names(book(&arena).children()), ["heap", "patterns"]);
}

#[test]
fn a_child_knows_its_parent() {
    let arena = Bump::new();
    let book = book(&arena);
    let heap = book.children().next().expect("it has children");
    assert_eq!(heap.parent().map(Node::name), Some("book"));
    assert!(book.parent().is_none());
}

#[test]
fn a_walk_goes_through_all() {
    let arena = Bump::new();
    let walked = names(book(&arena).walk());
    assert_eq!(walked, ["book", "heap", "growth", "contract", "patterns"]);
}

#[test]
fn a_walk_through_a_part_stays_in_it() {
    let arena = Bump::new();
    let patterns = book(&arena).children().last().expect("it has children");
    assert_eq!(names(patterns.walk()), ["patterns"]);
}

#[test]
fn a_node_takes_nothing_from_the_allocator() {
    let arena = Bump::with_capacity(10_000);
    let (book, usage) = probe::thread(|| book(&arena));
    assert_eq!(book.name(), "book");
    assert_eq!(usage.allocations, 0, "there is room in the arena");
}

#[test]
fn nothing_is_left() {
    let ((), usage) = probe::thread(|| {
        let arena = Bump::new();
        book(&arena);
    });
    assert_eq!(usage.live_blocks(), 0);
}
