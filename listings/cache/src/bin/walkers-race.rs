//@ profiles: release
//@ timeout: 30 s
//@ varies times: eight walkers make (\d+\.\d) times in 3..40
//@ value times: eight walkers make (\d+\.\d) times
use cache::rings::{Place, random_ring};
use measure::Slices;

// ANCHOR: body
fn follow<const N: usize>(
    ring: &[Place],
    mut walkers: [usize; N],
    hops: usize,
) -> [usize; N] {
    for _ in 0..hops / N {
        for at in &mut walkers {
            *at = ring[*at].next;
        }
    }
    walkers
}
// ANCHOR_END: body

/// Walkers who begin far apart and go on where they stopped.
fn walk<const N: usize>(ring: &[Place]) -> impl FnMut() {
    let mut walkers: [usize; N] =
        std::array::from_fn(|number| number * (ring.len() / N));
    move || walkers = follow(ring, walkers, 4000)
}

fn main() {
    let ring = random_ring(1 << 20, 1);
    let timings = Slices::new(60)
        .case("eight", walk::<8>(&ring))
        .case("one", walk::<1>(&ring))
        .interleave();
    let times = timings[1].ratio;
    println!("eight walkers make {times:.1} times the hops of one");
    assert!(times >= 3.0); // PROVES 9.12
}
