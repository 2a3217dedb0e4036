//! The last child knows the first, and the parent knows only the last.

use bumpalo::Bump;
use std::cell::Cell;
use std::ptr;

/// A node of a tree, which lives as long as its arena. Nothing in it has to be dropped.
#[derive(Debug)]
pub struct Node<'a> {
    name: &'a str,
    parent: Option<&'a Node<'a>>,
    last: Cell<Option<&'a Node<'a>>>,
    /// The child of the same parent that was added after this one; after the last, the first.
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
        let before = self.last.replace(Some(child)).unwrap_or(child);
        child
            .next
            .set(before.next.replace(Some(child)).or(Some(child)));
        child
    }

    fn new(arena: &'a Bump, name: &str, parent: Option<&'a Self>) -> &'a Self {
        arena.alloc(Node {
            name: arena.alloc_str(name),
            parent,
            last: Cell::new(None),
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
        std::iter::successors(self.first(), |child| child.sibling())
    }

    /// This node and all below it, each before its children.
    pub fn walk(&'a self) -> impl Iterator<Item = &'a Self> {
        std::iter::successors(Some(self), |node| {
            node.first().or_else(|| node.behind(self))
        })
    }

    fn first(&self) -> Option<&'a Self> {
        self.last.get()?.next.get()
    }

    /// The child behind this one, where it is not the last.
    fn sibling(&self) -> Option<&'a Self> {
        let last = self.parent?.last.get()?;
        self.next.get().filter(|_| !ptr::eq(self, last))
    }

    /// The next node that is not below this one, and still below `top`.
    fn behind(&'a self, top: &'a Self) -> Option<&'a Self> {
        let mut node = self;
        while !ptr::eq(node, top) {
            if let Some(next) = node.sibling() {
                return Some(next);
            }
            node = node.parent?;
        }
        None
    }
}
