//@ trace

use std::thread;

fn main() {
    let mut total = 1;
    thread::scope(|scope| {
        scope.spawn(|| {
            // SAY: A second stack, far below the first. `total` is not on it.
            let more = 41;
            // ASK: What is in the frame of `main` after this line? | total | 1 | 41
            total += more;
        });
    });
    // SAY: The thread is gone, and its stack with it. What it wrote has stayed.
    println!("{total}");
}
