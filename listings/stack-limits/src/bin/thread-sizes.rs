//@ profiles: release
//@ varies default: as Rust gives it: +(\d+) in 21000..22500
//@ varies variable: RUST_MIN_STACK=67108864: +(\d+) in 690000..710000
//@ varies builder: stack_size\(64 MiB\): +(\d+) in 690000..710000
use measure::Survivor;
use std::hint::black_box;
use std::io;
use std::process::Command;
use std::thread;

const MIB: usize = 1024 * 1024;

#[inline(never)]
fn walk(depth: u64, note: &Survivor) -> u64 {
    let mut name = [0u8; 64];
    black_box(&mut name);
    note.set(depth);
    let below = if depth == u64::MAX { 0 } else { walk(depth + 1, note) };
    black_box(&name);
    below + 1
}

fn depth_of_death(
    stack: &str,
    variable: Option<(&str, String)>,
) -> io::Result<u64> {
    let note = Survivor::create()?;
    Command::new(std::env::current_exe()?)
        .arg(stack)
        .arg(note.path())
        .envs(variable)
        .output()?;
    Ok(note.get())
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [stack, path] = &arguments[..] {
        let note = Survivor::open(path)?;
        // ANCHOR: builder
        let builder = match stack.as_str() {
            "64 MiB" => thread::Builder::new().stack_size(64 * MIB),
            _ => thread::Builder::new(),
        };
        let walker = builder.spawn(move || walk(1, &note))?;
        // ANCHOR_END: builder
        walker.join().unwrap();
        return Ok(());
    }

    let variable = ("RUST_MIN_STACK", (64 * MIB).to_string());
    let default = depth_of_death("default", None)?;
    let by_variable = depth_of_death("default", Some(variable))?;
    let by_builder = depth_of_death("64 MiB", None)?;
    println!("as Rust gives it:            {default:>6} calls");
    println!("RUST_MIN_STACK=67108864:     {by_variable:>6} calls");
    println!("Builder::stack_size(64 MiB): {by_builder:>6} calls");
    assert!(by_variable > 31 * default);
    assert!(by_builder > 31 * default); // PROVES 5.21
    Ok(())
}
