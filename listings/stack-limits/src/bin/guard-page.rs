//@ varies local: a local of the thread +(0x[0-9a-f]+)
//@ varies stack-start: its stack +(0x[0-9a-f]+)
//@ varies stack-end: its stack .*\.\.(0x[0-9a-f]+)
//@ varies guard-start: below it +(0x[0-9a-f]+)
//@ varies guard-end: below it .*\.\.(0x[0-9a-f]+)
//@ proves 5.08: below it .* ---p
//@ value guard: below it .* (\d+) KiB
use measure::Mapping;
use std::thread;

/// The mapping that holds `address`, and the one that ends where it begins.
fn stack_and_below(address: usize) -> Option<(Mapping, Mapping)> {
    let mappings = measure::mappings()?;
    let at = mappings
        .iter()
        .position(|mapping| mapping.range.contains(&address))?;
    let below = at.checked_sub(1)?;
    Some((mappings[at].clone(), mappings[below].clone()))
}

fn main() {
    let thread = thread::spawn(|| {
        let local = 1;
        let address = (&raw const local).addr();
        (address, stack_and_below(address))
    });
    let (address, Some((stack, guard))) = thread.join().unwrap() else {
        println!("this system does not show its memory map");
        return;
    };

    let show = |what: &str, mapping: &Mapping| {
        let kib = mapping.bytes() / 1024;
        let (range, access) = (&mapping.range, &mapping.access);
        println!(
            "{what:<21} {:#x}..{:#x} {access} {kib} KiB",
            range.start, range.end
        );
    };
    println!("{:<21} {address:#x}", "a local of the thread");
    show("its stack", &stack);
    show("below it", &guard);

    assert_eq!(guard.range.end, stack.range.start);
    assert_eq!(guard.access, "---p");
    assert!(guard.bytes() >= 4096);
}
