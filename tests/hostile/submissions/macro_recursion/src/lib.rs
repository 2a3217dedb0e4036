macro_rules! double {
    ([] $($kept:tt)*) => {
        pub const COUNT: usize = [$($kept)*].len();
    };
    ([$first:tt $($rest:tt)*] $($kept:tt)*) => {
        double!([$($rest)*] $($kept)* $($kept)*);
    };
}

double!([x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x] 1, 1,);

pub fn gcd(_: u64, _: u64) -> u64 {
    1
}

//@ honest: div money stack words
