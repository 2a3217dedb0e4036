//@ ends: abort
//@ profiles: debug, release
//@ varies tid: thread 'main' \((\d+)\) has
#[derive(Clone)]
struct Snapshot {
    files: u32,
    older: Option<Box<Snapshot>>,
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        let mut next = self.older.take();
        while let Some(mut snapshot) = next {
            next = snapshot.older.take();
        }
    }
}

fn main() {
    let mut latest = Snapshot { files: 0, older: None };
    for files in 1..1_000_000 {
        latest = Snapshot { files, older: Some(Box::new(latest)) };
    }
    println!("{} files", latest.files);
    println!("{} files in the copy", latest.clone().files);
}
