use crate::allocator::STATE;
use crate::usage::Usage;

/// Runs `run` and counts what the calling thread does with the allocator meanwhile.
///
/// The result is built before the reading ends, so a block that it holds counts as live; it is
/// dropped after the reading. Readings may be nested: an outer one sees all that an inner one
/// sees. Other threads do not disturb it, so it is the one for tests that run side by side.
///
/// It does not see
/// - what other threads do, those included that `run` starts: that is for
///   [`process`](crate::process). (The start of a thread is seen: its closure is boxed here.)
/// - memory that does not come from Rust's allocator: stacks, statics, mapped files, whatever a
///   C library takes;
/// - allocations that the compiler has removed, as it may in a release build. Hand what you
///   want to see to [`std::hint::black_box`].
///
/// A block counts in the thread that acts: what is taken here and freed elsewhere stays live
/// here.
///
/// # Panics
///
/// Passes on a panic of `run`; readings around it go on as if it had ended there.
///
/// ```
/// let (sum, usage) = probe::thread(|| {
///     let numbers: Vec<u32> = (1..=100).collect();
///     numbers.iter().sum::<u32>()
/// });
/// assert_eq!(sum, 5050);
/// assert_eq!((usage.allocations, usage.frees), (1, 1));
/// assert_eq!(usage.peak_bytes, 400);
/// assert_eq!(usage.live_bytes(), 0);
/// ```
pub fn thread<R>(run: impl FnOnce() -> R) -> (R, Usage) {
    let reading = Reading::begin();
    let result = run();
    (result, reading.so_far())
}

/// An open reading. Dropped, also by a panic, it adds itself to the one around it.
struct Reading {
    outer: Usage,
}

impl Reading {
    fn begin() -> Self {
        Self {
            outer: STATE.with(|state| state.usage.take()),
        }
    }

    fn so_far(&self) -> Usage {
        STATE.with(|state| state.usage.get())
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let both = self.outer.then(self.so_far());
        STATE.with(|state| state.usage.set(both));
    }
}
