//@ profiles: debug, release
use std::hint::black_box;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{io, thread};

// ANCHOR: body
#[inline(never)]
fn fib(n: u32) -> u64 {
    if n < 2 { u64::from(n) } else { fib(n - 1).wrapping_add(fib(n - 2)) }
}

/// The largest `n` whose Fibonacci number a `u64` can hold, and that
/// number.
fn last_that_fits() -> (u32, u64) {
    let (mut n, mut this, mut next) = (1, 1_u64, 1_u64);
    while let Some(sum) = this.checked_add(next) {
        (n, this, next) = (n + 1, next, sum);
    }
    (n + 1, next)
}
// ANCHOR_END: body

/// The signal that ends a child that computes `fib(n)`, if it ends within
/// half a second. One that must die is given longer, for a busy machine.
fn end(n: u32) -> io::Result<Option<i32>> {
    let patience =
        Duration::from_millis(if n < 1_000_000 { 500 } else { 5000 });
    let mut child = Command::new(std::env::current_exe()?)
        .arg(n.to_string())
        .stderr(Stdio::null())
        .spawn()?;
    let start = Instant::now();
    while start.elapsed() < patience {
        if let Some(status) = child.try_wait()? {
            return Ok(status.signal());
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn main() -> io::Result<()> {
    if let Some(n) = std::env::args().nth(1) {
        black_box(fib(n.parse().expect("a number")));
        return Ok(());
    }
    let mut ends = Vec::new();
    for n in [1000, 50_000, 1_000_000] {
        let end = end(n)?;
        match end {
            Some(signal) => println!("fib({n}): dies of signal {signal}"),
            None => println!("fib({n}): still running after half a second"),
        }
        ends.push(end);
    }
    assert_eq!(ends, [None, None, Some(6)]); // PROVES 5.31

    let (n, number) = last_that_fits();
    println!("fib({n}) = {number} is the last that fits a u64");
    assert_eq!(n, 93);
    Ok(())
}
