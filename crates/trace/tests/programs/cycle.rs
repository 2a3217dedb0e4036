//! Two values that own each other are never freed; a `Weak` in one of them mends it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

struct Node {
    next: RefCell<Option<Rc<Node>>>,
    back: RefCell<Weak<Node>>,
}

fn node() -> Rc<Node> {
    Rc::new(Node { next: RefCell::new(None), back: RefCell::new(Weak::new()) })
}

fn leak() {
    let a = node();
    let b = node();
    *a.next.borrow_mut() = Some(Rc::clone(&b));
    *b.next.borrow_mut() = Some(Rc::clone(&a));
    println!("{} {}", Rc::strong_count(&a), Rc::strong_count(&b));
}

fn cure() {
    let a = node();
    let b = node();
    *a.next.borrow_mut() = Some(Rc::clone(&b));
    *b.back.borrow_mut() = Rc::downgrade(&a);
    println!("{} {}", Rc::strong_count(&a), Rc::strong_count(&b));
}

fn main() {
    leak();
    cure();
}
