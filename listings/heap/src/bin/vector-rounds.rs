//@ profiles: release
//@ run: no
//@ asm: vector_rounds
// ANCHOR: body
#[unsafe(no_mangle)]
#[inline(never)]
fn vector_rounds(rounds: u32) {
    for _ in 0..rounds {
        let _cars = vec![0; 100];
    }
}
// ANCHOR_END: body

fn main() {
    vector_rounds(1_000_000);
}
