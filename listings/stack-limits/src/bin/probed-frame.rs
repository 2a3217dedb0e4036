//@ profiles: release
//@ asm: copy_folder
//@ varies tid: thread 'copier' \((\d+)\) has
use std::hint::black_box;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::thread;

// ANCHOR: frame
/// Copies a folder and the folders inside it, each through a block buffer
/// of its own.
#[unsafe(no_mangle)]
#[inline(never)]
fn copy_folder(depth: u32) -> u32 {
    let mut block = [0u8; 1024 * 1024];
    // Zeroing begins at the lowest address, up to 1 MiB below anything
    // touched before.
    black_box(&mut block)[0] = 1;
    let below = if depth == 0 { 0 } else { copy_folder(depth - 1) };
    below + u32::from(black_box(&block)[0])
}
// ANCHOR_END: frame

fn main() -> std::io::Result<()> {
    if std::env::args().len() > 1 {
        let copier = thread::Builder::new().name("copier".into());
        copier.spawn(|| copy_folder(100))?.join().unwrap();
        return Ok(());
    }

    let child =
        Command::new(std::env::current_exe()?).arg("copy").output()?;
    let message = String::from_utf8_lossy(&child.stderr);
    println!(
        "the child ended with signal {:?} and said:",
        child.status.signal()
    );
    println!("{}", message.trim());
    assert_eq!(child.status.signal(), Some(6));
    assert!(message.contains("has overflowed its stack")); // PROVES 5.08, stack-probes
    Ok(())
}
