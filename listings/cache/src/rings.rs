//! Rings of places: each says which comes next, so that a step cannot begin before the one before it has
//! ended.

use measure::Seeded;

/// One line of the cache, of which only the first word is used.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Place {
    /// The index of the place that comes next.
    pub next: usize,
}

/// A ring through `order`, in places of a vector that has `places` of them.
///
/// # Panics
/// When `order` is empty or names a place that does not exist.
#[must_use]
pub fn ring(places: usize, order: &[usize]) -> Vec<Place> {
    let mut ring = vec![Place { next: 0 }; places];
    for pair in order.windows(2) {
        ring[pair[0]].next = pair[1];
    }
    ring[order[order.len() - 1]].next = order[0];
    ring
}

/// A ring through all places, in random order.
#[must_use]
pub fn random_ring(places: usize, seed: u64) -> Vec<Place> {
    let mut order: Vec<usize> = (0..places).collect();
    Seeded::new(seed).shuffle(&mut order);
    ring(places, &order)
}

/// A ring through all places, in the order of their addresses.
#[must_use]
pub fn straight_ring(places: usize) -> Vec<Place> {
    ring(places, &(0..places).collect::<Vec<_>>())
}

/// A ring through `count` places that lie `stride` places apart, in random order.
#[must_use]
pub fn spaced_ring(count: usize, stride: usize, seed: u64) -> Vec<Place> {
    let mut order: Vec<usize> = (0..count).map(|n| n * stride).collect();
    Seeded::new(seed).shuffle(&mut order);
    ring(count * stride, &order)
}

/// Goes `steps` steps along a ring and tells where that leads.
#[inline(never)]
#[must_use]
pub fn follow(ring: &[Place], from: usize, steps: usize) -> usize {
    let mut at = from;
    for _ in 0..steps {
        at = ring[at].next;
    }
    at
}

/// Goes `steps` steps in all, shared by `N` walkers who do not wait for each other.
#[inline(never)]
#[must_use]
pub fn follow_many<const N: usize>(
    ring: &[Place],
    mut at: [usize; N],
    steps: usize,
) -> [usize; N] {
    for _ in 0..steps / N {
        for walker in &mut at {
            *walker = ring[*walker].next;
        }
    }
    at
}
