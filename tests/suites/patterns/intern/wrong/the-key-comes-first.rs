//! fails: known
//! misconception: `entry` makes a key only when it needs one.

use std::collections::HashMap;
use std::rc::Rc;

/// Texts, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Interner {
    // Both own the text together: there is one block for it.
    numbers: HashMap<Rc<str>, u32>,
    texts: Vec<Rc<str>>,
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
        let next = u32::try_from(self.texts.len()).expect("there are numbers left");
        let text: Rc<str> = text.into();
        let number = *self.numbers.entry(text.clone()).or_insert(next);
        if number == next {
            self.texts.push(text);
        }
        number
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// The text with a number.
    pub fn text(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(|text| &**text)
    }
}
