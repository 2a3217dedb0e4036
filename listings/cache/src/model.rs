//! A model of a cache that counts: the tool callgrind runs a program on a simulated processor and
//! tells which accesses to memory missed.
//!
//! The geometry of the model is fixed, so that every machine counts the same.

use std::io;
use std::process::Command;

/// What the model counted between the beginning and the end of [`measured`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Instructions.
    pub instructions: u64,
    /// Reads and writes of memory.
    pub accesses: u64,
    /// Accesses that the first cache did not hold.
    pub first: u64,
    /// Accesses that the last cache did not hold, either.
    pub last: u64,
}

/// The model: 32 KiB in eight ways, and behind it 8 MiB in sixteen ways, all with lines of 64 bytes.
const GEOMETRY: [&str; 4] = [
    "--cache-sim=yes",
    "--I1=32768,8,64",
    "--D1=32768,8,64",
    "--LL=8388608,16,64",
];

/// The model, in words.
pub const SHAPE: &str =
    "a model of 32768 bytes in 8 ways, and 8388608 bytes behind it";

/// In the child: does the work that is counted. Memory that was used before it is in the cache.
#[unsafe(no_mangle)]
#[inline(never)]
pub fn measured(work: &mut dyn FnMut()) {
    work();
}

/// Totals of what callgrind counted, by the names of its events.
pub struct Events(Vec<(String, u64)>);

impl Events {
    /// A total; `None` where the event was not counted.
    #[must_use]
    pub fn total(&self, name: &str) -> Option<u64> {
        let event = self.0.iter().find(|(event, _)| event == name)?;
        Some(event.1)
    }

    /// Reads the names of the events and their totals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let line = |key: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(key))
                .map(str::trim)
        };
        let names = line("events:")?.split(' ').map(String::from);
        let totals: Vec<u64> = line("totals:")?
            .split(' ')
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        // Zeros at the end of the line are left out.
        let all = totals.into_iter().chain(std::iter::repeat(0));
        Some(Self(names.zip(all).collect()))
    }
}

/// In the parent: starts this program again with `args` under callgrind, which gets `options` and counts inside
/// of [`measured`]; `None` where valgrind is not installed.
///
/// # Errors
/// When the child fails, or what was counted cannot be read.
pub fn events(
    options: &[&str],
    args: &[&str],
) -> io::Result<Option<Events>> {
    let counts = std::env::temp_dir().join(format!(
        "counts-{}-{}",
        std::process::id(),
        args.join("-").replace(' ', "-")
    ));
    let child = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", "--toggle-collect=measured"])
        .args(options)
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(std::env::current_exe()?)
        .args(args)
        .output();
    let child = match child {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(None);
        }
        other => other?,
    };
    let text = std::fs::read_to_string(&counts);
    // A child that could not be started leaves none behind.
    let _ = std::fs::remove_file(&counts);
    if !child.status.success() {
        let said = String::from_utf8_lossy(&child.stderr).into_owned();
        return Err(io::Error::other(said));
    }
    Events::parse(&text?)
        .map(Some)
        .ok_or_else(|| io::Error::other("valgrind counted nothing"))
}

/// What the model of a cache counts in a child with `args`; `None` where valgrind is not installed.
///
/// # Errors
/// As for [`events`].
pub fn counted(args: &[&str]) -> io::Result<Option<Counts>> {
    let Some(events) = events(&GEOMETRY, args)? else { return Ok(None) };
    Counts::of(&events)
        .map(Some)
        .ok_or_else(|| io::Error::other("valgrind counted something else"))
}

impl Counts {
    fn of(events: &Events) -> Option<Self> {
        let sum = |read: &str, written: &str| {
            Some(events.total(read)? + events.total(written)?)
        };
        Some(Self {
            instructions: events.total("Ir")?,
            accesses: sum("Dr", "Dw")?,
            first: sum("D1mr", "D1mw")?,
            last: sum("DLmr", "DLmw")?,
        })
    }
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
    compare_by(jobs, |name| counted(&[name]))
}

/// The same for another way to count.
///
/// # Errors
/// When a child fails.
pub fn compare_by<C>(
    jobs: &[Job],
    counted: impl Fn(&str) -> io::Result<Option<C>>,
) -> io::Result<Option<Vec<C>>> {
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
    use super::{Counts, Events};

    #[test]
    fn totals_are_read_by_the_names_of_their_events() {
        let text = "# callgrind\nevents: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw\nfn=x\ntotals: 10 5 4 1 3 2 1 1\n";
        let counts =
            Counts { instructions: 10, accesses: 9, first: 5, last: 1 };
        let events = Events::parse(text).expect("there are totals");
        assert_eq!(Counts::of(&events), Some(counts));
        assert_eq!(events.total("Bcm"), None);
        assert!(Events::parse("events: Ir\n").is_none());
        let shorter = Events::parse("events: Ir Dr\ntotals: 7\n");
        assert_eq!(shorter.and_then(|events| events.total("Dr")), Some(0));
    }
}
