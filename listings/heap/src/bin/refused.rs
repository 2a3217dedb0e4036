use std::alloc::{Layout, alloc};
use std::collections::TryReserveError;

// ANCHOR: body
/// A buffer with room for `size` bytes, or the reason why there is none.
fn create_buffer(size: usize) -> Result<Vec<u8>, TryReserveError> {
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(size)?;
    Ok(buffer)
}

fn main() {
    for size in [4096, isize::MAX as usize, usize::MAX] {
        match create_buffer(size) {
            Ok(buffer) => println!("room for {} bytes", buffer.capacity()),
            Err(error) => println!("{size:#x} bytes: {error}"),
        }
    }
    assert!(create_buffer(4096).is_ok());
    assert!(create_buffer(isize::MAX as usize).is_err()); // PROVES 6.05

    let layout = Layout::from_size_align(isize::MAX as usize, 1).unwrap();
    // SAFETY: the size is not 0.
    let block = unsafe { alloc(layout) };
    println!("the allocator itself said {block:?}");
    assert!(block.is_null());
}
// ANCHOR_END: body
