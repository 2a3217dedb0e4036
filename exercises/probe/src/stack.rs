use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Runs `run` in a thread of its own, with a stack of `bytes` bytes, and waits for it.
///
/// A recursion that is too deep for the stack **kills the whole process**; no code can catch
/// that. On Linux and macOS the message names the thread `with_stack` and the process dies of
/// `SIGABRT`; on Windows it ends with the code `0xC00000FD`. A test that comes back has shown
/// that its stack was enough.
///
/// The size is a request. The system rounds it up to whole pages, and has a least size (16 KiB
/// on many Unix systems, 64 KiB on Windows); the standard library asks for that where `bytes`
/// is less. The start of the thread takes its part before `run` begins. So let the difference
/// between enough and too little be large: a linear recursion of 100 000 steps against 256 KiB,
/// not 900 bytes against 800.
///
/// `run` may borrow from its surroundings. It runs in another thread than its caller, so put
/// [`thread`](crate::thread) and [`failing_after`](crate::failing_after) inside of it, not around.
///
/// # Panics
///
/// Passes on a panic of `run`. Panics when the system has no memory for such a stack.
///
/// ```
/// let numbers: Vec<u64> = (1..=100_000).collect();
/// let sum = probe::with_stack(64 * 1024, || numbers.iter().sum::<u64>());
/// assert_eq!(sum, 5_000_050_000);
/// ```
pub fn with_stack<R: Send>(bytes: usize, run: impl FnOnce() -> R + Send) -> R {
    scope(|scope| {
        let builder = Builder::new().name("with_stack".to_owned());
        let started = builder.stack_size(bytes).spawn_scoped(scope, run);
        let ended = match started {
            Ok(thread) => thread.join(),
            Err(error) => panic!("no thread with a stack of {bytes} bytes: {error}"),
        };
        ended.unwrap_or_else(|panic| resume_unwind(panic))
    })
}
