/// A generator of pseudo-random numbers that gives the same numbers for the same seed.
///
/// The algorithm is xorshift64*. It is good enough to shuffle data and to choose sizes; it
/// keeps no secret and must not be used where one is needed.
#[derive(Clone, Debug)]
pub struct Seeded {
    state: u64,
}

impl Seeded {
    /// Starts the sequence that belongs to `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        // The state must not be zero, from which xorshift never departs.
        let state = seed ^ 0x9E37_79B9_7F4A_7C15;
        Self { state: if state == 0 { 1 } else { state } }
    }

    /// The next number, from the whole range of `u64`.
    pub fn next_u64(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number in `0..bound`.
    ///
    /// # Panics
    ///
    /// Panics when `bound` is zero, because no number is below zero.
    pub fn below(&mut self, bound: usize) -> usize {
        assert!(bound > 0, "no number lies below a bound of 0");
        ((u128::from(self.next_u64()) * bound as u128) >> 64) as usize
    }

    /// Puts `items` into an order that depends on the seed alone.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Seeded;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let take = |seed| {
            let mut numbers = Seeded::new(seed);
            [(); 4].map(|()| numbers.next_u64())
        };
        assert_eq!(take(7), take(7));
        assert_ne!(take(7), take(8));
    }

    #[test]
    fn the_seed_that_would_make_a_zero_state_still_gives_different_numbers() {
        let mut numbers = Seeded::new(0x9E37_79B9_7F4A_7C15);
        assert_ne!(numbers.next_u64(), numbers.next_u64());
    }

    #[test]
    fn every_number_below_a_bound_turns_up_and_none_above() {
        let mut numbers = Seeded::new(1);
        let mut seen = [0; 5];
        for _ in 0..1000 {
            seen[numbers.below(5)] += 1;
        }
        assert!(seen.iter().all(|&times| times > 100), "{seen:?}");
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Seeded::new(3).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
