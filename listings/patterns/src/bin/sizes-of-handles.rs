//@ profiles: debug, release
//@ value vec: Vec<u32>: (\d+)
//@ value four: SmallVec of 4: (\d+)
//@ value eight: SmallVec of 8: (\d+)
//@ value sixty-four: SmallVec of 64: (\d+)
//@ value array-eight: ArrayVec of 8: (\d+)
use arrayvec::ArrayVec;
use smallvec::SmallVec;

// ANCHOR: body
use std::mem::size_of;

fn main() {
    println!("Vec<u32>: {} bytes", size_of::<Vec<u32>>());
    println!("SmallVec of 4: {} bytes", size_of::<SmallVec<[u32; 4]>>());
    println!("SmallVec of 8: {} bytes", size_of::<SmallVec<[u32; 8]>>());
    println!("SmallVec of 64: {} bytes", size_of::<SmallVec<[u32; 64]>>());
    println!("ArrayVec of 8: {} bytes", size_of::<ArrayVec<u32, 8>>());
}
// ANCHOR_END: body
