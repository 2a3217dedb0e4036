pub static ZEROS: &[u8] = include_bytes!("/dev/zero");

pub fn gcd(_: u64, _: u64) -> u64 {
    1
}

//@ honest: div money stack words
