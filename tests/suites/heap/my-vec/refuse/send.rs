//! code: E0277
//! criterion: types
//! tried: moving an array of `Rc` to another thread

use my_vec::MyVec;
use std::rc::Rc;

fn main() {
    let mut vec = MyVec::new();
    vec.push(Rc::new(1));
    std::thread::spawn(move || vec.len());
}
