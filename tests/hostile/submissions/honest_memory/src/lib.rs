pub fn gcd(a: u64, b: u64) -> u64 {
    drop(std::hint::black_box(vec![1_u8; 100 << 20]));
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

//@ honest: div money stack words
