//! A pointer outlives its block, and reads what the next owner put there.

fn main() {
    let old = Box::new(0x1111_1111_1111_1111_u64);
    let pointer = &raw const *old;
    drop(old);
    let new = Box::new(0x2222_2222_2222_2222_u64);
    // SAFETY: there is none; that is what this program shows.
    let read = unsafe { *pointer };
    println!("{read:x} {:x}", *new);
}
