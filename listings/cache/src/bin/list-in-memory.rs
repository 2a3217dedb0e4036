//@ trace

struct Reading {
    rain: u32,
    next: Option<Box<Reading>>,
}

fn reading(rain: u32) -> Box<Reading> {
    Box::new(Reading { rain, next: None })
}

fn main() {
    let vector = vec![1_u32, 2, 3];
    // SAY: Three readings in one block. Each begins four bytes after the one before it.
    let mut list = reading(1);
    let two = list.next.insert(reading(2));
    two.next = Some(reading(3));
    // SAY: A list that was made from front to back. Each node is a block of its own, and half of it is the pointer.
    let last = reading(3);
    let mut first = reading(1);
    let mut middle = reading(2);
    // SAY: Three nodes once more, but the last one was made first.
    middle.next = Some(last);
    // ASK: The list takes over the last two nodes. How many blocks are there then, with the vector's? | blocks | 6 | 8
    first.next = Some(middle);
    // SAY: Only pointers were written. Follow the arrows: the way through this list jumps forward and back.
    let mut sum = 0;
    let mut node = Some(&first);
    while let Some(reading) = node {
        sum += reading.rain;
        node = reading.next.as_ref();
    }
    println!("{sum} {} {}", vector.len(), list.rain);
}
