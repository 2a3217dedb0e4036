#![recursion_limit = "4096"]
#![type_length_limit = "1000000000"]

pub fn grow<T: Copy>(left: u32, value: T) -> u32 {
    if left == 0 { 0 } else { 1 + grow(left - 1, (value, value)) }
}

pub fn start() -> u32 {
    grow(40, 1_u8)
}

pub fn gcd(_: u64, _: u64) -> u64 {
    1
}

//@ honest: div money stack words
