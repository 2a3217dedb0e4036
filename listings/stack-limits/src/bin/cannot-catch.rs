//@ value signal: catch_unwind: signal (\d+)
use std::hint::black_box;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::{io, panic, thread};

fn walk(depth: u64) -> u64 {
    let mut name = [0u8; 64];
    black_box(&mut name);
    let below = if depth == u64::MAX { 0 } else { walk(depth + 1) };
    black_box(&name);
    below + 1
}

// ANCHOR: attempts
/// Three attempts to live on. Each prints a line if it succeeds.
fn attempt(how: &str) {
    match how {
        "catch_unwind" => {
            let caught = panic::catch_unwind(|| walk(1));
            println!("caught: {}", caught.is_err());
        }
        "join" => {
            let joined = thread::spawn(|| walk(1)).join();
            println!("the thread failed: {}", joined.is_err());
        }
        _ => {
            panic::set_hook(Box::new(|_| println!("the hook ran")));
            walk(1);
        }
    }
}

fn main() -> io::Result<()> {
    if let Some(how) = std::env::args().nth(1) {
        attempt(&how);
        return Ok(());
    }
    for how in ["catch_unwind", "join", "panic hook"] {
        let child =
            Command::new(std::env::current_exe()?).arg(how).output()?;
        let signal = child.status.signal();
        let printed = String::from_utf8_lossy(&child.stdout);
        let message = String::from_utf8_lossy(&child.stderr);
        println!(
            "{how}: signal {}, printed {printed:?}",
            signal.unwrap_or(0)
        );

        assert_eq!(signal, Some(6)); // PROVES 5.09
        assert_eq!(printed, "");
        assert!(
            message
                .contains("fatal runtime error: stack overflow, aborting")
        );
    }
    Ok(())
}
// ANCHOR_END: attempts
