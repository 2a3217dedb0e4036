//! Variables are dropped in the opposite order of their declarations.

struct Noisy(u8);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn main() {
    let one = Box::new(Noisy(1));
    let two = Some(Box::new(Noisy(2)));
    let none: Option<Box<Noisy>> = None;
    {
        let inner = Noisy(3);
        println!("inner {}", inner.0);
    }
    let moved = one;
    println!("{} {} {}", moved.0, two.is_some(), none.is_none());
}
