#![allow(long_running_const_eval)]

pub const ENDLESS: u64 = {
    let mut count = 0_u64;
    while count < u64::MAX {
        count += 1;
    }
    count
};

pub static KEPT: u64 = ENDLESS;

pub fn gcd(_: u64, _: u64) -> u64 {
    1
}

//@ honest: div money stack words
