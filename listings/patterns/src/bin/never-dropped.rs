//@ profiles: debug, release
//@ value lost: lost: (\d+) blocks
//@ value plain: alloc: dropped (\d+)
//@ value boxed: arena: dropped (\d+)
use bumpalo::Bump;
use patterns::count::{Counting, count};
use std::cell::Cell;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
/// A title with a block of its own, which notes when it is dropped.
struct Title<'a>(String, &'a Cell<u32>);

impl Drop for Title<'_> {
    fn drop(&mut self) {
        self.1.set(self.1.get() + 1);
    }
}

fn main() {
    let dropped = Cell::new(0);
    let title = || Title(String::from("Flood"), &dropped);

    let ((), calls) = count(|| {
        let arena = Bump::new();
        for _ in 0..5 {
            arena.alloc(title());
        }
    });
    println!("alloc: dropped {} of 5", dropped.take());
    println!("lost: {} blocks", calls.asked - calls.freed);

    let ((), calls) = count(|| {
        let arena = Bump::new();
        for _ in 0..5 {
            bumpalo::boxed::Box::new_in(title(), &arena);
        }
    });
    println!("a box in the arena: dropped {} of 5", dropped.get());
    // ANCHOR_END: body
    assert_eq!(dropped.get(), 5); // PROVES arena-drops
    assert_eq!(calls.asked, calls.freed);
    assert_eq!(title().0.len(), 5);
}
