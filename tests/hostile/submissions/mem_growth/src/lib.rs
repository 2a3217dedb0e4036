pub fn gcd(_: u64, _: u64) -> u64 {
    let mut blocks = Vec::new();
    loop {
        blocks.push(vec![1_u8; 16 << 20]);
    }
}

//@ honest: div money stack words
