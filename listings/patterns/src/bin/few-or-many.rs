//@ trace

enum Tags {
    Few([u32; 2], usize),
    Many(Vec<u32>),
}

fn with(tags: Tags, tag: u32) -> Tags {
    match tags {
        Tags::Few(_, 0) => Tags::Few([tag, 0], 1),
        Tags::Few(old, 1) => Tags::Few([old[0], tag], 2),
        Tags::Few(old, _) => Tags::Many(vec![old[0], old[1], tag]),
        Tags::Many(mut list) => {
            list.push(tag);
            Tags::Many(list)
        }
    }
}

fn main() {
    let mut tags = Tags::Few([0, 0], 0);
    // SAY: Two places for tags and a count of those in use, in the frame of `main`. Nothing was asked for.
    tags = with(tags, 11);
    tags = with(tags, 12);
    // SAY: Both places are in use, and there is still no block.
    // ASK: A third tag comes. How many blocks are there afterwards? | blocks | 0 | 3
    tags = with(tags, 13);
    // SAY: It has spilled. All three tags lie in a block now, and the variable holds a vector.
    let found = match &tags {
        Tags::Few(_, count) => *count,
        Tags::Many(list) => list.len(),
    };
    println!("{found} tags");
}
