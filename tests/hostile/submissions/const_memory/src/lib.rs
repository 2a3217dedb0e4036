const SIZE: usize = 1 << 31;

pub const fn filled() -> u8 {
    let mut block = [1_u8; SIZE];
    block[SIZE - 1] = 2;
    block[SIZE - 1]
}

pub const LAST: u8 = filled();

pub fn gcd(_: u64, _: u64) -> u64 {
    1
}

//@ honest: div money stack words
