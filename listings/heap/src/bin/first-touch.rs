//@ profiles: release
//@ varies asked: asked for +(\d+) page faults in 0..16
//@ varies touched: touched once +(\d+) page faults in 16380..16400
//@ varies again: touched again +(\d+) page faults in 0..16
//@ varies rss-asked: asked for .* memory +(\d+) KiB in 0..256
//@ varies rss-touched: touched once .* memory +(\d+) KiB in 65000..66000
//@ varies rss-again: touched again .* memory +(\d+) KiB in 0..256
//@ value pages: PAGES: usize = ([\d_]+)
//@ value faults: touched once +(\d+) page faults
//@ value rss: touched once .* memory +(\d+) KiB
use heap::status::resident_kib;
use std::hint::black_box;

// ANCHOR: body
const PAGE: usize = 4096;
const PAGES: usize = 16_384;

/// Does something, and prints its page faults and the memory it took.
fn watched(name: &str, act: impl FnOnce()) -> Option<u64> {
    let (faults, kib) = (measure::faults()?, resident_kib()?);
    act();
    let faults = measure::faults()? - faults;
    let kib = resident_kib()?.saturating_sub(kib);
    println!("{name:13} {faults:5} page faults, memory +{kib:5} KiB");
    Some(faults)
}

fn photograph() -> Option<()> {
    let mut photo = Vec::new();
    let asked = watched("asked for", || photo = vec![0; PAGES * PAGE])?;
    let touch_all = |photo: &mut Vec<u8>| {
        for page in 0..PAGES {
            black_box(&mut *photo)[page * PAGE] = 1;
        }
    };
    let first = watched("touched once", || touch_all(&mut photo))?;
    let again = watched("touched again", || touch_all(&mut photo))?;

    let pages = PAGES as u64;
    assert!(asked < 16 && again < 16); // PROVES first-touch
    assert!((pages - 1..pages + 16).contains(&first));
    Some(())
}
// ANCHOR_END: body

fn main() {
    // The first reading sets up what later ones use again.
    let _ = resident_kib();
    if photograph().is_none() {
        println!("not measured here: this needs Linux");
    }
}
