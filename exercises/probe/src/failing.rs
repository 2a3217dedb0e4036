use crate::allocator::{Budget, STATE};

/// Runs `run` and lets the calling thread's requests for memory fail after the first `n`.
/// Returns what `run` returned, and how many requests were refused.
///
/// A request is an allocation, or a reallocation to a larger size; a refused one gets null from
/// the allocator and changes nothing. Giving back and shrinking always work. Where one
/// `failing_after` runs inside another, the inner one decides alone, and the outer one goes on
/// afterwards where it was. When `run` ends, also by a panic, memory is to be had again.
///
/// It is made for code that handles failure: `try_reserve`, or [`std::alloc::alloc`] with a
/// check for null. Everything else **aborts the process** when memory is refused: `Vec::push`,
/// `Box::new`, `format!`, and so `println!` in a test whose output is captured. Build what you
/// need before, and look at results afterwards.
///
/// Not refused is memory for a thread that is panicking, so a failed `assert!` in `run` is a
/// failed test and nothing worse. Other threads are not touched.
///
/// # Panics
///
/// Passes on a panic of `run`.
///
/// To try failure at every place, raise `n` until nothing is refused any more:
///
/// ```
/// use std::collections::TryReserveError;
///
/// fn two_rows(length: usize) -> Result<[Vec<u8>; 2], TryReserveError> {
///     let mut rows = [Vec::new(), Vec::new()];
///     for row in &mut rows {
///         row.try_reserve_exact(length)?;
///     }
///     Ok(rows)
/// }
///
/// for n in 0.. {
///     let ((result, usage), refused) =
///         probe::failing_after(n, || probe::thread(|| two_rows(100)));
///     assert_eq!(result.is_err(), refused > 0);
///     if refused == 0 {
///         assert_eq!(n, 2);
///         break;
///     }
///     assert_eq!(usage.live_blocks(), 0, "the first row is leaked when the second fails");
/// }
/// ```
pub fn failing_after<R>(n: u64, run: impl FnOnce() -> R) -> (R, u64) {
    let limit = Limit::set(n);
    let result = run();
    (result, limit.refused())
}

/// A limit in force. Dropped, also by a panic, it puts back the one before it.
struct Limit {
    outer: Option<Budget>,
}

impl Limit {
    fn set(left: u64) -> Self {
        let budget = Budget { left, refused: 0 };
        Self {
            outer: STATE.with(|state| state.budget.replace(Some(budget))),
        }
    }

    fn refused(&self) -> u64 {
        STATE.with(|state| state.budget.get().map_or(0, |budget| budget.refused))
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        STATE.with(|state| state.budget.set(self.outer));
    }
}
