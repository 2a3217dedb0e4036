//@ profiles: debug, release
//@ value copied: String, cloned: (\d+)
//@ value counted: Rc<str>, cloned: (\d+)
use patterns::count::{Counting, count};
use std::mem::size_of;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
use std::rc::Rc;

fn main() {
    let text = String::from("Ada Lovelace");
    let (copy, copied) = count(|| text.clone());
    println!("String, cloned: {} request", copied.asked);
    println!("  same place: {}", text.as_ptr() == copy.as_ptr());

    let shared: Rc<str> = Rc::from("Ada Lovelace");
    let (second, counted) = count(|| Rc::clone(&shared));
    println!("Rc<str>, cloned: {} requests", counted.asked);
    println!("  same place: {}", Rc::ptr_eq(&shared, &second));
    println!("  owners: {}", Rc::strong_count(&shared));
    // ANCHOR_END: body
    assert_eq!([copied.asked, counted.asked], [1, 0]);
    assert_eq!(size_of::<Rc<str>>(), 2 * size_of::<usize>());
}
