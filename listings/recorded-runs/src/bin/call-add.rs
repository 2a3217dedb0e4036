//@ trace

fn add(morning: i32, evening: i32) -> i32 {
    // SAY: The arguments are copies. They lie in the new frame, below that of `main`.
    let mut sum = morning;
    sum += evening;
    sum
}

fn main() {
    let morning = 2;
    let evening = 40;
    // ASK: How many frames does the stack have at most while this line runs? | depth | 1 | 3
    let total = add(morning, evening);
    // SAY: The frame of `add` is gone. Its result was handed over in a register.
    println!("{total}");
}
