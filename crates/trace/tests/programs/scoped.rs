//! A scoped thread writes to the stack of its parent.

use std::thread;

fn main() {
    let mut total = 1;
    thread::scope(|scope| {
        scope.spawn(|| {
            let more = 41;
            total += more;
        });
    });
    println!("{total}");
}
