/// What was done with the allocator during a reading: the result of [`thread`](crate::thread)
/// and [`process`](crate::process).
///
/// A *block* is what one call of the allocator hands out. Sizes are the bytes that the program
/// asked for; what the allocator adds for its own books or for rounding is not seen.
///
/// ```
/// let mut letters = Vec::with_capacity(4);
/// let ((), usage) = probe::thread(|| {
///     letters.extend([b'a', b'b', b'c', b'd']); // There is room: nothing to ask for.
///     letters.reserve_exact(4); // The block grows from 4 bytes to 8.
/// });
/// assert_eq!(usage.allocations, 0);
/// assert_eq!(usage.reallocations, 1);
/// assert_eq!(usage.realloc_bytes, 4);
/// assert_eq!(usage.allocated_bytes, 4);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Blocks that were handed out. A reallocation is not one of them, nor is a request that
    /// failed.
    pub allocations: u64,
    /// Blocks whose size was changed, in place or by moving them: this reading cannot tell.
    pub reallocations: u64,
    /// Blocks that were given back.
    pub frees: u64,
    /// Bytes that were handed out. Of a block that grew, only what it grew by.
    pub allocated_bytes: u64,
    /// Bytes that were given back. Of a block that shrank, only what it shrank by.
    pub freed_bytes: u64,
    /// The most bytes that were live at once, above those that were live at the start. While a
    /// block is moved, the old one and the new one may both exist; only one of them is seen.
    pub peak_bytes: u64,
    /// The size in bytes of the largest block that was asked for, by an allocation or by a
    /// reallocation.
    pub largest_bytes: u64,
    /// The old sizes in bytes of all blocks whose size was changed: what was copied, had each
    /// of them been moved.
    pub realloc_bytes: u64,
}

impl Usage {
    /// Bytes that were handed out and not given back. Negative when the reading gave back
    /// more than it took, for example blocks that are older than it.
    ///
    /// ```
    /// let old = vec![0_u8; 100];
    /// let ((), usage) = probe::thread(|| drop(old));
    /// assert_eq!(usage.live_bytes(), -100);
    /// ```
    #[must_use]
    pub fn live_bytes(&self) -> i64 {
        self.allocated_bytes.wrapping_sub(self.freed_bytes) as i64
    }

    /// Blocks that were handed out and not given back. Negative when the reading gave back
    /// more than it took.
    ///
    /// ```
    /// let (boxes, usage) = probe::thread(|| [Box::new(1), Box::new(2)]);
    /// assert_eq!(usage.live_blocks(), 2);
    /// # drop(boxes);
    /// ```
    #[must_use]
    pub fn live_blocks(&self) -> i64 {
        self.allocations.wrapping_sub(self.frees) as i64
    }

    // An allocator must not unwind. The sums below cannot overflow: no process lives long
    // enough to ask for 2^64 bytes.
    pub(crate) fn record(&mut self, event: Event) {
        match event {
            Event::Allocated { size } => {
                self.allocations += 1;
                self.allocated_bytes += size as u64;
                self.largest_bytes = self.largest_bytes.max(size as u64);
            }
            Event::Freed { size } => {
                self.frees += 1;
                self.freed_bytes += size as u64;
            }
            Event::Resized { old, new } => {
                self.reallocations += 1;
                self.realloc_bytes += old as u64;
                self.allocated_bytes += new.saturating_sub(old) as u64;
                self.freed_bytes += old.saturating_sub(new) as u64;
                self.largest_bytes = self.largest_bytes.max(new as u64);
            }
        }
        self.reach(self.live_bytes());
    }

    /// This usage, followed by `next`.
    pub(crate) fn then(mut self, next: Usage) -> Self {
        self.reach(self.live_bytes() + next.peak_bytes as i64);
        self.allocations += next.allocations;
        self.reallocations += next.reallocations;
        self.frees += next.frees;
        self.allocated_bytes += next.allocated_bytes;
        self.freed_bytes += next.freed_bytes;
        self.largest_bytes = self.largest_bytes.max(next.largest_bytes);
        self.realloc_bytes += next.realloc_bytes;
        self
    }

    fn reach(&mut self, live: i64) {
        self.peak_bytes = self.peak_bytes.max(u64::try_from(live).unwrap_or(0));
    }
}

/// What happened to one block.
#[derive(Clone, Copy)]
pub(crate) enum Event {
    Allocated { size: usize },
    Freed { size: usize },
    Resized { old: usize, new: usize },
}

#[cfg(test)]
mod tests {
    use super::{Event, Usage};

    const EVENTS: [Event; 7] = [
        Event::Freed { size: 500 },
        Event::Allocated { size: 700 },
        Event::Resized { old: 700, new: 900 },
        Event::Freed { size: 900 },
        Event::Allocated { size: 30 },
        Event::Resized { old: 30, new: 10 },
        Event::Allocated { size: 800 },
    ];

    fn usage_of(events: &[Event]) -> Usage {
        let mut usage = Usage::default();
        events.iter().for_each(|&event| usage.record(event));
        usage
    }

    #[test]
    fn a_block_that_grows_and_shrinks_adds_only_the_differences() {
        let usage = usage_of(&[
            Event::Allocated { size: 10 },
            Event::Resized { old: 10, new: 50 },
            Event::Resized { old: 50, new: 20 },
        ]);
        let expected = Usage {
            allocations: 1,
            reallocations: 2,
            frees: 0,
            allocated_bytes: 50,
            freed_bytes: 30,
            peak_bytes: 50,
            largest_bytes: 50,
            realloc_bytes: 60,
        };
        assert_eq!(usage, expected);
        assert_eq!(usage.live_bytes(), 20);
    }

    #[test]
    fn what_is_given_back_from_before_the_start_lowers_the_level_for_the_peak() {
        assert_eq!(usage_of(&EVENTS[..3]).peak_bytes, 400);
    }

    #[test]
    fn two_parts_joined_anywhere_are_the_same_as_the_whole() {
        let whole = usage_of(&EVENTS);
        for cut in 0..=EVENTS.len() {
            let (first, second) = EVENTS.split_at(cut);
            assert_eq!(
                usage_of(first).then(usage_of(second)),
                whole,
                "cut at {cut}"
            );
        }
    }
}
