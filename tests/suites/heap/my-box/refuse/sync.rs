//! code: E0277
//! criterion: types
//! tried: sharing a box of a `Cell` with another thread

use my_box::MyBox;
use std::cell::Cell;

fn main() {
    let boxed = MyBox::new(Cell::new(1));
    std::thread::scope(|scope| {
        scope.spawn(|| boxed.set(2));
        boxed.set(3);
    });
}
