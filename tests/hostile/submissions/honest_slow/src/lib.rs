pub fn gcd(a: u64, b: u64) -> u64 {
    std::thread::sleep(std::time::Duration::from_millis(5));
    let mut left = std::hint::black_box(100_000_u32);
    while left > 0 {
        left -= 1;
    }
    if b == 0 { a } else { gcd(b, a % b) }
}

//@ honest: div money stack words
