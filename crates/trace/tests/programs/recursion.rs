//! Each call has a frame of its own, and they go in the opposite order.

fn countdown(n: u32) -> u32 {
    if n == 0 {
        return 0;
    }
    let below = countdown(n - 1);
    below + n
}

fn main() {
    let sum = countdown(3);
    println!("{sum}");
}
