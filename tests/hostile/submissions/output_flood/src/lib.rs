use std::io::Write;

pub fn gcd(_: u64, _: u64) -> u64 {
    let line = [b'x'; 1 << 16];
    loop {
        let _ = std::io::stdout().write_all(&line);
    }
}

//@ honest: div money stack words
