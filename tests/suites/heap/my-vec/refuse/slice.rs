//! code: E0505
//! criterion: types
//! tried: keeping the slice of an array that is dropped

use my_vec::MyVec;

fn main() {
    let mut vec = MyVec::new();
    vec.push(1);
    let slice = vec.as_slice();
    drop(vec);
    println!("{slice:?}");
}
