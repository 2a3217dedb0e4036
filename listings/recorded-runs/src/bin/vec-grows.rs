//@ trace

fn main() {
    let mut readings = Vec::with_capacity(2);
    // SAY: There is room for two numbers, and none is there yet.
    readings.push(10_u32);
    readings.push(20);
    let wall = Box::new(99_u32);
    // SAY: The vector is full, and a box lies right behind its block.
    // ASK: What is the capacity after one more push? | readings.cap | 3 | 2
    readings.push(30);
    // ASK: Does the pointer of the vector change when two more numbers come? | readings.ptr changes | no
    readings.extend([40, 50]);
    // SAY: The box was in the way, so the numbers have moved behind it.
    println!("{readings:?} {wall}");
}
