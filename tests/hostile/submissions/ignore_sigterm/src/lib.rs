unsafe extern "C" {
    fn signal(number: i32, handler: usize) -> usize;
}

pub fn gcd(_: u64, _: u64) -> u64 {
    unsafe { signal(15, 1) };
    loop {
        std::hint::spin_loop();
    }
}

//@ honest: div money stack words
