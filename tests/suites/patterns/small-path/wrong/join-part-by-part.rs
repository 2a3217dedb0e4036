//! fails: copies
//! misconception: Pushing costs the same as taking room once.

use smallvec::SmallVec;

/// The parts of a path, the outermost first. Up to 8 of them need no block.
#[derive(Clone, Debug, Default)]
pub struct Path<P> {
    parts: SmallVec<[P; 8]>,
}

impl<P> Path<P> {
    /// A path without a part.
    pub fn new() -> Self {
        Self {
            parts: SmallVec::new(),
        }
    }

    /// All parts, the outermost first.
    pub fn parts(&self) -> &[P] {
        &self.parts
    }

    /// Puts a part behind the last.
    pub fn push(&mut self, part: P) {
        self.parts.push(part);
    }

    /// Takes the last part away.
    pub fn pop(&mut self) -> Option<P> {
        self.parts.pop()
    }
}

impl<P: Clone> Path<P> {
    /// A path with all parts but the last. What has no part has no parent.
    pub fn parent(&self) -> Option<Self> {
        let (_, outer) = self.parts.split_last()?;
        let parts = outer.iter().cloned().collect();
        Some(Self { parts })
    }

    /// A path with the parts of this one, and behind them those of the other.
    pub fn join(&self, inner: &Self) -> Self {
        let mut joined = self.clone();
        for part in inner.parts() {
            joined.push(part.clone());
        }
        joined
    }
}

impl<'a> Path<&'a str> {
    /// The path that a text means. Its parts stand between slashes. An empty part and `.`
    /// mean nothing; `..` takes away the part before it, if there is one.
    pub fn parse(text: &'a str) -> Self {
        let mut path = Self::new();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    path.pop();
                }
                part => path.push(part),
            }
        }
        path
    }
}
