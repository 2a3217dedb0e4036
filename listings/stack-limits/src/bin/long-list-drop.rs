//@ ends: abort
//@ profiles: debug, release
//@ varies tid: thread 'main' \((\d+)\) has
//@ proves recursive-drop: has overflowed its stack
// ANCHOR: body
/// One state of the backup, and the state before it.
struct Snapshot {
    files: u32,
    older: Option<Box<Snapshot>>,
}

fn main() {
    let mut latest = Snapshot { files: 0, older: None };
    for files in 1..1_000_000 {
        latest = Snapshot { files, older: Some(Box::new(latest)) };
    }
    println!("{} files in the latest snapshot", latest.files);
    println!("there is an older one: {}", latest.older.is_some());
}
// ANCHOR_END: body
