use patterns::count::{Counting, requests};
use smallvec::SmallVec;

#[global_allocator]
static HEAP: Counting = Counting;

fn main() {
    let mut tags: SmallVec<[u32; 8]> = (0..8).collect();
    let asked = requests(|| {
        tags.push(8);
        tags.push(9);
    });
    println!("{asked} request, {} tags", tags.len());
}
