//! A function is called, and returns.

fn add(a: i32, b: i32) -> i32 {
    let sum = a + b;
    sum
}

fn main() {
    let first = 2;
    let second = 40;
    let answer = add(first, second);
    println!("{answer}");
}
