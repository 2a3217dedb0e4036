//@ profiles: release
//@ varies full: (\d+) MiB  .*100000 bookings$ in 96..110
//@ varies none: (\d+) MiB  .*all of them freed in 0..4
//@ varies kept: (\d+) MiB  .*one in 100 kept in 95..110
//@ varies again: (\d+) MiB  .*and another 100000 in 96..112
//@ varies those: (\d+) MiB  .*those freed in 95..112
//@ varies trimmed: (\d+) MiB  .*asked to give back in 2..20
//@ varies last: (\d+) MiB  .*the kept ones freed in 0..20
//@ varies photo: (\d+) MiB  .*one block of 100 MiB in 99..120
//@ varies end: (\d+) MiB  .*and that one freed in 0..20
//@ value size: vec!\[1; (\d+)\]
use heap::status::resident_kib;
use std::hint::black_box;

// ANCHOR: body
const BOOKINGS: usize = 100_000;

fn season() -> Vec<Vec<u8>> {
    black_box((0..BOOKINGS).map(|_| vec![1; 1000]).collect())
}

fn mib() -> u64 {
    resident_kib().map_or(0, |kib| kib.div_ceil(1024))
}

fn main() {
    let start = mib();
    let used = || mib().saturating_sub(start);

    let all = season();
    let full = used();
    println!("{full:3} MiB  100000 bookings");
    drop(all);
    let none = used();
    println!("{none:3} MiB  all of them freed");

    let mut kept = season();
    let mut number = 0;
    kept.retain(|_| {
        number += 1;
        number % 100 == 0
    });
    let few = used();
    println!("{few:3} MiB  of 100000, one in 100 kept");
    assert!(none < full / 10 && few > full * 9 / 10); // PROVES 6.27
    let again = season();
    println!("{:3} MiB  and another 100000", used());
    drop(again);
    println!("{:3} MiB  those freed", used());
    // SAFETY: asks the allocator to give back what it does not need.
    unsafe { libc::malloc_trim(0) };
    println!("{:3} MiB  asked to give back", used());
    drop(kept);
    println!("{:3} MiB  the kept ones freed", used());

    let photo = vec![1_u8; 100 << 20];
    println!("{:3} MiB  one block of 100 MiB", used());
    drop(black_box(photo));
    println!("{:3} MiB  and that one freed", used());
}
// ANCHOR_END: body
