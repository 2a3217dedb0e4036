//@ trace

fn main() {
    let mut line = String::with_capacity(16);
    // SAY: One request, for sixteen bytes. There is no letter in them yet.
    line.push_str("article 1");
    line.clear();
    // SAY: `clear` sets the length to zero. The block stays, and the old letters are in it until somebody writes over them.
    // ASK: A new line is written into it. Does the pointer change? | line.ptr changes | yes
    line.push_str("article 2");
    let made = format!("article {}", 3);
    // SAY: `format!` made a string of its own, with a block of its own.
    line.clear();
    line.push_str(&made);
    // SAY: Its letters were copied into the first block, and from here on nobody needs the second one.
    drop(made);
    // ASK: What is the capacity of the line after three uses? | line.cap | 9 | 27
    println!("{line}");
}
