//@ trace

fn steps_to(floor: u32) -> u32 {
    if floor == 0 {
        // SAY: The deepest point: nobody is called any more, and nobody has returned yet.
        return 0;
    }
    let below = steps_to(floor - 1);
    // SAY: The call has returned, and the newest frame is its caller's again.
    below + 17
}

fn main() {
    // ASK: How many frames are there at the deepest point, with that of `main`? | depth | 3 | 4
    let steps = steps_to(3);
    println!("{steps}");
}
