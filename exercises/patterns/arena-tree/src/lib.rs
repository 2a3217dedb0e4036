//! A tree whose nodes lie in an arena, and know each other by reference.

use bumpalo::Bump;

/// A node of a tree, which lives as long as its arena. Nothing in it has to be dropped.
#[derive(Debug)]
pub struct Node<'a> {
    name: &'a str,
    parent: Option<&'a Node<'a>>,
}

impl<'a> Node<'a> {
    /// A tree of one node, whose name is a copy in the arena.
    pub fn root(arena: &'a Bump, name: &str) -> &'a Self {
        todo!("put {name} into {arena:?}")
    }

    /// Adds a child behind the children that are there.
    pub fn add(&'a self, arena: &'a Bump, name: &str) -> &'a Self {
        todo!("put {name} below {}, into {arena:?}", self.name)
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
        if self.name.is_empty() {
            return std::iter::empty();
        }
        todo!("the children of {}", self.name)
    }

    /// This node and all below it, each before its children.
    pub fn walk(&'a self) -> impl Iterator<Item = &'a Self> {
        if self.name.is_empty() {
            return std::iter::empty();
        }
        todo!("{} and all below it", self.name)
    }
}
