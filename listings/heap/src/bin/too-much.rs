//@ ends: abort
//@ proves 6.04: memory allocation of \d+ bytes failed
// ANCHOR: body
use std::panic;

fn main() {
    let size = isize::MAX as usize;
    let caught = panic::catch_unwind(|| {
        let mut buffer: Vec<u8> = Vec::with_capacity(size);
        buffer.push(17);
        buffer.len()
    });
    println!("caught: {}", caught.is_err());
}
// ANCHOR_END: body
