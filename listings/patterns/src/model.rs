//! The model of the chapter on caches, with another question: how many branches a simple predictor would
//! have guessed wrong.

use cache::model::{Events, Job, compare_by, events};
use std::io;

/// In the parent: counts the wrong guesses of each of `jobs`; in the child of a job, does it instead. `None` in
/// a child, and where nothing can be counted.
///
/// # Errors
/// When a child fails.
pub fn wrong_guesses(jobs: &[Job]) -> io::Result<Option<Vec<u64>>> {
    compare_by(jobs, |job| {
        let counted = events(&["--branch-sim=yes"], &[job])?;
        let Some(counted) = counted else { return Ok(None) };
        wrong(&counted)
            .map(Some)
            .ok_or_else(|| io::Error::other("no branches were counted"))
    })
}

/// Branches and indirect jumps whose way was guessed wrong.
fn wrong(events: &Events) -> Option<u64> {
    Some(events.total("Bcm")? + events.total("Bim")?)
}

#[cfg(test)]
mod tests {
    use super::{Events, wrong};

    #[test]
    fn wrong_guesses_of_both_kinds_are_added_up() {
        let text = "events: Ir Bc Bcm Bi Bim\ntotals: 10 5 4 3 2\n";
        assert_eq!(Events::parse(text).as_ref().and_then(wrong), Some(6));
        let text = "events: Ir\ntotals: 10\n";
        assert_eq!(Events::parse(text).as_ref().and_then(wrong), None);
    }
}
