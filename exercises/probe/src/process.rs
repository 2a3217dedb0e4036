use crate::spin::Spin;
use crate::usage::{Event, Usage};
use std::sync::atomic::{AtomicUsize, Ordering};

/// More than any test needs; few enough to look at all of them for each block.
const MOST_READINGS: usize = 16;

/// The open readings, each with a count of its own, so that readings of several threads may
/// overlap in any way.
static READINGS: Spin<[Option<Usage>; MOST_READINGS]> = Spin::new([None; MOST_READINGS]);

/// How many of them are open: as long as none is, the allocator does not touch the lock.
static OPEN: AtomicUsize = AtomicUsize::new(0);

/// Runs `run` and counts what all threads of the process do with the allocator meanwhile.
///
/// Made for programs that do one thing: there, it sees also what a thread does that `run`
/// starts, and a block may be taken by one thread and freed by another. In tests that run side
/// by side, each would count the others, and the test harness besides: use
/// [`thread`](crate::thread) there.
///
/// The result is built before the reading ends. Readings may be nested, and may overlap with
/// those of other threads. A thread that has not quite ended when `run` returns is seen up to
/// then, and one that has not quite ended when `run` begins is seen from then on. To see all of
/// a thread, join it by its handle: the end of a [`std::thread::scope`] waits for the closures of
/// its threads only, and what a thread needed for itself, some hundred bytes, may be freed later.
///
/// Like `thread`, it does not see memory that does not come from Rust's allocator, nor
/// allocations that the compiler has removed.
///
/// # Panics
///
/// Passes on a panic of `run`. Panics when more than 16 readings of the process are open.
///
/// ```
/// let ((), usage) = probe::process(|| {
///     let block = std::thread::spawn(|| Box::new([0_u8; 1000])).join();
///     drop(block);
/// });
/// assert!(usage.allocations >= 1 && usage.peak_bytes >= 1000);
/// assert!(usage.frees >= 1);
/// ```
pub fn process<R>(run: impl FnOnce() -> R) -> (R, Usage) {
    let reading = Reading::begin();
    let result = run();
    (result, reading.so_far())
}

/// The allocator's call, for each block in each thread.
pub(crate) fn record(event: Event) {
    // Relaxed is enough: a thread learns of a reading by whatever tells it to do something
    // during that reading, and the lock orders the rest.
    if OPEN.load(Ordering::Relaxed) > 0 {
        READINGS.with(|readings| {
            readings
                .iter_mut()
                .flatten()
                .for_each(|usage| usage.record(event));
        });
    }
}

/// An open reading. Dropped, also by a panic, it makes room for another.
struct Reading {
    place: usize,
}

impl Reading {
    fn begin() -> Self {
        let place = READINGS.with(|readings| {
            let place = readings.iter().position(Option::is_none)?;
            readings[place] = Some(Usage::default());
            Some(place)
        });
        let Some(place) = place else {
            panic!(
                "{MOST_READINGS} readings of the process are open, and no more can be"
            );
        };
        OPEN.fetch_add(1, Ordering::Relaxed);
        Self { place }
    }

    fn so_far(&self) -> Usage {
        READINGS.with(|readings| readings[self.place].unwrap_or_default())
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::Relaxed);
        READINGS.with(|readings| readings[self.place] = None);
    }
}
