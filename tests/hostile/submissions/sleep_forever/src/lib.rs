pub fn gcd(_: u64, _: u64) -> u64 {
    std::thread::sleep(std::time::Duration::from_secs(3600));
    1
}

//@ honest: div money stack words
