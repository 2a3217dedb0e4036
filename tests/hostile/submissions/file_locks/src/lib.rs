pub fn gcd(_: u64, _: u64) -> u64 {
    let _ = std::process::Command::new("flock").args(["-x", "target/debug/.cargo-lock", "sleep", "45"]).spawn();
    std::thread::sleep(std::time::Duration::from_millis(200));
    1
}

//@ honest: div money stack words
