pub fn gcd(_: u64, _: u64) -> u64 {
    std::process::abort()
}

//@ honest: div money stack words
