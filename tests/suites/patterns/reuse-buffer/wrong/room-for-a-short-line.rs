//! fails: one-request
//! misconception: Most lines are short, and for the others the buffer may grow.

use std::fmt;
use std::fmt::Write;

/// What a line of the log says.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// Who says it.
    pub source: &'a str,
    /// When, in seconds.
    pub seconds: u64,
    /// What was measured.
    pub reading: f64,
}

/// `[seconds] source: reading`, with the seconds in six places and three digits of the
/// reading.
impl fmt::Display for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            source,
            seconds,
            reading,
        } = self;
        write!(f, "[{seconds:06}] {source}: {reading:.3}")
    }
}

/// Gives each entry to `out` as a line of its own, in order, without a line break. All lines
/// are written into one buffer that is made here.
pub fn log(entries: &[Entry<'_>], out: impl FnMut(&str)) {
    log_into(&mut String::with_capacity(LINE), entries, out);
}

/// The same with a buffer of the caller's, which keeps its block, and is empty afterwards.
/// What it held before is no part of any line.
pub fn log_into(buffer: &mut String, entries: &[Entry<'_>], out: impl FnMut(&str)) {
    let mut out = out;
    for entry in entries {
        buffer.clear();
        // Writing into a string cannot fail.
        let _ = write!(buffer, "{entry}");
        out(buffer);
    }
    buffer.clear();
}

/// Room for an ordinary line.
const LINE: usize = 48;
