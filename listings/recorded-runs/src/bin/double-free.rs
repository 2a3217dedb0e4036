//@ trace
//@ ends: abort

fn main() {
    let reading = Box::new(7_u64);
    let pointer = Box::into_raw(reading);
    // SAY: The box gave up its ownership. From here on nobody frees the block but us.
    // SAFETY: the pointer comes from a box.
    unsafe { drop(Box::from_raw(pointer)) };
    // SAY: Now the pointer dangles, and the next line makes a second owner of a block that is gone.
    // SAFETY: there is none, this is undefined behavior.
    unsafe { drop(Box::from_raw(pointer)) };
    println!("never reached");
}
