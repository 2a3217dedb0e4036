#[allow(unconditional_recursion)]
pub fn gcd(a: u64, b: u64) -> u64 {
    std::hint::black_box([0_u8; 512]);
    1 + gcd(b, a)
}

//@ honest: div money stack words
