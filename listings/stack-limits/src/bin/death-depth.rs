//@ profiles: debug, release
//@ varies main-depth: main thread: +(\d+) calls in 70000..180000
//@ varies main-bytes: main thread: .* = (\d+) bytes in 8200000..8388608
//@ value main-frame: main thread: +\S+ calls of (\d+) bytes
//@ varies thread-depth: spawned thread: +(\d+) calls in 18000..22500
//@ value thread-frame: spawned thread: +\d+ calls of (\d+) bytes
//@ varies thread-bytes: spawned thread: .* = (\d+) bytes in 2060000..2097152
use measure::Survivor;
use std::error::Error;
use std::hint::black_box;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;

const MIB: u64 = 1024 * 1024;

// ANCHOR: walk
/// Goes down one folder a call as far as `bottom`, leaving a note of how
/// deep it is in memory that outlives the process. Returns the address of
/// the deepest call's `name`.
#[inline(never)]
fn walk(depth: u64, bottom: u64, note: &Survivor) -> usize {
    let mut name = [0u8; 64];
    black_box(&mut name);
    note.set(depth);
    let deepest = if depth == bottom {
        name.as_ptr().addr()
    } else {
        walk(depth + 1, bottom, note)
    };
    black_box(&name);
    deepest
}

/// The distance from a call's `name` to the `name` of the call inside it.
fn bytes_per_call(note: &Survivor) -> usize {
    let distance = walk(1, 1, note) - walk(1, 1001, note);
    assert_eq!(distance % 1000, 0);
    distance / 1000
}
// ANCHOR_END: walk

// ANCHOR: child
/// The child: says how many bytes a call takes, and goes down until it
/// dies.
fn die(note: &Survivor) {
    println!("{}", bytes_per_call(note));
    walk(1, u64::MAX, note);
}

/// The parent: starts the child and reads, when it is dead, how deep it
/// was.
fn depth_of_death(thread: &str) -> Result<(u64, u64), Box<dyn Error>> {
    let note = Survivor::create()?;
    let child = Command::new(std::env::current_exe()?)
        .arg(thread)
        .arg(note.path())
        .output()?;
    assert_eq!(child.status.signal(), Some(6)); // SIGABRT
    let bytes = String::from_utf8(child.stdout)?.trim().parse()?;
    Ok((note.get(), bytes))
}
// ANCHOR_END: child

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [thread, path] = &arguments[..] {
        let note = Survivor::open(path)?;
        match thread.as_str() {
            "main" => die(&note),
            _ => std::thread::spawn(move || die(&note)).join().unwrap(),
        }
        return Ok(());
    }

    let (depth, bytes) = depth_of_death("main")?;
    let product = depth * bytes;
    println!(
        "main thread:    {depth} calls of {bytes} bytes = {product} bytes"
    );
    assert!(product > 8 * MIB * 98 / 100 && product < 8 * MIB); // PROVES 5.05

    let (depth, bytes) = depth_of_death("spawned")?;
    let product = depth * bytes;
    println!(
        "spawned thread: {depth} calls of {bytes} bytes = {product} bytes"
    );
    assert!(product > 2 * MIB * 98 / 100 && product < 2 * MIB); // PROVES 5.06
    Ok(())
}
