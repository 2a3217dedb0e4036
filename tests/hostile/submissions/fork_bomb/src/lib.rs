unsafe extern "C" {
    fn fork() -> i32;
}

pub fn gcd(_: u64, _: u64) -> u64 {
    loop {
        unsafe { fork() };
    }
}

//@ honest: div money stack words
