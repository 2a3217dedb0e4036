//@ value million: ^ +(1000000) +fits
//@ value numbers: ^ +(4000000) +fits
use std::hint::black_box;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::{io, thread};

const MIB: usize = 1024 * 1024;
/// The stacks of threads to be tried; 0 stands for the main thread.
const STACKS: [usize; 3] = [0, 2 * MIB, MIB];

/// Fills a block of `N` bytes on the stack of whoever calls it.
#[inline(never)]
fn fill<const N: usize>() {
    let mut block = [1u8; N];
    black_box(&mut block);
}

// ANCHOR: sizes
fn fill_some(bytes: usize) {
    match bytes {
        500_000 => fill::<500_000>(),
        1_000_000 => fill::<1_000_000>(),
        2_000_000 => fill::<2_000_000>(),
        4_000_000 => fill::<4_000_000>(), // a million numbers of type i32
        8_000_000 => fill::<8_000_000>(), // a million numbers of type f64
        _ => fill::<10_000_000>(),
    }
}
// ANCHOR_END: sizes

fn child(stack: usize, bytes: usize) -> io::Result<()> {
    if stack == 0 {
        fill_some(bytes);
    } else {
        let builder = thread::Builder::new().stack_size(stack);
        builder.spawn(move || fill_some(bytes))?.join().unwrap();
    }
    Ok(())
}

/// Whether a block of `bytes` bytes could be filled, in a child of this
/// process.
fn fits(stack: usize, bytes: usize) -> io::Result<bool> {
    let status = Command::new(std::env::current_exe()?)
        .args([stack.to_string(), bytes.to_string()])
        .output()?
        .status;
    assert!(status.success() || status.signal() == Some(6), "{status}");
    Ok(status.success())
}

fn main() -> io::Result<()> {
    let numbers: Vec<usize> =
        std::env::args().flat_map(|text| text.parse()).collect();
    if let [stack, bytes] = numbers[..] {
        return child(stack, bytes);
    }
    println!(
        "block in bytes   main, 8 MiB   thread, 2 MiB   thread, 1 MiB"
    );
    for bytes in
        [500_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000, 10_000_000]
    {
        let mut row = Vec::new();
        for stack in STACKS {
            row.push(fits(stack, bytes)?);
        }
        let words: Vec<_> = row
            .iter()
            .map(|&fits| if fits { "fits" } else { "aborts" })
            .collect();
        println!(
            "{bytes:>14}   {:<11}   {:<13}   {}",
            words[0], words[1], words[2]
        );

        match bytes {
            1_000_000 => assert_eq!(row, [true, true, true]), // PROVES 5.14
            4_000_000 => assert_eq!(row, [true, false, false]), // PROVES 5.15
            10_000_000 => assert_eq!(row, [false, false, false]),
            _ => {}
        }
    }
    Ok(())
}
