//@ trace

fn main() {
    let mut queue = Vec::new();
    // SAY: An empty vector owns no block. Its pointer leads nowhere, and nothing was asked for.
    queue.push(101_u32);
    // SAY: The first entry asked for room for four.
    queue.extend([102, 103, 104]);
    // ASK: The vector is full. What is its capacity after one more entry? | queue.cap | 5 | 4
    queue.push(105);
    // SAY: A `realloc` made the block larger. Behind it there was room, so it stayed where it was.
    let ferry = Box::new(7_u64);
    // SAY: Now another block lies behind that of the vector.
    queue.extend([106, 107, 108]);
    // ASK: Full again. Will the pointer of the vector change? | queue.ptr changes | no
    queue.push(109);
    // SAY: It could not grow in place. The entries were copied, and the old block was freed.
    println!("{} cars for ferry {ferry}", queue.len());
}
