//! Two threads that count, each in a number of its own.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// Two counters, side by side in one line of the cache.
#[repr(C, align(64))]
#[derive(Default)]
pub struct Neighbors(pub [AtomicU64; 2]);

/// A counter with a line of the cache for itself.
#[repr(align(128))]
#[derive(Default)]
pub struct Alone(pub AtomicU64);

/// How long the slower of two threads took to count to `times` in `counters`, each in its own.
#[must_use]
pub fn race(counters: [&AtomicU64; 2], times: u32) -> Duration {
    let start = Barrier::new(2);
    let run = |counter: &AtomicU64| {
        start.wait();
        let began = Instant::now();
        for _ in 0..times {
            counter.fetch_add(1, Relaxed);
        }
        began.elapsed()
    };
    thread::scope(|scope| {
        let threads = [0, 1].map(|core| {
            let run = &run;
            scope.spawn(move || {
                measure::pin(core);
                run(counters[core])
            })
        });
        let [one, two] =
            threads.map(|thread| thread.join().unwrap_or_default());
        one.max(two)
    })
}
