//@ profiles: debug, release
//@ value stack: a thread with a stack of (\d+) KiB
use std::fmt;
use std::str::Chars;
use std::thread;

// ANCHOR: body
/// How deep a list may be nested. Chosen by us, and tested on the smallest
/// stack we use.
const DEEPEST: u32 = 128;

#[derive(Debug, PartialEq)]
struct TooDeep;

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "folders are nested more than {DEEPEST} deep")
    }
}

fn files(list: &mut Chars<'_>, depth: u32) -> Result<u64, TooDeep> {
    if depth > DEEPEST {
        return Err(TooDeep);
    }
    let mut count = 0;
    while let Some(sign) = list.next() {
        match sign {
            '{' => count += files(list, depth + 1)?,
            '}' => break,
            ';' => count += 1,
            _ => {}
        }
    }
    Ok(count)
}
// ANCHOR_END: body

/// The smallest stack we use.
const STACK: usize = 64 * 1024;

/// Reads a list that is nested `levels` deep, in a thread with that stack.
fn read_nested(levels: usize) -> Result<u64, TooDeep> {
    let list = "d{f;".repeat(levels) + &"}".repeat(levels);
    let reader = thread::Builder::new().stack_size(STACK);
    let reader = reader.spawn(move || files(&mut list.chars(), 0)).unwrap();
    reader.join().unwrap()
}

fn main() {
    println!("a thread with a stack of {} KiB reads", STACK / 1024);
    for levels in [3, 128, 129, 1_000_000] {
        match read_nested(levels) {
            Ok(count) => println!("{levels} levels: {count} files"),
            Err(error) => println!("{levels} levels: refused, {error}"),
        }
    }
    assert_eq!(read_nested(128), Ok(128));
    assert_eq!(read_nested(1_000_000), Err(TooDeep));
}
