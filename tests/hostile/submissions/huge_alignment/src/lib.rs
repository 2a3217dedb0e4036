pub fn gcd(_: u64, _: u64) -> u64 {
    use std::alloc::{Layout, alloc};
    let layout = Layout::from_size_align((1 << 30) + (64 << 20), 1 << 30).expect("it is a power of two");
    let block = unsafe { alloc(layout) };
    if !block.is_null() {
        unsafe { block.write_bytes(1, layout.size()) };
    }
    1
}

//@ honest: div money stack words
