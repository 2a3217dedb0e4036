//! The parent is made from a slice, and a text is read part by part.

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

impl<P> FromIterator<P> for Path<P> {
    fn from_iter<I: IntoIterator<Item = P>>(parts: I) -> Self {
        Self {
            parts: parts.into_iter().collect(),
        }
    }
}

impl<P: Clone> Path<P> {
    /// A path with all parts but the last. What has no part has no parent.
    pub fn parent(&self) -> Option<Self> {
        match self.parts.as_slice() {
            [] => None,
            [outer @ .., _] => Some(outer.iter().cloned().collect()),
        }
    }

    /// A path with the parts of this one, and behind them those of the other.
    pub fn join(&self, inner: &Self) -> Self {
        let mut parts = SmallVec::with_capacity(self.parts.len() + inner.parts.len());
        for path in [self, inner] {
            path.parts.iter().for_each(|part| parts.push(part.clone()));
        }
        Self { parts }
    }
}

impl<'a> Path<&'a str> {
    /// The path that a text means. Its parts stand between slashes. An empty part and `.`
    /// mean nothing; `..` takes away the part before it, if there is one.
    pub fn parse(text: &'a str) -> Self {
        let meant = text.split('/').filter(|part| !matches!(*part, "" | "."));
        meant.fold(Self::new(), |mut path, part| {
            if part == ".." {
                path.parts.pop();
            } else {
                path.parts.push(part);
            }
            path
        })
    }
}
