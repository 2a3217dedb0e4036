//! A model of a processor that counts: the tool callgrind runs a program and tells how many branches a
//! simple predictor would have guessed wrong.

use std::io;
use std::process::Command;

/// What the model counted between the beginning and the end of [`measured`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Instructions.
    pub instructions: u64,
    /// Branches and jumps whose way was guessed wrong.
    pub wrong: u64,
}

/// In the child: does the work that is counted.
#[unsafe(no_mangle)]
#[inline(never)]
pub fn measured(work: &mut dyn FnMut()) {
    work();
}

/// Starts this program again with the argument `job` on the simulated processor.
fn counted(job: &str) -> io::Result<Option<Counts>> {
    let file = std::env::temp_dir().join(format!(
        "guesses-{}-{}",
        std::process::id(),
        job.replace(' ', "-")
    ));
    let child = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", "--branch-sim=yes"])
        .args(["--cache-sim=no", "--toggle-collect=measured"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(std::env::current_exe()?)
        .arg(job)
        .output();
    let child = match child {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(None);
        }
        other => other?,
    };
    let text = std::fs::read_to_string(&file);
    // A child that could not be started leaves none behind.
    let _ = std::fs::remove_file(&file);
    if !child.status.success() {
        let said = String::from_utf8_lossy(&child.stderr).into_owned();
        return Err(io::Error::other(said));
    }
    parse(&text?)
        .map(Some)
        .ok_or_else(|| io::Error::other("valgrind counted nothing"))
}

/// Reads the names of the events and their totals.
fn parse(text: &str) -> Option<Counts> {
    let line = |key: &str| {
        text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim)
    };
    let names: Vec<&str> = line("events:")?.split(' ').collect();
    let totals: Vec<u64> = line("totals:")?
        .split(' ')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    // Zeros at the end of the line are left out.
    let total = |name: &str| {
        let at = names.iter().position(|other| *other == name)?;
        Some(totals.get(at).copied().unwrap_or(0))
    };
    Some(Counts {
        instructions: total("Ir")?,
        wrong: total("Bcm")? + total("Bim")?,
    })
}

/// A job that can be counted: its name, and what it does. What is prepared before it calls
/// [`measured`] is not counted.
pub type Job = (&'static str, fn());

/// Counts each of `jobs` in a child of its own and tells what was found; in such a child, does the job
/// instead. `None` in a child, and where nothing can be counted.
///
/// # Errors
/// When a child fails.
pub fn compare(jobs: &[Job]) -> io::Result<Option<Vec<Counts>>> {
    if let Some(name) = std::env::args().nth(1) {
        if let Some((_, job)) = jobs.iter().find(|(job, _)| *job == name) {
            job();
        }
        return Ok(None);
    }
    let mut found = Vec::new();
    for (name, _) in jobs {
        let Some(counts) = counted(name)? else {
            println!("not counted here: this needs valgrind");
            return Ok(None);
        };
        found.push(counts);
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::{Counts, parse};

    #[test]
    fn wrong_guesses_of_both_kinds_are_added_up() {
        let text = "events: Ir Bc Bcm Bi Bim\ntotals: 10 5 4 3 2\n";
        assert_eq!(
            parse(text),
            Some(Counts { instructions: 10, wrong: 6 })
        );
        assert_eq!(parse("events: Ir\n"), None);
    }
}
