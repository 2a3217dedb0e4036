//@ profiles: release
//@ timeout: 60 s
//@ proves 15.04: boxed over enum, one kind
//@ varies r: : (\d+\.\d), at
use patterns::ratios::RATIOS;

// ANCHOR: body
fn main() {
    for (name, least, take) in RATIOS {
        let ratio = take();
        println!("{name}: {ratio:.1}, at least {least}");
        assert!(ratio >= least, "{name}");
    }
}
// ANCHOR_END: body
