//! A thread receives what its parent sends; both count.

use std::sync::{mpsc, Arc, Mutex};
use std::thread;
fn main() {
    let (tx, rx) = mpsc::channel();
    let shared = Arc::new(Mutex::new(0));
    let other = Arc::clone(&shared);
    let worker = thread::spawn(move || {
        let mut seen = 0;
        for n in rx {
            let n: i32 = n;
            *other.lock().unwrap() += n;
            seen += 1;
        }
        seen
    });
    for i in 1..4 {
        tx.send(i).unwrap();
    }
    drop(tx);
    let seen = worker.join().unwrap();
    println!("{seen} {}", shared.lock().unwrap());
}
