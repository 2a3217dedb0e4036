//! Texts in boxes, and a table of numbers that is looked through from the place of a hash.

use std::hash::{BuildHasher, RandomState};

/// Texts, numbered in the order in which they came.
#[derive(Debug, Default)]
pub struct Interner {
    texts: Vec<Box<str>>,
    // Numbers, each at the place of its text's hash or behind it. At most half are taken.
    table: Vec<Option<u32>>,
    state: RandomState,
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
        self.texts.push(text.into());
        if self.texts.len() * 2 > self.table.len() {
            self.table = vec![None; (self.table.len() * 2).max(16)];
            for number in 0..number {
                self.enter(number);
            }
        }
        self.enter(number);
        number
    }

    fn enter(&mut self, number: u32) {
        let mut place = self.first(&self.texts[number as usize]);
        while self.table[place].is_some() {
            place = (place + 1) % self.table.len();
        }
        self.table[place] = Some(number);
    }

    /// Where to look first.
    fn first(&self, text: &str) -> usize {
        (self.state.hash_one(text) % self.table.len() as u64) as usize
    }

    /// The number of a text that came before.
    pub fn find(&self, text: &str) -> Option<u32> {
        if self.table.is_empty() {
            return None;
        }
        let mut place = self.first(text);
        while let Some(number) = self.table[place] {
            if *self.texts[number as usize] == *text {
                return Some(number);
            }
            place = (place + 1) % self.table.len();
        }
        None
    }

    /// The text with a number.
    pub fn text(&self, number: u32) -> Option<&str> {
        self.texts.get(number as usize).map(|text| &**text)
    }
}
