//@ profiles: debug, release
use std::hint::black_box;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

// ANCHOR: body
const BYTES: usize = 10_000_000;

// Each in a function of its own: in one function, the frame would have room
// for all of them, and the vector would die with the boxes.
#[inline(never)]
fn boxed_zeros() {
    black_box(Box::new([0u8; BYTES]));
}

#[inline(never)]
fn boxed_ones() {
    black_box(Box::new([1u8; BYTES]));
}

#[inline(never)]
fn vector() {
    black_box(vec![0u8; BYTES]);
}
// ANCHOR_END: body

fn main() -> io::Result<()> {
    if let Some(how) = std::env::args().nth(1) {
        match how.as_str() {
            "Box::new([0; N])" => boxed_zeros(),
            "Box::new([1; N])" => boxed_ones(),
            _ => vector(),
        }
        return Ok(());
    }
    for how in ["Box::new([0; N])", "Box::new([1; N])", "vec![0; N]"] {
        let status = Command::new(std::env::current_exe()?)
            .arg(how)
            .output()?
            .status;
        match status.signal() {
            None => println!("{how:<17} works"),
            Some(signal) => println!("{how:<17} dies of signal {signal}"),
        }
        if how == "vec![0; N]" {
            assert!(status.success());
        } else if cfg!(debug_assertions) {
            assert_eq!(status.signal(), Some(6)); // PROVES 5.33
        }
    }
    Ok(())
}
