//@ profiles: debug, release
//@ value vec-eight: ^ *8 +(\d+)
//@ value small-eight: ^ *8 +\d+ +(\d+)
//@ value vec-nine: ^ *9 +(\d+)
//@ value small-nine: ^ *9 +\d+ +(\d+)
//@ value reserved-nine: ^ *9 .* (\d+)$
use patterns::count::{Counting, count};
use std::hint::black_box;

#[global_allocator]
static HEAP: Counting = Counting;

// ANCHOR: body
use smallvec::SmallVec;

type Tags = SmallVec<[u32; 8]>;

fn in_a_vector(count: u32) -> Vec<u32> {
    let mut tags = Vec::new();
    for tag in 0..count {
        tags.push(tag);
    }
    tags
}

fn in_a_small_vector(count: u32) -> Tags {
    let mut tags = Tags::new();
    for tag in 0..count {
        tags.push(tag);
    }
    tags
}
// ANCHOR_END: body

fn main() {
    println!("tags  Vec  SmallVec  spilled  with_capacity");
    for tags in [1, 4, 8, 9, 16, 17] {
        let (vector, grown) = count(|| in_a_vector(tags));
        let (small, inline) = count(|| in_a_small_vector(tags));
        let (_, once) =
            count(|| black_box(Vec::<u32>::with_capacity(tags as usize)));
        let (grown, inline, once) =
            (grown.requests(), inline.requests(), once.requests());
        let spilled = if small.spilled() { "yes" } else { "no" };
        println!("{tags:4}  {grown:3}  {inline:8}  {spilled:7}  {once:13}");
        assert_eq!(vector[..], small[..]);
        assert_eq!(small.spilled(), tags > 8);
        assert_eq!(inline == 0, tags <= 8); // PROVES 15.03
    }
}
