pub fn gcd(_: u64, _: u64) -> u64 {
    let line = "x".repeat(1 << 20);
    loop {
        print!("{line}");
    }
}

//@ honest: div money stack words
