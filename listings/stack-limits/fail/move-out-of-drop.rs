struct Snapshot {
    files: u32,
    older: Option<Box<Snapshot>>,
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        println!("snapshot of {} files dropped", self.files);
    }
}

/// Takes the older state out of a snapshot and lets the rest go.
fn undo(latest: Snapshot) -> Option<Box<Snapshot>> {
    latest.older //~ E0509
}

fn main() {
    let latest = Snapshot { files: 1, older: None };
    println!("{}", undo(latest).is_none());
}
