//@ trace

use std::cell::RefCell;
use std::rc::{Rc, Weak};

struct Station {
    next: RefCell<Option<Rc<Station>>>,
    back: RefCell<Weak<Station>>,
}

fn station() -> Rc<Station> {
    let next = RefCell::new(None);
    let back = RefCell::new(Weak::new());
    Rc::new(Station { next, back })
}

fn ring() {
    let a = station();
    let b = station();
    *a.next.borrow_mut() = Some(Rc::clone(&b));
    // SAY: `b` is about to lead back to `a`, as an owner.
    *b.next.borrow_mut() = Some(Rc::clone(&a));
    println!("{} owners", Rc::strong_count(&a));
    // SAY: Both counts are two. Dropping `a` and `b` takes one from each.
}

fn line() {
    let a = station();
    let b = station();
    *a.next.borrow_mut() = Some(Rc::clone(&b));
    // SAY: This time the way back is weak, and is not counted among the owners.
    *b.back.borrow_mut() = Rc::downgrade(&a);
    println!("{} owner", Rc::strong_count(&a));
}

fn main() {
    // ASK: How many blocks will never be freed? | leaked | 0 | 4
    ring();
    // SAY: No variable leads to the two blocks any more, and each is kept by the other.
    line();
}
