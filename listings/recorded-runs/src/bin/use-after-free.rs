//@ trace

fn main() {
    let old = Box::new(1111_u64);
    let pointer = &raw const *old;
    drop(old);
    // SAY: The block is free. The raw pointer does not know, and nothing forbids its use.
    let new = Box::new(2222_u64);
    // SAY: The allocator has handed out the same place again.
    // SAFETY: there is none, this is undefined behavior.
    // ASK: What will be read through the pointer to the old box? | read | 1111 | 0
    let read = unsafe { *pointer };
    println!("{read} {new}");
}
