//! fails: stored-once
//! misconception: A text should have room to grow.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Texts, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Interner {
    // By their hashes.
    numbers: BTreeMap<u64, Vec<u32>>,
    texts: Vec<String>,
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
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
        let mut stored = String::with_capacity(64);
        stored.push_str(text);
        self.texts.push(stored);
        self.numbers.entry(hash(text)).or_default().push(number);
        number
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<u32> {
        let mut same = self.numbers.get(&hash(text))?.iter();
        let is_it = |number: &&u32| self.text(**number) == Some(text);
        same.find(is_it).copied()
    }

    /// The text with a number.
    pub fn text(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(String::as_str)
    }
}
