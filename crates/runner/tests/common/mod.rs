//! What several test programs need: a shell as the child, and a look at `/proc` that does not
//! rely on the tag by which the runner itself finds descendants.

#![allow(dead_code, reason = "each test program uses a part")]

use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use runner::{Capture, Command, Limits, Outcome, Running};

/// Time after which a test says "it hangs", on the busiest machine.
pub const HANGS: Duration = Duration::from_secs(20);

/// A shell script as a listing, with merged output.
pub fn shell(script: &str) -> Command {
    Command::new("sh").args(["-c", script]).limits(Limits::listing()).capture(Capture::Merged)
}

/// The limits of a listing with this much time.
pub fn seconds(wall: f64) -> Limits {
    Limits { wall: Duration::from_secs_f64(wall), ..Limits::listing() }
}

pub fn run(command: &Command) -> Outcome {
    command.run().unwrap_or_else(|error| panic!("{command:?}\n{error}"))
}

/// Output of a child that must succeed.
pub fn output(command: &Command) -> String {
    let outcome = run(command);
    let text = runner::text::printable(&outcome.output);
    assert!(outcome.exit.success(), "{command:?}\n{}\n{text}", outcome.exit);
    text
}

/// A variable in the environment of a child and its descendants, different for each.
pub struct Mark(String);

impl Mark {
    pub const NAME: &str = "RUNNER_TEST_MARK";

    pub fn new() -> Self {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        Self(format!("mark-{}-{number}.", std::process::id()))
    }

    pub fn put_on(&self, command: Command) -> Command {
        command.env(Self::NAME, &self.0)
    }

    /// Process ids of those that carry the mark and are not yet dead.
    pub fn alive(&self) -> Vec<u32> {
        let pids = fs::read_dir("/proc").expect("/proc is mounted");
        pids.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter(|pid| {
                let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
                environment.windows(self.0.len()).any(|bytes| bytes == self.0.as_bytes())
            })
            .collect()
    }

    pub fn assert_gone(&self) {
        assert_eq!(self.alive(), Vec::<u32>::new(), "processes are left");
    }
}

/// Waits until a child that runs beside us has written `text`.
pub fn wait_for_output(running: &Running, text: &str) {
    let start = Instant::now();
    loop {
        let output = runner::text::printable(&running.output_so_far());
        if output.contains(text) {
            return;
        }
        assert!(start.elapsed() < HANGS, "no {text:?} came, only {output:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
