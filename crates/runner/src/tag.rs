//! Owns the mark that a child and all its descendants carry in their environment.
//!
//! A process that calls `setsid` leaves its process group, but keeps its environment. The mark
//! names the run, and the runs around it: a `book` that we run, and that runs listings itself,
//! adds its own id to ours, so that ending the outer run finds the inner children too.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::environment::TAG;

/// Runs within runs that a tag can name. Deeper ones forget the outermost.
const LEVELS: usize = 4;
const ID_DIGITS: usize = 24;

/// The mark of one run.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    id: String,
    value: String,
}

impl Tag {
    /// A mark that no other run has, within the runs that our own environment names.
    pub(crate) fn new() -> Self {
        let outer = std::env::var(TAG).unwrap_or_default();
        Self::within(&outer, new_id())
    }

    fn within(outer: &str, id: String) -> Self {
        let mut ids: Vec<&str> = outer.split('.').filter(|outer| is_id(outer)).collect();
        ids.push(&id);
        let nothing = "0".repeat(ID_DIGITS);
        let newest = &ids[ids.len().saturating_sub(LEVELS)..];
        let padding = std::iter::repeat_n(nothing.as_str(), LEVELS - newest.len());
        let value = newest.iter().copied().chain(padding).collect::<Vec<_>>().join(".");
        Self { id, value }
    }

    /// What the environment variable is set to: always the same number of bytes.
    pub(crate) fn value(&self) -> &str {
        &self.value
    }

    /// Whether an environment block (`NAME=value`, separated by NUL bytes) carries this mark.
    pub(crate) fn is_in(&self, environment: &[u8]) -> bool {
        environment
            .split(|byte| *byte == 0)
            .filter_map(|entry| entry.strip_prefix(TAG.as_bytes())?.strip_prefix(b"="))
            .any(|value| value.split(|byte| *byte == b'.').any(|id| id == self.id.as_bytes()))
    }
}

fn is_id(text: &str) -> bool {
    text.len() == ID_DIGITS
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        && text.bytes().any(|byte| byte != b'0')
}

/// Process id, clock and a counter: unique on this machine as long as its clock does not stand.
fn new_id() -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(1);
    let counter = COUNTER.fetch_add(1, Ordering::Relaxed);
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.subsec_nanos());
    format!("{:08x}{clock:08x}{counter:08x}", process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(tag: &Tag) -> Vec<u8> {
        format!("PATH=/bin\0{TAG}={}\0HOME=/", tag.value()).into_bytes()
    }

    #[test]
    fn a_tag_is_found_in_an_environment_that_carries_it_and_in_no_other() {
        let (ours, other) = (Tag::new(), Tag::new());
        assert!(ours.is_in(&environment(&ours)));
        assert!(!ours.is_in(&environment(&other)));
        assert!(!ours.is_in(format!("NOTE={}", ours.value()).as_bytes()));
    }

    #[test]
    fn a_run_within_a_run_carries_both_marks_in_as_many_bytes() {
        let outer = Tag::within("", new_id());
        let inner = Tag::within(outer.value(), new_id());
        assert!(outer.is_in(&environment(&inner)));
        assert!(inner.is_in(&environment(&inner)));
        assert!(!inner.is_in(&environment(&outer)));
        assert_eq!(outer.value().len(), inner.value().len());
    }

    #[test]
    fn runs_nested_too_deeply_forget_the_outermost_and_keep_their_length() {
        let first = Tag::within("", new_id());
        let mut tag = first.clone();
        for _ in 0..LEVELS {
            tag = Tag::within(tag.value(), new_id());
        }
        assert!(!first.is_in(&environment(&tag)));
        assert!(tag.is_in(&environment(&tag)));
        assert_eq!(first.value().len(), tag.value().len());
    }
}
