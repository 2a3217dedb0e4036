//! A `Vec` that is full asks for a larger block, and the old one may be in the way.

fn main() {
    let mut numbers: Vec<u32> = Vec::with_capacity(2);
    numbers.push(10);
    numbers.push(20);
    let wall = Box::new(99_u32);
    numbers.push(30);
    numbers.extend([40, 50]);
    println!("{numbers:?} {wall}");
}
