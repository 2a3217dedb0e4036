use std::hint::black_box;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

fn walk(depth: u64) -> u64 {
    let mut name = [0u8; 64];
    black_box(&mut name);
    let below = if depth == u64::MAX { 0 } else { walk(depth + 1) };
    black_box(&name);
    below + 1
}

// ANCHOR: body
fn main() -> io::Result<()> {
    if let Some(handler) = std::env::args().nth(1) {
        if handler == "the system's" {
            // SAFETY: nothing in this program relies on Rust's handler.
            unsafe { libc::signal(libc::SIGSEGV, libc::SIG_DFL) };
        }
        walk(1);
        return Ok(());
    }

    let end = |handler: &str| {
        let child =
            Command::new(std::env::current_exe()?).arg(handler).output()?;
        let signal = child.status.signal().unwrap_or(0);
        let lines =
            String::from_utf8_lossy(&child.stderr).trim().lines().count();
        println!(
            "{handler} handler: signal {signal}, {lines} lines of message"
        );
        io::Result::Ok((signal, lines))
    };
    assert_eq!(end("Rust's")?, (libc::SIGABRT, 2));
    assert_eq!(end("the system's")?, (libc::SIGSEGV, 0)); // PROVES 5.10
    Ok(())
}
// ANCHOR_END: body
