//! What one submission may cost, whatever it does: hundreds of others wait.
//!
//! Processor time is charged, because it does not depend on how busy the machine is. Time on the clock is charged only
//! when somebody was waited for in vain.

use runner::{Exit, Limits, Outcome};
use std::cell::Cell;
use std::time::Duration;

/// What all compilers and cases of a submission may use together. An honest one uses a tenth of it.
const WHOLE: Duration = Duration::from_secs(20);
/// Cases that may be waited for in vain.
const PATIENCE: u32 = 2;
/// Time on the clock that a case always gets.
const LEAST: Duration = Duration::from_secs(2);

/// What is left.
#[derive(Debug)]
pub(crate) struct Budget {
    left: Cell<Duration>,
    waits: Cell<u32>,
}

impl Budget {
    /// For a submission that begins.
    pub(crate) fn whole() -> Self {
        Self { left: Cell::new(WHOLE), waits: Cell::new(0) }
    }

    /// For what is ours.
    pub(crate) fn unlimited() -> Self {
        Self { left: Cell::new(Duration::MAX), waits: Cell::new(0) }
    }

    /// Whether nothing more should be run.
    pub(crate) fn is_spent(&self) -> bool {
        self.left.get().is_zero() || self.waits.get() >= PATIENCE
    }

    /// Limits that what is left allows.
    pub(crate) fn bound(&self, limits: Limits) -> Limits {
        let left = self.left.get();
        // The kernel counts whole seconds.
        let most = left.as_secs().saturating_add(1);
        let cpu_seconds = limits.cpu_seconds.map(|seconds| seconds.min(most));
        let wall = if self.waits.get() == 0 { limits.wall } else { limits.wall.min(left.max(LEAST)) };
        Limits { cpu_seconds, wall, ..limits }
    }

    /// Takes off what a run used.
    pub(crate) fn charge(&self, outcome: &Outcome) {
        let waited = outcome.exit == Exit::TimedOut;
        self.waits.set(self.waits.get() + u32::from(waited));
        let used = if waited { outcome.wall.max(outcome.cpu) } else { outcome.cpu };
        self.left.set(self.left.get().saturating_sub(used));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(exit: Exit, wall: u64, cpu: u64) -> Outcome {
        Outcome {
            exit,
            output: Vec::new(),
            stderr: Vec::new(),
            dropped: 0,
            wall: Duration::from_secs(wall),
            cpu: Duration::from_secs(cpu),
            max_rss_bytes: 0,
            survivors: 0,
        }
    }

    fn limits() -> Limits {
        Limits { wall: Duration::from_secs(15), cpu_seconds: Some(10), ..Limits::listing() }
    }

    #[test]
    fn a_busy_machine_costs_an_honest_submission_nothing() {
        let budget = Budget::whole();
        for _ in 0..10 {
            budget.charge(&used(Exit::Exited(0), 14, 1));
        }
        assert!(!budget.is_spent());
        assert_eq!(budget.bound(limits()), limits());
    }

    #[test]
    fn who_sleeps_is_waited_for_once_and_then_not_long() {
        let budget = Budget::whole();
        budget.charge(&used(Exit::TimedOut, 15, 0));
        assert_eq!(budget.bound(limits()).wall, Duration::from_secs(5));
        budget.charge(&used(Exit::TimedOut, 5, 0));
        assert!(budget.is_spent());
    }

    #[test]
    fn what_computes_too_long_in_two_cases_is_still_judged_in_the_others() {
        let budget = Budget::whole();
        budget.charge(&used(Exit::OutOfCpu, 9, 5));
        budget.charge(&used(Exit::OutOfCpu, 9, 5));
        assert!(!budget.is_spent());
        assert_eq!(budget.bound(limits()).wall, limits().wall);
    }

    #[test]
    fn processor_time_is_one_sum_for_all() {
        let budget = Budget::whole();
        budget.charge(&used(Exit::Exited(1), 20, 16));
        assert_eq!(budget.bound(limits()).cpu_seconds, Some(5));
        budget.charge(&used(Exit::OutOfCpu, 4, 4));
        assert!(budget.is_spent() && !Budget::unlimited().is_spent());
    }
}
