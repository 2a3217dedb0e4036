//! code: E0382
//! criterion: types
//! tried: using a box whose value was taken out

use my_box::MyBox;

fn main() {
    let boxed = MyBox::new(1);
    let value = boxed.into_inner();
    println!("{value} {}", *boxed);
}
