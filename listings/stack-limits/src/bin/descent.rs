//@ profiles: debug, release
//@ varies stack-start: stack +(0x[0-9a-f]+)
//@ varies stack-end: stack .*\.\.(0x[0-9a-f]+)
//@ varies depth-1: depth 1 +local at (0x[0-9a-f]+)
//@ varies depth-2: depth 2 +local at (0x[0-9a-f]+)
//@ varies depth-3: depth 3 +local at (0x[0-9a-f]+)
//@ varies depth-4: depth 4 +local at (0x[0-9a-f]+)
//@ varies depth-5: depth 5 +local at (0x[0-9a-f]+)
//@ value distance: depth 5 .* distance (\d+)
use std::hint::black_box;
use std::thread;

// ANCHOR: walk
/// Notes where its own local is, and goes down one folder, until the notes
/// are full.
#[inline(never)]
fn walk(depth: usize, locals: &mut [usize; 5]) {
    let mut name = [0u8; 64];
    black_box(&mut name);
    locals[depth] = name.as_ptr().addr();
    if depth + 1 < locals.len() {
        walk(depth + 1, locals);
    }
    black_box(&name);
}
// ANCHOR_END: walk

fn main() {
    let thread = thread::spawn(|| {
        let mut locals = [0; 5];
        walk(0, &mut locals);
        (locals, measure::mapping_of(locals[0]))
    });
    let (locals, stack) = thread.join().unwrap();

    if let Some(stack) = stack {
        println!(
            "stack    {:#x}..{:#x}",
            stack.range.start, stack.range.end
        );
    }
    let mut above = locals[0];
    for (index, local) in locals.into_iter().enumerate() {
        let distance = above - local;
        println!(
            "depth {}  local at {local:#x}  distance {distance}",
            index + 1
        );
        above = local;
    }
    assert!(
        locals
            .windows(2)
            .all(|pair| pair[0] - pair[1] == locals[0] - locals[1])
    );
}
