//! One cell holds the first child and the last; the walk is a type of its own.

use bumpalo::Bump;
use std::cell::Cell;
use std::ptr;

/// A node of a tree, which lives as long as its arena. Nothing in it has to be dropped.
#[derive(Debug)]
pub struct Node<'a> {
    name: &'a str,
    parent: Option<&'a Node<'a>>,
    /// The first child and the last.
    ends: Cell<Option<[&'a Node<'a>; 2]>>,
    /// The child of the same parent that was added after this one.
    next: Cell<Option<&'a Node<'a>>>,
}

impl<'a> Node<'a> {
    /// A tree of one node, whose name is a copy in the arena.
    pub fn root(arena: &'a Bump, name: &str) -> &'a Self {
        Self::new(arena, name, None)
    }

    /// Adds a child behind the children that are there.
    pub fn add(&'a self, arena: &'a Bump, name: &str) -> &'a Self {
        let child = Self::new(arena, name, Some(self));
        let first = match self.ends.get() {
            Some([first, last]) => {
                last.next.set(Some(child));
                first
            }
            None => child,
        };
        self.ends.set(Some([first, child]));
        child
    }

    fn new(arena: &'a Bump, name: &str, parent: Option<&'a Self>) -> &'a Self {
        arena.alloc(Node {
            name: arena.alloc_str(name),
            parent,
            ends: Cell::new(None),
            next: Cell::new(None),
        })
    }

    /// Its name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The node that it was added to; none for the root.
    pub fn parent(&self) -> Option<&'a Self> {
        self.parent
    }

    /// Its children, in the order in which they were added.
    pub fn children(&self) -> impl Iterator<Item = &'a Self> {
        std::iter::successors(self.first(), |child| child.next.get())
    }

    /// This node and all below it, each before its children.
    pub fn walk(&'a self) -> impl Iterator<Item = &'a Self> {
        Walk {
            top: self,
            next: Some(self),
        }
    }

    fn first(&self) -> Option<&'a Self> {
        self.ends.get().map(|[first, _]| first)
    }
}

/// A walk that has come so far.
struct Walk<'a> {
    top: &'a Node<'a>,
    next: Option<&'a Node<'a>>,
}

impl<'a> Iterator for Walk<'a> {
    type Item = &'a Node<'a>;

    fn next(&mut self) -> Option<&'a Node<'a>> {
        let node = self.next?;
        self.next = node.first();
        let mut up = node;
        while self.next.is_none() && !ptr::eq(up, self.top) {
            self.next = up.next.get();
            up = up.parent?;
        }
        Some(node)
    }
}
