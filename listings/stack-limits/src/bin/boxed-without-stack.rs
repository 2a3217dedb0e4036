//@ profiles: debug, release
//@ value stack: a stack of (\d+) KiB
//@ value bytes: a block of (\d+) bytes
use std::thread;

// ANCHOR: body
const BYTES: usize = 10_000_000;

/// A boxed array that was never anywhere but on the heap.
fn block() -> Box<[u8; BYTES]> {
    let on_the_heap: Box<[u8]> = vec![0; BYTES].into_boxed_slice();
    match on_the_heap.try_into() {
        Ok(array) => array,
        Err(_) => unreachable!("the slice was made with this very length"),
    }
}
// ANCHOR_END: body

fn main() {
    let thread = thread::Builder::new().stack_size(64 * 1024);
    let length = thread.spawn(|| block().len()).unwrap().join().unwrap();
    println!(
        "a block of {length} bytes, made by a thread with a stack of 64 KiB"
    );
    assert_eq!(length, BYTES);
}
