pub fn gcd(_: u64, _: u64) -> u64 {
    let block: Vec<u8> = Vec::with_capacity(1 << 40);
    block.capacity() as u64
}

//@ honest: div money stack words
