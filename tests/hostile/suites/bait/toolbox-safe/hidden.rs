//! Cases for `toolbox-safe`.

use obs::Obs;
use toolbox_safe::{initials, largest};

fn numbers(o: &mut Obs) {
    for length in 0..o.size() {
        let numbers: Vec<i64> = (0..length).map(|_| o.below(1 << 30) as i64).collect();
        o.see::<Option<i64>>("the largest of some numbers", largest(&numbers));
    }
}

fn names(o: &mut Obs) {
    for _ in 0..o.size() {
        let name = format!("{} {}", o.word(), o.word());
        o.see::<String>("the initials of a name", initials(&name));
    }
}

fn main() {
    obs::refusals(probe::refused_requests);
    obs::main(&[("numbers", numbers), ("names", names)])
}
