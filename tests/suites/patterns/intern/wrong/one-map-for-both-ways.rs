//! fails: cost
//! misconception: A map can be read in both directions.

use std::collections::HashMap;
use std::rc::Rc;

/// Texts, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Interner {
    numbers: HashMap<Rc<str>, u32>,
}

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
        if let Some(number) = self.find(text) {
            return number;
        }
        let number = u32::try_from(self.numbers.len()).expect("there are numbers left");
        self.numbers.insert(text.into(), number);
        number
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// The text with a number.
    pub fn text(&self, number: u32) -> Option<&str> {
        let mut all = self.numbers.iter();
        let found = all.find(|(_, known)| **known == number);
        found.map(|(text, _)| &**text)
    }
}
