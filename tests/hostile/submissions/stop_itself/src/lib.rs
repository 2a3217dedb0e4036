unsafe extern "C" {
    fn raise(signal: i32) -> i32;
}

pub fn gcd(_: u64, _: u64) -> u64 {
    unsafe { raise(19) };
    1
}

//@ honest: div money stack words
