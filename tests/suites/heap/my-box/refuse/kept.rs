//! code: E0505
//! criterion: types
//! tried: keeping a reference to the value of a box that is dropped

use my_box::MyBox;

fn main() {
    let boxed = MyBox::new(1);
    let value = &*boxed;
    drop(boxed);
    println!("{value}");
}
