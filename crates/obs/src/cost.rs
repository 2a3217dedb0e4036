//! What code costs, counted and not timed: basic blocks executed, and bytes moved.
//!
//! In the build with `--cfg cost` the grader compiles student code and driver with LLVM's coverage pass
//! (`-Cpasses=sancov-module`), which calls [`__sanitizer_cov_trace_pc`] at every basic block. The same
//! build replaces the C library's `memcpy` and `memmove`, because a block that moves a million bytes is
//! not as cheap as one that moves eight.

use std::sync::OnceLock;

static ALSO: OnceLock<fn() -> u64> = OnceLock::new();
static REFUSED: OnceLock<fn() -> u64> = OnceLock::new();

/// Names the counter of requests for memory that were refused. A case that aborts after one has run out
/// of memory. A second call has no effect.
pub fn refusals(counter: fn() -> u64) {
    let _ = REFUSED.set(counter);
}

/// Requests refused so far, 0 if nobody counts them. Called in a signal handler.
#[cfg_attr(not(all(target_os = "linux", target_arch = "x86_64", not(asan))), allow(dead_code))]
pub(crate) fn refused() -> u64 {
    REFUSED.get().map_or(0, |counter| counter())
}

/// Adds a counter to the cost: bytes that an allocator moved, which only the allocator knows. A second
/// call has no effect.
pub fn also_count(counter: fn() -> u64) {
    let _ = ALSO.set(counter);
}

/// Everything counted since the process began.
pub(crate) fn reading() -> u64 {
    counted() + if cfg!(cost) { ALSO.get().map_or(0, |counter| counter()) } else { 0 }
}

#[cfg(not(cost))]
fn counted() -> u64 {
    0
}

#[cfg(cost)]
use counting::counted;

#[cfg(cost)]
mod counting {
    use std::arch::asm;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    static COUNT: AtomicU64 = AtomicU64::new(0);

    pub(super) fn counted() -> u64 {
        COUNT.load(Relaxed)
    }

    /// Called by the coverage pass at every basic block.
    ///
    /// The name and the meaning are LLVM's: <https://clang.llvm.org/docs/SanitizerCoverage.html#tracing-pcs>.
    #[unsafe(no_mangle)]
    extern "C" fn __sanitizer_cov_trace_pc() {
        COUNT.fetch_add(1, Relaxed);
    }

    /// C's `memcpy`, counted.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8 {
        COUNT.fetch_add(bytes as u64, Relaxed);
        // SAFETY: the caller promises what `memcpy` demands. Written in assembly, because the compiler
        // would turn a loop into a call of this very function.
        unsafe {
            asm!("rep movsb", inout("rcx") bytes => _, inout("rdi") to => _, inout("rsi") from => _, options(nostack, preserves_flags));
        }
        to
    }

    /// C's `memmove`, counted.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8 {
        if to.addr().wrapping_sub(from.addr()) >= bytes {
            // SAFETY: the ranges do not overlap in a way that copying forward would spoil.
            return unsafe { memcpy(to, from, bytes) };
        }
        COUNT.fetch_add(bytes as u64, Relaxed);
        // SAFETY: `bytes` is at least 1 here, so the last bytes exist; the direction is set back.
        unsafe {
            asm!(
                "std", "rep movsb", "cld",
                inout("rcx") bytes => _,
                inout("rdi") to.add(bytes - 1) => _,
                inout("rsi") from.add(bytes - 1) => _,
                options(nostack),
            );
        }
        to
    }
}
