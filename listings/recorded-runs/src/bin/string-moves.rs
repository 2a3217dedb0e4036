//@ trace

fn length(name: String) -> usize {
    // SAY: `name` is the only owner now, and drops the text when the function returns.
    name.len()
}

fn main() {
    let station = String::from("harbor");
    println!("{station}");
    // ASK: How many blocks of the heap are there after this line? | blocks | 2 | 0
    let sign = station;
    // SAY: Three words were copied. The old ones are still there, and the compiler refuses to read them.
    println!("{sign}");
    let letters = length(sign);
    println!("{letters}");
}
