/// Backs up one file, through a block as large as the file.
fn back_up(size: usize) -> usize {
    let block = [0u8; size]; //~ E0435 // PROVES 5.01
    block.len()
}

fn main() {
    println!("{} bytes", back_up(4096));
}
