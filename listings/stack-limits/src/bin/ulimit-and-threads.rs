//@ profiles: release
//@ varies main-small: ulimit -s 1024 +main (\d+) in 5000..15000
//@ varies main-usual: ulimit -s 8192 +main (\d+) in 50000..110000
//@ varies main-large: ulimit -s 65536 +main (\d+) in 400000..900000
//@ varies thread-small: ulimit -s 1024 .* spawned (\d+) in 21000..22500
//@ varies thread-usual: ulimit -s 8192 .* spawned (\d+) in 21000..22500
//@ varies thread-large: ulimit -s 65536 .* spawned (\d+) in 21000..22500
use measure::Survivor;
use std::hint::black_box;
use std::io;
use std::process::Command;

#[inline(never)]
fn walk(depth: u64, note: &Survivor) -> u64 {
    let mut name = [0u8; 64];
    black_box(&mut name);
    note.set(depth);
    let below = if depth == u64::MAX { 0 } else { walk(depth + 1, note) };
    black_box(&name);
    below + 1
}

// ANCHOR: shell
/// Lets the shell set the limit, in KiB, before it becomes the child.
fn depth_of_death(thread: &str, kib: u32) -> io::Result<u64> {
    let note = Survivor::create()?;
    Command::new("sh")
        .args(["-c", &format!("ulimit -S -s {kib} && exec \"$@\""), "sh"])
        .arg(std::env::current_exe()?)
        .arg(thread)
        .arg(note.path())
        .output()?;
    Ok(note.get())
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [thread, path] = &arguments[..] {
        let note = Survivor::open(path)?;
        match thread.as_str() {
            "main" => walk(1, &note),
            _ => std::thread::spawn(move || walk(1, &note)).join().unwrap(),
        };
        return Ok(());
    }

    let mut depths = Vec::new();
    for kib in [1024, 8192, 65536] {
        let main = depth_of_death("main", kib)?;
        let spawned = depth_of_death("spawned", kib)?;
        println!("ulimit -s {kib:<5}  main {main:<6}  spawned {spawned}");
        depths.push((main, spawned));
    }
    let [small, usual, large] = depths[..] else {
        unreachable!("three limits were tried")
    };
    assert!(usual.0 > 7 * small.0 && large.0 > 7 * usual.0);
    assert_eq!([small.1, large.1], [usual.1, usual.1]); // PROVES 5.17
    println!("the spawned thread got equally deep each time");
    Ok(())
}
// ANCHOR_END: shell
