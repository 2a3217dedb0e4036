//@ proves 5.04: spawned by Rust: 2048 KiB
//@ value main: main thread, .*: (\d+) KiB
//@ value c-thread: thread of a C program, .*: (\d+) KiB
//@ value rust-thread: thread spawned by Rust: (\d+) KiB
fn main() {
    let kib = |bytes: u64| format!("{} KiB", bytes / 1024);
    let unknown = || "not known on this system".to_string();

    let main_thread = measure::stack_limit().map_or_else(unknown, kib);
    println!("main thread, set by the system: {main_thread}");

    let c_thread =
        measure::default_thread_stack().map_or_else(unknown, kib);
    println!("thread of a C program, by default: {c_thread}");

    let rust_thread = std::thread::spawn(|| {
        let local = 1;
        let mapping = measure::mapping_of((&raw const local).addr())?;
        Some(mapping.bytes() as u64)
    });
    let rust_thread = rust_thread.join().unwrap();
    println!(
        "thread spawned by Rust: {}",
        rust_thread.map_or_else(unknown, kib)
    );
}
