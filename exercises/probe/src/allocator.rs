//! The allocator of every program that uses this crate: the system's, with a book beside it.
//!
//! What runs in here must not allocate, must not panic, and must work in a thread that is just
//! being taken apart. So the state of a thread is a constant without a destructor: it is there
//! before the thread's first allocation and after its last.

use crate::usage::{Event, Usage};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

static REALLOCATED: AtomicU64 = AtomicU64::new(0);
static REFUSED: AtomicU64 = AtomicU64::new(0);

/// Requests that the system has refused since the process began: there was no memory, or a
/// limit stood in the way. What [`failing_after`](crate::failing_after) refuses is not counted.
///
/// ```
/// let mut numbers: Vec<u8> = Vec::new();
/// assert!(numbers.try_reserve_exact(isize::MAX as usize).is_err());
/// assert!(probe::refused_requests() >= 1);
/// ```
pub fn refused_requests() -> u64 {
    REFUSED.load(Relaxed)
}

/// Bytes in blocks that were resized, at their old sizes, since the process began: an upper
/// bound of what resizing has moved. It only grows.
///
/// ```
/// let before = probe::reallocated_bytes();
/// let mut numbers = vec![1_u64, 2, 3, 4];
/// numbers.reserve_exact(4);
/// assert!(probe::reallocated_bytes() - before >= 32, "four numbers were in the old block");
/// ```
///
/// For the same count around a piece of code, see [`Usage::realloc_bytes`].
pub fn reallocated_bytes() -> u64 {
    REALLOCATED.load(Relaxed)
}

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: every block comes from `System` and goes back to it with the same layout; null is
// allowed as an answer to any request.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: our caller promises about `layout` what `System` asks for.
        hand_out(layout.size(), || unsafe { System.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as in `alloc`.
        hand_out(layout.size(), || unsafe { System.alloc_zeroed(layout) })
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // Before, not after: once it is given back, another thread may have it and count it.
        record(Event::Freed {
            size: layout.size(),
        });
        // SAFETY: our caller promises that `block` came from here, so from `System`.
        unsafe { System.dealloc(block, layout) };
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new: usize) -> *mut u8 {
        let old = layout.size();
        if new > old && !granted() {
            return null_mut();
        }
        // SAFETY: as in `dealloc`, and our caller promises about `new` what `System` asks for.
        let moved = unsafe { System.realloc(block, layout, new) };
        if moved.is_null() {
            REFUSED.fetch_add(1, Relaxed);
        } else {
            REALLOCATED.fetch_add(old as u64, Relaxed);
            record(Event::Resized { old, new });
        }
        moved
    }
}

fn hand_out(size: usize, ask_system: impl FnOnce() -> *mut u8) -> *mut u8 {
    if !granted() {
        return null_mut();
    }
    let block = ask_system();
    if block.is_null() {
        REFUSED.fetch_add(1, Relaxed);
    } else {
        record(Event::Allocated { size });
    }
    block
}

/// What one thread knows about itself.
pub(crate) struct State {
    /// Since the innermost reading of this thread began, or since the thread did.
    pub(crate) usage: Cell<Usage>,
    /// Set while requests are to fail.
    pub(crate) budget: Cell<Option<Budget>>,
    /// Set while an instrument works for itself.
    quiet: Cell<bool>,
}

/// How many requests will still be granted, and how many were refused.
#[derive(Clone, Copy)]
pub(crate) struct Budget {
    pub(crate) left: u64,
    pub(crate) refused: u64,
}

thread_local! {
    pub(crate) static STATE: State = const {
        State {
            usage: Cell::new(Usage {
                allocations: 0,
                reallocations: 0,
                frees: 0,
                allocated_bytes: 0,
                freed_bytes: 0,
                peak_bytes: 0,
                largest_bytes: 0,
                realloc_bytes: 0,
            }),
            budget: Cell::new(None),
            quiet: Cell::new(false),
        }
    };
}

// `STATE` has no destructor, so it is there as long as its thread. Should a platform think
// otherwise, the program goes on, uncounted: an allocator must not panic.
fn record(event: Event) {
    let _ = STATE.try_with(|state| {
        if state.quiet.get() {
            return;
        }
        let mut usage = state.usage.get();
        usage.record(event);
        state.usage.set(usage);
        crate::process::record(event);
    });
}

fn granted() -> bool {
    STATE.try_with(State::grant).unwrap_or(true)
}

impl State {
    fn grant(&self) -> bool {
        let Some(mut budget) = self.budget.get() else {
            return true;
        };
        // A panic needs memory for its message on its way out; refused, it would abort the
        // process and take the other tests along.
        if self.quiet.get() || std::thread::panicking() {
            return true;
        }
        let grant = budget.left > 0;
        if grant {
            budget.left -= 1;
        } else {
            budget.refused += 1;
        }
        self.budget.set(Some(budget));
        grant
    }
}

/// Runs `act` unseen by every reading and never refused: what an instrument needs for itself is
/// no business of the program that it watches. Whatever is taken in here must be freed in here.
pub(crate) fn quietly<R>(act: impl FnOnce() -> R) -> R {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            let _ = STATE.try_with(|state| state.quiet.set(self.0));
        }
    }
    let _restore = Restore(
        STATE
            .try_with(|state| state.quiet.replace(true))
            .unwrap_or(false),
    );
    act()
}
