//@ profiles: debug, release
//@ value article: an article: (\d+) bytes
//@ value boxed: with boxed fields: (\d+) bytes
//@ value requests: 100 articles: (\d+) requests
//@ value boxed-requests: 100 with boxed fields: (\d+) requests
use patterns::count::{Counting, count};
use std::mem::size_of;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
struct Article {
    number: u32,
    page: u16,
    title: Box<str>,
}

struct Boxed {
    number: Box<u32>,
    page: Box<u16>,
    title: Box<str>,
}
// ANCHOR_END: body

fn main() {
    let article =
        |number: u32| Article { number, page: 1, title: "Flood".into() };
    let boxed = |number: u32| Boxed {
        number: Box::new(number),
        page: Box::new(1),
        title: "Flood".into(),
    };
    println!("an article: {} bytes", size_of::<Article>());
    println!("one with boxed fields: {} bytes", size_of::<Boxed>());
    let (articles, plain) =
        count(|| (1..=100).map(article).collect::<Vec<_>>());
    let (boxes, dear) = count(|| (1..=100).map(boxed).collect::<Vec<_>>());
    println!("100 articles: {} requests", plain.requests());
    println!("100 with boxed fields: {} requests", dear.requests());

    // A plain field lies in whatever holds the article, here the list.
    let list = articles.as_ptr_range();
    let list = list.start.addr()..list.end.addr();
    let page = (&raw const articles[7].page).addr();
    let inside = list.contains(&page);
    println!("a page number is inside the list's block: {inside}");
    assert!(inside); // PROVES 15.10
    assert_eq!([plain.requests(), dear.requests()], [101, 301]);
    let same = articles.iter().zip(&boxes).all(|(plain, boxed)| {
        plain.number == *boxed.number
            && plain.page == *boxed.page
            && plain.title == boxed.title
    });
    assert!(same);
}
