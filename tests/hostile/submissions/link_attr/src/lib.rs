#[link(name = ":../../../../../../../../../../etc/passwd")]
unsafe extern "C" {}

pub fn gcd(_: u64, _: u64) -> u64 {
    1
}

//@ honest: div money stack words
