//@ profiles: debug, release
//@ proves recursive-drop: all snapshots dropped
struct Snapshot {
    files: u32,
    older: Option<Box<Snapshot>>,
}

// ANCHOR: drop
impl Drop for Snapshot {
    fn drop(&mut self) {
        let mut next = self.older.take();
        while let Some(mut snapshot) = next {
            next = snapshot.older.take();
        }
    }
}
// ANCHOR_END: drop

fn main() {
    let mut latest = Snapshot { files: 0, older: None };
    for files in 1..1_000_000 {
        latest = Snapshot { files, older: Some(Box::new(latest)) };
    }
    println!("{} files in the latest snapshot", latest.files);
    drop(latest);
    println!("all snapshots dropped");
}
