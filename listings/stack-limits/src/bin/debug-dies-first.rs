//@ ends: abort
//@ ends release: ok
//@ profiles: debug, release
//@ varies tid: thread 'counter' \((\d+)\) has
//@ proves debug-frames: has overflowed its stack|10000 folders deep: 1 file
use std::thread;

// ANCHOR: body
enum Entry {
    File,
    Folder(Vec<Entry>),
}

fn files(entry: &Entry) -> u64 {
    match entry {
        Entry::File => 1,
        Entry::Folder(entries) => entries.iter().map(files).sum(),
    }
}

fn main() {
    let mut entry = Entry::File;
    for _ in 0..10_000 {
        entry = Entry::Folder(vec![entry]);
    }
    thread::scope(|scope| {
        let counter = thread::Builder::new().name("counter".into());
        let counter =
            counter.spawn_scoped(scope, || files(&entry)).unwrap();
        println!("10000 folders deep: {} file", counter.join().unwrap());
    });
}
// ANCHOR_END: body
