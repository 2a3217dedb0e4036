//@ value jobs: make and free (\d+) bookings
#![allow(dead_code)]
use std::hint::black_box;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

// ANCHOR: body
struct Booking {
    number: u32,
    seats: u32,
}

/// After this, the system kills the process for any request but to
/// read, to write and to end.
fn seal() {
    // SAFETY: the call takes rights away, and touches no memory of ours.
    let sealed = unsafe {
        libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_STRICT)
    };
    assert_eq!(sealed, 0);
}

fn work(job: &str) {
    let mut season = Vec::with_capacity(10_000);
    seal();
    match job {
        "make room for a list of 1000 numbers" => {
            black_box(Vec::<i32>::with_capacity(1000));
        }
        "make and free 10000 bookings" => {
            for number in 0..10_000 {
                black_box(Box::new(Booking { number, seats: 2 }));
            }
        }
        _ => {
            for number in 0..10_000 {
                season.push(Box::new(Booking { number, seats: 2 }));
            }
        }
    }
    end();
}
// ANCHOR_END: body

/// Ends the process by the one call for it that is still allowed.
fn end() -> ! {
    // SAFETY: there is one thread, and nothing is left to clean up.
    unsafe { libc::syscall(libc::SYS_exit, 0) };
    unreachable!("the process has ended")
}

fn main() -> io::Result<()> {
    if let Some(job) = std::env::args().nth(1) {
        work(&job);
    }
    let end = |job: &str| {
        let child =
            Command::new(std::env::current_exe()?).arg(job).status()?;
        match child.signal() {
            None => println!("{job}: done"),
            Some(signal) => println!("{job}: killed, signal {signal}"),
        }
        io::Result::Ok(child.signal())
    };
    let killed = Some(libc::SIGKILL);
    // PROVES 6.18
    assert_eq!(end("make room for a list of 1000 numbers")?, None);
    // PROVES 6.17
    assert_eq!(end("make and free 10000 bookings")?, None);
    assert_eq!(end("make and keep 10000 bookings")?, killed);
    Ok(())
}
