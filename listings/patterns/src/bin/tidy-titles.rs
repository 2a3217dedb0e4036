//@ profiles: debug, release
//@ value always: a String each time: (\d+)
//@ value needed: a Cow: (\d+)
//@ value titles: of (\d+) titles
//@ value cow: a Cow has (\d+) bytes
//@ value string: a String has (\d+)
use patterns::count::{Counting, count};
use std::hint::black_box;
use std::mem::size_of;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
use std::borrow::Cow;

/// A title in which no tab is left.
fn tidy(title: &str) -> Cow<'_, str> {
    if title.contains('\t') {
        Cow::Owned(title.replace('\t', " "))
    } else {
        Cow::Borrowed(title)
    }
}
// ANCHOR_END: body

fn main() {
    let mut titles = vec!["Bridge opened"; 95];
    titles.extend(["Harvest\tbegins"; 5]);
    println!("requests, to tidy a list of {} titles", titles.len());
    let (length, always) = count(|| {
        let tidied = titles.iter().map(|title| title.replace('\t', " "));
        tidied.map(|title| black_box(title).len()).sum::<usize>()
    });
    println!("a String each time: {}", always.requests());
    let (same, needed) = count(|| {
        let tidied = titles.iter().map(|title| tidy(title));
        tidied.map(|title| black_box(title).len()).sum::<usize>()
    });
    println!("a Cow: {}", needed.requests());
    let (cow, string) = (size_of::<Cow<str>>(), size_of::<String>());
    println!("a Cow has {cow} bytes, a String has {string}");
    assert_eq!(length, same);
    assert_eq!([always.requests(), needed.requests()], [100, 5]); // PROVES cow
    assert_eq!(cow, string);
}
