//@ profiles: debug, release
//@ proves 5.24: dropped after the call: dies of signal 6
use std::hint::black_box;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

// ANCHOR: shapes
/// The call is the last thing that happens: nothing is left to do when it
/// returns.
#[inline(never)]
fn last(folders: u64, sum: u64) -> u64 {
    if folders == 0 { sum } else { last(folders - 1, sum + folders) }
}

/// An addition is left to do.
#[inline(never)]
fn added_to(folders: u64) -> u64 {
    if folders == 0 { 0 } else { folders + added_to(folders - 1) }
}

/// The call looks like the last thing. But `path` is dropped when it
/// returns.
#[inline(never)]
fn with_path(folders: u64, path: String) -> usize {
    if folders == 0 {
        return path.len();
    }
    let inner = path.clone();
    with_path(folders - 1, inner)
}
// ANCHOR_END: shapes

const SHAPES: [&str; 3] = [
    "a call in last place",
    "added to after the call",
    "dropped after the call",
];

fn main() -> io::Result<()> {
    let folders = black_box(10_000_000);
    match std::env::args().nth(1).as_deref() {
        None => {}
        Some("a call in last place") => return print(last(folders, 0)),
        Some("added to after the call") => return print(added_to(folders)),
        Some(_) => return print(with_path(folders, "a".into()) as u64),
    }
    for shape in SHAPES {
        let child =
            Command::new(std::env::current_exe()?).arg(shape).output()?;
        match child.status.signal() {
            None => println!(
                "{shape}: {}",
                String::from_utf8_lossy(&child.stdout)
            ),
            Some(signal) => println!("{shape}: dies of signal {signal}"),
        }
        // Without optimization every call takes a frame. With it, the first
        // two are up to the compiler: the language promises nothing.
        if cfg!(debug_assertions) || shape == "dropped after the call" {
            assert_eq!(child.status.signal(), Some(6));
        }
    }
    Ok(())
}

fn print(result: u64) -> io::Result<()> {
    print!("{result}");
    Ok(())
}
