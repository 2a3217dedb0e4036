use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering};

/// A lock that the allocator may take: it waits by asking again, and so never allocates, which
/// the standard library does not promise of its `Mutex`.
pub(crate) struct Spin<T> {
    taken: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: `with` gives access to one thread at a time, and hands the value from thread to
// thread, which `T: Send` allows.
unsafe impl<T: Send> Sync for Spin<T> {}

impl<T> Spin<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self {
            taken: AtomicBool::new(false),
            value: UnsafeCell::new(value),
        }
    }

    /// Gives `act` the value. It must neither panic nor allocate nor call `with` again: the
    /// lock would stay taken for ever.
    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        while self.taken.swap(true, Ordering::Acquire) {
            // The owner may be waiting for this very core.
            std::thread::yield_now();
        }
        // SAFETY: whoever found `taken` false is alone until it says so again below.
        let result = act(unsafe { &mut *self.value.get() });
        self.taken.store(false, Ordering::Release);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::Spin;

    #[test]
    fn no_step_of_any_thread_is_lost() {
        let sum = Spin::new(0_u64);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..10_000).for_each(|_| sum.with(|sum| *sum += 1)));
            }
        });
        assert_eq!(sum.with(|sum| *sum), 40_000);
    }
}
