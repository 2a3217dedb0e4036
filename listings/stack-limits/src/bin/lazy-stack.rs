//@ profiles: debug, release
//@ varies before: before: +(\d+) KiB in 100..200
//@ varies deep: 10000 folders down: +(\d+) KiB in 900..2500
//@ varies after: back again: +(\d+) KiB in 900..2500
use std::hint::black_box;

/// The size of the mapping that holds the main thread's stack, in KiB.
fn stack_mapping() -> Option<usize> {
    let mappings = measure::mappings()?;
    let stack =
        mappings.iter().find(|mapping| mapping.name == "[stack]")?;
    Some(stack.bytes() / 1024)
}

/// Goes `folders` deep and looks at the mapping from there.
fn walk(folders: u32) -> Option<usize> {
    let mut name = [0u8; 64];
    black_box(&mut name);
    let found =
        if folders == 0 { stack_mapping() } else { walk(folders - 1) };
    black_box(&name);
    found
}

fn main() {
    let (Some(before), Some(deep), Some(after)) =
        (stack_mapping(), walk(10_000), stack_mapping())
    else {
        println!("this system does not show its memory map");
        return;
    };
    println!("before:             {before:>5} KiB");
    println!("10000 folders down: {deep:>5} KiB");
    println!("back again:         {after:>5} KiB");

    // Of a limit of 8192 KiB, what was not needed yet is not mapped yet,
    // and what was needed once stays mapped.
    assert!(before < 200 && deep > 5 * before && deep < 8192); // PROVES 5.07
    assert!(after >= deep);
}
