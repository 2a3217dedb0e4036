/// An entry of the backup: a file, or a folder with entries in it.
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
    let inbox =
        Entry::Folder((0..1_000_000).map(|_| Entry::File).collect());
    println!("{} files", files(&inbox));
}
