//! code: E0277
//! criterion: types
//! tried: moving a box of an `Rc` to another thread

use my_box::MyBox;
use std::rc::Rc;

fn main() {
    let boxed = MyBox::new(Rc::new(1));
    std::thread::spawn(move || **boxed);
}
