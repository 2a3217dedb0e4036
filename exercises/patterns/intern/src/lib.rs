//! Texts that are stored once each, and known by small numbers.

/// Texts, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Interner {}

impl Interner {
    /// Without a text.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of a text: the one that it has, or the next, from 0.
    ///
    /// # Panics
    /// When there are no more numbers.
    pub fn intern(&mut self, text: &str) -> u32 {
        todo!("the number of {text:?}, which may be new")
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<u32> {
        todo!("the number of {text:?}, if it has one")
    }

    /// The text with a number.
    pub fn text(&self, number: u32) -> Option<&str> {
        todo!("the text with number {number}, if there is one")
    }
}
