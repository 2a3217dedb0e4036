//! code: E0277
//! criterion: types
//! tried: sharing an array of `Cell` with another thread

use my_vec::MyVec;
use std::cell::Cell;

fn main() {
    let mut vec = MyVec::new();
    vec.push(Cell::new(1));
    std::thread::scope(|scope| {
        scope.spawn(|| vec[0].set(2));
        vec[0].set(3);
    });
}
