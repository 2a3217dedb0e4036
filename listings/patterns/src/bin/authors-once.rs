//@ profiles: debug, release
//@ value strings: a String each: (\d+)
//@ value shared: a shared text: (\d+)
//@ value numbered: a number: (\d+)
//@ value strings-bytes: a String each: \d+ requests, (\d+)
//@ value shared-bytes: a shared text: \d+ requests, (\d+)
//@ value numbered-bytes: a number: \d+ requests, (\d+)
//@ value articles: of (\d+) articles
//@ value authors: by (\d+) authors
use patterns::count::{Calls, Counting, count};
use std::hint::black_box;
use std::rc::Rc;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
const AUTHORS: [&str; 4] =
    ["Ada Lovelace", "Grace Hopper", "Mary Shelley", "Jane Austen"];

fn named() -> Vec<String> {
    let names = AUTHORS.iter().cycle().take(1000);
    names.map(|name| String::from(*name)).collect()
}

fn shared() -> Vec<Rc<str>> {
    let table = AUTHORS.map(Rc::<str>::from);
    table.iter().cycle().take(1000).cloned().collect()
}

fn numbered() -> (Vec<u32>, Vec<String>) {
    let table = Vec::from(AUTHORS.map(String::from));
    ((0..1000).map(|article| article % 4).collect(), table)
}
// ANCHOR_END: body

fn main() {
    println!(
        "the authors of {} articles by {} authors",
        1000,
        AUTHORS.len()
    );
    let (names, first) = told("a String each", named);
    let (texts, second) = told("a shared text", shared);
    let ((numbers, table), third) = told("a number", numbered);
    for article in 0..1000 {
        assert_eq!(*names[article], *texts[article]);
        assert_eq!(names[article], table[numbers[article] as usize]);
    }
    assert_eq!(first.asked, 1001);
    assert!(second.asked < 10 && third.asked < 10); // PROVES interning
}

fn told<R>(name: &str, make: impl FnOnce() -> R) -> (R, Calls) {
    let (made, calls) = count(make);
    let requests = calls.requests();
    println!("{name}: {requests} requests, {} bytes", calls.bytes);
    (black_box(made), calls)
}
