//@ profiles: debug, release
//@ value boxed: boxed: (\d+)
//@ value together: together: (\d+)
//@ value pointer: boxed: .* (\d+) bytes
//@ value item: together: .* (\d+) bytes
use patterns::count::{Counting, requests};
use std::hint::black_box;
use std::mem::size_of;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: types
trait Lines {
    fn lines(&self) -> u64;
}

struct Paragraph {
    letters: u64,
}

struct Picture {
    height: u64,
    caption: u64,
}

impl Lines for Paragraph {
    fn lines(&self) -> u64 {
        self.letters / 32
    }
}

impl Lines for Picture {
    fn lines(&self) -> u64 {
        self.height + self.caption
    }
}

enum Item {
    Paragraph(Paragraph),
    Picture(Picture),
}

impl Lines for Item {
    fn lines(&self) -> u64 {
        match self {
            Item::Paragraph(text) => text.lines(),
            Item::Picture(picture) => picture.lines(),
        }
    }
}
// ANCHOR_END: types

// ANCHOR: use
fn main() {
    let text = || Paragraph { letters: 704 };
    let picture = || Picture { height: 9, caption: 2 };
    let boxed = requests(|| {
        let mut page: Vec<Box<dyn Lines>> = Vec::with_capacity(100);
        for _ in 0..50 {
            page.push(Box::new(text()));
            page.push(Box::new(picture()));
        }
        assert_eq!(total(page.iter().map(|item| item.lines())), 1650);
    });
    let together = requests(|| {
        let mut page: Vec<Item> = Vec::with_capacity(100);
        for _ in 0..50 {
            page.push(Item::Paragraph(text()));
            page.push(Item::Picture(picture()));
        }
        assert_eq!(total(page.iter().map(|item| item.lines())), 1650);
    });
    // ANCHOR_END: use
    let (pointer, item) = (size_of::<Box<dyn Lines>>(), size_of::<Item>());
    println!("boxed: {boxed} requests, {pointer} bytes in the list each");
    println!("together: {together} request, {item} bytes in the list each");
    assert_eq!([boxed, together], [101, 1]);
}

fn total(lines: impl Iterator<Item = u64>) -> u64 {
    black_box(lines.sum())
}
