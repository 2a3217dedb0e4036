#![recursion_limit = "100000000"]

macro_rules! again {
    ($($kept:tt)*) => {
        again!(x $($kept)*);
    };
}

again!();

pub fn gcd(_: u64, _: u64) -> u64 {
    1
}

//@ honest: div money stack words
