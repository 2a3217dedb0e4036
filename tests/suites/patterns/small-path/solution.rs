//! Paths whose parts lie in the value itself, as long as there are few.

// SOLUTION
use smallvec::SmallVec;

/// The parts of a path, the outermost first. Up to 8 of them need no block.
#[derive(Clone, Debug, Default)]
pub struct Path<P> {
    parts: SmallVec<[P; 8]>,
}
// STARTER
// /// The parts of a path, the outermost first. Up to 8 of them need no block.
// #[derive(Clone, Debug, Default)]
// pub struct Path<P> {
//     parts: Vec<P>,
// }
// END

impl<P> Path<P> {
    /// A path without a part.
    pub fn new() -> Self {
        // SOLUTION
        Self {
            parts: SmallVec::new(),
        }
        // STARTER
        // Self { parts: Vec::new() }
        // END
    }

    /// All parts, the outermost first.
    pub fn parts(&self) -> &[P] {
        &self.parts
    }

    /// Puts a part behind the last.
    pub fn push(&mut self, part: P) {
        // SOLUTION
        self.parts.push(part);
        // STARTER
        // drop(part);
        // todo!("put the part behind the last")
        // END
    }

    /// Takes the last part away.
    pub fn pop(&mut self) -> Option<P> {
        // SOLUTION
        self.parts.pop()
        // STARTER
        // todo!("take the last part away")
        // END
    }
}

impl<P: Clone> Path<P> {
    /// A path with all parts but the last. What has no part has no parent.
    pub fn parent(&self) -> Option<Self> {
        // SOLUTION
        let (_, outer) = self.parts.split_last()?;
        let parts = outer.iter().cloned().collect();
        Some(Self { parts })
        // STARTER
        // todo!("all parts but the last")
        // END
    }

    /// A path with the parts of this one, and behind them those of the other.
    pub fn join(&self, inner: &Self) -> Self {
        // SOLUTION
        let parts = self.parts.iter().chain(&inner.parts).cloned().collect();
        Self { parts }
        // STARTER
        // todo!("these parts, and then {} others", inner.parts.len())
        // END
    }
}

impl<'a> Path<&'a str> {
    /// The path that a text means. Its parts stand between slashes. An empty part and `.`
    /// mean nothing; `..` takes away the part before it, if there is one.
    pub fn parse(text: &'a str) -> Self {
        // SOLUTION
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
        // STARTER
        // todo!("find the parts of {text}")
        // END
    }
}
