//@ profiles: release
//@ timeout: 60 s
//@ varies r: : (\d+\.\d), at
use cache::ratios::{Bound, RATIOS};

// ANCHOR: body
fn main() {
    for (name, bound, take) in RATIOS {
        let ratio = take();
        let must = match bound {
            Bound::Least(least) => format!("at least {least}"),
            Bound::Most(most) => format!("at most {most}"),
        };
        println!("{name}: {ratio:.1}, {must}");
        assert!(bound.holds(ratio), "{name}");
    }
}
// ANCHOR_END: body
