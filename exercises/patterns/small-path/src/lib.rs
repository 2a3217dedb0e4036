//! Paths whose parts lie in the value itself, as long as there are few.

/// The parts of a path, the outermost first. Up to 8 of them need no block.
#[derive(Clone, Debug, Default)]
pub struct Path<P> {
    parts: Vec<P>,
}

impl<P> Path<P> {
    /// A path without a part.
    pub fn new() -> Self {
        Self { parts: Vec::new() }
    }

    /// All parts, the outermost first.
    pub fn parts(&self) -> &[P] {
        &self.parts
    }

    /// Puts a part behind the last.
    pub fn push(&mut self, part: P) {
        drop(part);
        todo!("put the part behind the last")
    }

    /// Takes the last part away.
    pub fn pop(&mut self) -> Option<P> {
        todo!("take the last part away")
    }
}

impl<P: Clone> Path<P> {
    /// A path with all parts but the last. What has no part has no parent.
    pub fn parent(&self) -> Option<Self> {
        todo!("all parts but the last")
    }

    /// A path with the parts of this one, and behind them those of the other.
    pub fn join(&self, inner: &Self) -> Self {
        todo!("these parts, and then {} others", inner.parts.len())
    }
}

impl<'a> Path<&'a str> {
    /// The path that a text means. Its parts stand between slashes. An empty part and `.`
    /// mean nothing; `..` takes away the part before it, if there is one.
    pub fn parse(text: &'a str) -> Self {
        todo!("find the parts of {text}")
    }
}
