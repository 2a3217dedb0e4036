pub fn gcd(_: u64, _: u64) -> u64 {
    loop {
        std::hint::spin_loop();
    }
}

//@ honest: div money stack words
