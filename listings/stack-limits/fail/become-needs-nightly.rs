/// Adds up the sizes of `folders` folders, with a call that shall take no
/// frame.
fn total(folders: u64, sum: u64) -> u64 {
    if folders == 0 {
        return sum;
    }
    become total(folders - 1, sum + folders) //~ E0658 // PROVES 5.23, become
}

fn main() {
    println!("{} bytes", total(10_000_000, 0));
}
