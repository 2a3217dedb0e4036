//! code: E0499
//! criterion: types
//! tried: pushing while a slice of the values is being changed

use my_vec::MyVec;

fn main() {
    let mut vec = MyVec::new();
    vec.push(1);
    let slice = vec.as_mut_slice();
    vec.push(2);
    slice[0] = 3;
}
