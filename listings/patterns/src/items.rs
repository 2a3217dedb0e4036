//! What stands on a page, in three kinds, told apart by a pointer or by a number.

use measure::Seeded;

/// Anything that takes up lines of a page.
pub trait Lines {
    /// How many.
    fn lines(&self) -> u64;
}

/// Text that runs on.
pub struct Paragraph {
    /// Its length.
    pub letters: u64,
}

/// A picture with a caption below it.
pub struct Picture {
    /// Its height, in lines.
    pub height: u64,
    /// Lines of the caption.
    pub caption: u64,
}

/// A line across the page.
pub struct Rule {
    /// The space that it takes, in lines.
    pub space: u64,
}

impl Lines for Paragraph {
    fn lines(&self) -> u64 {
        self.letters >> 5
    }
}

impl Lines for Picture {
    fn lines(&self) -> u64 {
        self.height + self.caption
    }
}

impl Lines for Rule {
    fn lines(&self) -> u64 {
        self.space
    }
}

/// All three kinds in one type.
pub enum Item {
    /// Text.
    Paragraph(Paragraph),
    /// A picture.
    Picture(Picture),
    /// A line.
    Rule(Rule),
}

impl Lines for Item {
    fn lines(&self) -> u64 {
        match self {
            Item::Paragraph(text) => text.lines(),
            Item::Picture(picture) => picture.lines(),
            Item::Rule(rule) => rule.lines(),
        }
    }
}

/// An item of a kind, which is 0, 1 or 2.
fn item(kind: u8) -> Item {
    match kind {
        0 => Item::Paragraph(Paragraph { letters: 700 }),
        1 => Item::Picture(Picture { height: 9, caption: 2 }),
        _ => Item::Rule(Rule { space: 1 }),
    }
}

/// Items in blocks of their own.
#[must_use]
pub fn boxed(kinds: &[u8]) -> Vec<Box<dyn Lines>> {
    kinds
        .iter()
        .map(|kind| match item(*kind) {
            Item::Paragraph(text) => Box::new(text) as Box<dyn Lines>,
            Item::Picture(picture) => Box::new(picture),
            Item::Rule(rule) => Box::new(rule),
        })
        .collect()
}

/// Items side by side.
#[must_use]
pub fn together(kinds: &[u8]) -> Vec<Item> {
    kinds.iter().map(|kind| item(*kind)).collect()
}

/// Kinds of so many items, a third of them of each kind, in order.
#[must_use]
pub fn kinds_sorted(count: usize) -> Vec<u8> {
    let mut kinds = kinds_at_random(count);
    kinds.sort_unstable();
    kinds
}

/// The same kinds without an order.
#[must_use]
pub fn kinds_at_random(count: usize) -> Vec<u8> {
    let mut kinds: Vec<u8> =
        [0, 1, 2].into_iter().cycle().take(count).collect();
    Seeded::new(15).shuffle(&mut kinds);
    kinds
}

/// The lines of all items.
#[inline(never)]
#[must_use]
pub fn sum(items: &[Item]) -> u64 {
    items.iter().map(Lines::lines).sum()
}

/// The lines of all items in boxes.
#[inline(never)]
#[must_use]
pub fn sum_boxed(items: &[Box<dyn Lines>]) -> u64 {
    items.iter().map(|item| item.lines()).sum()
}
