//! Owns what happens on Ctrl-C: a register of the runs that are under way, and their end.
//!
//! A terminal sends Ctrl-C to the foreground group only, and our children are in groups of their
//! own. So we must pass it on. Every run is watched by a thread of its own that alone may signal
//! its group (nobody else can know that the group's number is still the same group); the register
//! tells these threads to end their runs, and waits until they have.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::RunnerError;
use crate::supervise::Control;

/// Time that runs have to end after Ctrl-C: longer than any preset's grace.
const PATIENCE: Duration = Duration::from_secs(5);

static REGISTER: Mutex<Register> = Mutex::new(Register { requested: false, next: 0, runs: BTreeMap::new() });
static CHANGED: Condvar = Condvar::new();

struct Register {
    requested: bool,
    next: u64,
    runs: BTreeMap<u64, Arc<Control>>,
}

fn register() -> MutexGuard<'static, Register> {
    REGISTER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on Ctrl-C (and SIGTERM and SIGHUP) ends all runs, and then calls `callback` on a
/// thread of its own. Exiting, with code 130, is the callback's decision: this crate never exits.
///
/// # Errors
///
/// When a handler is installed already.
pub fn install(mut callback: impl FnMut() + Send + 'static) -> Result<(), RunnerError> {
    ctrlc::set_handler(move || {
        end_all_runs(PATIENCE);
        callback();
    })?;
    Ok(())
}

/// Ends all runs (each with [`crate::Exit::Interrupted`]), refuses new ones for good, and waits
/// up to `patience`. Gives `true` when none is left.
pub fn end_all_runs(patience: Duration) -> bool {
    let mut register = register();
    register.requested = true;
    register.runs.values().for_each(|control| control.interrupt());
    let waited = CHANGED.wait_timeout_while(register, patience, |register| !register.runs.is_empty());
    let (register, _) = waited.unwrap_or_else(PoisonError::into_inner);
    register.runs.is_empty()
}

/// Whether an interrupt has been asked for: loops over many runs stop then.
pub fn requested() -> bool {
    register().requested
}

/// The place of one run in the register, given back when dropped.
pub(crate) struct Registration(u64);

impl Registration {
    /// Enters a run; `None` after an interrupt.
    pub(crate) fn enter(control: Arc<Control>) -> Option<Self> {
        let mut register = register();
        if register.requested {
            return None;
        }
        register.next += 1;
        let number = register.next;
        register.runs.insert(number, control);
        Some(Self(number))
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        register().runs.remove(&self.0);
        CHANGED.notify_all();
    }
}
