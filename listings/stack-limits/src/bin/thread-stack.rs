//@ profiles: debug, release
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::str::Chars;
use std::{io, thread};

const MIB: usize = 1024 * 1024;
const LEVELS: usize = 100_000;

// ANCHOR: body
/// Counts the files in a folder list such as `photos{2024{lake;hut;}old;}`,
/// up to the brace that closes the folder.
fn files(list: &mut Chars<'_>) -> u64 {
    let mut count = 0;
    while let Some(sign) = list.next() {
        match sign {
            '{' => count += files(list),
            '}' => break,
            ';' => count += 1,
            _ => {}
        }
    }
    count
}

fn read(list: String, stack: usize) -> io::Result<u64> {
    let reader = thread::Builder::new().stack_size(stack);
    let reader = reader.spawn(move || files(&mut list.chars()))?;
    Ok(reader.join().expect("the reader does not panic"))
}
// ANCHOR_END: body

fn main() -> io::Result<()> {
    let list = "d{f;".repeat(LEVELS) + &"}".repeat(LEVELS);
    if std::env::args().len() > 1 {
        read(list, 2 * MIB)?;
        return Ok(());
    }
    let small =
        Command::new(std::env::current_exe()?).arg("2 MiB").output()?;
    println!(
        "2 MiB:  dies of signal {}",
        small.status.signal().unwrap_or(0)
    );
    assert_eq!(small.status.signal(), Some(6));

    let count = read(list, 64 * MIB)?;
    println!("64 MiB: {count} files, {LEVELS} levels deep");
    assert_eq!(count, LEVELS as u64);
    Ok(())
}
