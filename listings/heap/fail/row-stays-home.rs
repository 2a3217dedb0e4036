use std::ptr::NonNull;
use std::thread;

// ANCHOR: body
struct Row<T> {
    start: NonNull<T>,
    length: usize,
}

fn main() {
    let row = Row { start: NonNull::<u32>::dangling(), length: 0 };
    let report = move || println!("{} at {:?}", row.length, row.start);
    thread::spawn(report); //~ E0277 // PROVES raw-pointers-stay
}
// ANCHOR_END: body
