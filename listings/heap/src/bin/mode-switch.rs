//@ profiles: release
// ANCHOR: body
/// How often this thread has given up the processor of its own accord.
fn switches() -> i64 {
    // SAFETY: zeros are a valid `rusage`, which the call fills in.
    unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_THREAD, &raw mut usage);
        usage.ru_nvcsw
    }
}

fn main() {
    let before = switches();
    for _ in 0..1_000_000 {
        // SAFETY: asks for a number.
        unsafe { libc::syscall(libc::SYS_getppid) };
    }
    let by_calls = switches() - before;
    println!("1000000 system calls: {by_calls} switches to another thread");

    let before = switches();
    std::thread::sleep(std::time::Duration::from_millis(10));
    let by_sleep = switches() - before;
    println!("one sleep: {by_sleep}");

    assert_eq!((by_calls, by_sleep), (0, 1)); // PROVES 6.16
}
// ANCHOR_END: body
