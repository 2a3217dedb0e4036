//! code: E0499
//! criterion: types
//! tried: changing the value through two references at once

use my_box::MyBox;

fn main() {
    let mut boxed = MyBox::new(1);
    let (first, second) = (&mut *boxed, &mut *boxed);
    *first += 1;
    *second += 1;
}
