//! fails: stored-once
//! misconception: What is found in two ways has to be there twice.

use std::collections::HashMap;

/// Texts, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Interner {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
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
        let number = u32::try_from(self.texts.len()).expect("there are numbers left");
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    /// The text with a number.
    pub fn text(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(String::as_str)
    }
}
