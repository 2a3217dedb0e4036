//! Many submissions, graded by several graders at once, each with a jail and a user of its own.

use anyhow::Result;
use model::graded::Graded;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::grade::Grader;
use crate::unit::{self, Seed, Store};

/// A submission to be graded.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// `chapter/exercise`.
    pub exercise: &'a str,
    /// What was handed in.
    pub path: &'a Path,
}

/// One that is done.
#[derive(Debug)]
pub struct Done {
    /// Its place among the jobs.
    pub at: usize,
    /// What came of it.
    pub graded: Result<Graded>,
    /// How long it took.
    pub took: Duration,
}

/// Grades all, as many at once as there are graders, and tells of each when it is done. What cannot be graded keeps no other from it. When `tell` returns false, nothing more is begun.
pub fn grade(graders: &[Grader], jobs: &[Job<'_>], seed: &Seed, store: &Store, mut tell: impl FnMut(Done) -> bool) {
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for grader in graders {
            let (sender, next, stopped) = (sender.clone(), &next, &stopped);
            scope.spawn(move || {
                while !stopped.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(at) else { break };
                    let begin = Instant::now();
                    let graded = unit::grade(grader, job.exercise, job.path, seed, store);
                    if sender.send(Done { at, graded, took: begin.elapsed() }).is_err() {
                        break;
                    }
                }
            });
        }
        // Only the threads hold senders now, so that the receiver ends with the last of them.
        drop(sender);
        for done in receiver {
            if !tell(done) {
                stopped.store(true, Ordering::Relaxed);
            }
        }
    });
}
