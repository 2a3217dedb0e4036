//! The same tree twice: a block for each node, and all nodes in an arena.

use bumpalo::Bump;

/// A node that owns its branches.
pub struct Boxed {
    /// What it holds.
    pub page: u64,
    /// The branches; none below the last level.
    pub branches: Option<[Box<Boxed>; 2]>,
}

impl Boxed {
    /// A full tree of so many levels.
    #[must_use]
    pub fn tree(levels: u32) -> Box<Self> {
        let branches = (levels > 1)
            .then(|| [Self::tree(levels - 1), Self::tree(levels - 1)]);
        Box::new(Self { page: 1, branches })
    }

    /// The sum of all pages.
    #[must_use]
    pub fn sum(&self) -> u64 {
        let branches = self.branches.iter().flatten();
        self.page + branches.map(|branch| branch.sum()).sum::<u64>()
    }
}

/// A node whose branches lie in the same arena.
pub struct InArena<'a> {
    /// What it holds.
    pub page: u64,
    /// The branches; none below the last level.
    pub branches: Option<[&'a InArena<'a>; 2]>,
}

impl<'a> InArena<'a> {
    /// A full tree of so many levels.
    pub fn tree(arena: &'a Bump, levels: u32) -> &'a Self {
        let branches = (levels > 1).then(|| {
            [Self::tree(arena, levels - 1), Self::tree(arena, levels - 1)]
        });
        arena.alloc(Self { page: 1, branches })
    }

    /// The sum of all pages.
    #[must_use]
    pub fn sum(&self) -> u64 {
        let branches = self.branches.iter().flatten();
        self.page + branches.map(|branch| branch.sum()).sum::<u64>()
    }
}
