//! Runs take turns: a program has the machine for itself, and a page that asks for hundreds gets none of them.

use super::http::Refusal;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Those who may wait for their turn.
const WAITING: usize = 4;
/// How often somebody who waits is asked whether he still does.
const TICK: Duration = Duration::from_millis(50);

/// Lets one in at a time.
#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    is_taken: bool,
    waiting: usize,
}

/// Somebody's turn, until it is dropped.
#[derive(Debug)]
pub struct Turn<'a>(&'a Gate);

impl Gate {
    /// Waits for a turn. `None` when `is_gone` came true meanwhile.
    ///
    /// # Errors
    /// When too many wait already.
    pub fn enter(&self, is_gone: &dyn Fn() -> bool) -> Result<Option<Turn<'_>>, Refusal> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_taken && state.waiting >= WAITING {
            return Err(Refusal::new(
                503,
                "Other programs are running, and others wait: try again when they have ended.",
            ));
        }
        state.waiting += 1;
        while state.is_taken && !is_gone() {
            state = self.changed.wait_timeout(state, TICK).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.waiting -= 1;
        if state.is_taken {
            return Ok(None);
        }
        state.is_taken = true;
        Ok(Some(Turn(self)))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).is_taken = false;
        self.0.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_the_turn_a_few_wait_and_the_rest_is_refused() {
        let gate = Gate::default();
        let turn = gate.enter(&|| false).unwrap().expect("nobody else is there");
        std::thread::scope(|scope| {
            let waiting: Vec<_> = (0..WAITING).map(|_| scope.spawn(|| gate.enter(&|| false).map(drop))).collect();
            while gate.state.lock().unwrap().waiting < WAITING {
                std::thread::yield_now();
            }
            assert_eq!(gate.enter(&|| false).unwrap_err().status, 503);
            drop(turn);
            assert!(waiting.into_iter().all(|thread| thread.join().unwrap().is_ok()));
        });
        let _turn = gate.enter(&|| false).unwrap();
        assert!(gate.enter(&|| true).unwrap().is_none(), "who is gone has no turn");
    }
}
