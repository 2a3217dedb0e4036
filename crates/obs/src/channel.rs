//! Records, and the way they take to the grader.
//!
//! A record is one byte for its kind, then label and value, each behind its length as four bytes, low
//! byte first. It is written at once, so what was seen before a crash is not lost.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

/// What a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What a call returned: compared with the reference byte by byte.
    See,
    /// What something cost: judged against a bound.
    Meter,
    /// The case panicked; the value is what the panic said.
    Panic,
    /// A signal struck; the label is its number, the value `ADDRESS STACK_POINTER`. For an abort, the number
    /// of refused requests for memory stands in place of the address.
    Fault,
    /// The case came to its end.
    End,
}

const KINDS: [(Kind, u8); 5] =
    [(Kind::See, b's'), (Kind::Meter, b'm'), (Kind::Panic, b'p'), (Kind::Fault, b'f'), (Kind::End, b'e')];

/// The bytes of a record.
pub(crate) fn encode(kind: Kind, label: &str, value: &str) -> Vec<u8> {
    let sign = KINDS.iter().find(|(known, _)| *known == kind).map_or(b'?', |(_, sign)| *sign);
    let mut bytes = vec![sign];
    for text in [label, value] {
        bytes.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(text.as_bytes());
    }
    bytes
}

/// One record, as the grader reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it says.
    pub kind: Kind,
    /// What was looked at.
    pub label: String,
    /// What was seen.
    pub value: String,
}

/// Reads records one by one; ends at the first bytes that are none.
#[derive(Clone, Debug)]
pub struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// The records in what a driver wrote.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Bytes behind the last whole record: none, unless something else wrote, or wrote last.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let (sign, mut rest) = self.0.split_first()?;
        let (kind, _) = KINDS.iter().find(|(_, known)| known == sign)?;
        let mut text = || {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (text, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            rest = after;
            Some(String::from_utf8_lossy(text).into_owned())
        };
        let record = Record { kind: *kind, label: text()?, value: text()? };
        self.0 = rest;
        Some(record)
    }
}

/// Where records are written to.
#[derive(Clone, Debug)]
pub(crate) struct Channel(Arc<File>);

impl Channel {
    /// Takes standard output for the records, and leaves standard error in its place: what student code
    /// prints must not stand between them.
    #[cfg(unix)]
    pub(crate) fn take_stdout() -> Self {
        use std::os::fd::FromRawFd;
        unsafe extern "C" {
            fn dup(fd: i32) -> i32;
            fn dup2(from: i32, to: i32) -> i32;
        }
        // SAFETY: the calls take numbers only. What `dup` returns is ours alone, if it is not negative.
        let file = unsafe {
            let ours = dup(1);
            assert!(ours >= 0 && dup2(2, 1) >= 0, "standard output and standard error are open");
            File::from_raw_fd(ours)
        };
        Self(Arc::new(file))
    }

    #[cfg(not(unix))]
    pub(crate) fn take_stdout() -> Self {
        panic!("drivers run under the grader, which is for Linux")
    }

    /// Writes a record. A grader that no longer reads is not told anything.
    pub(crate) fn write(&mut self, kind: Kind, label: &str, value: &str) {
        let _ = (&*self.0).write_all(&encode(kind, label, value));
    }

    #[cfg(all(target_os = "linux", target_arch = "x86_64", not(asan)))]
    pub(crate) fn number(&self) -> i32 {
        use std::os::fd::AsRawFd;
        self.0.as_raw_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_as_they_were_written() {
        let mut bytes = encode(Kind::See, "sum", "7");
        bytes.extend(encode(Kind::End, "", ""));
        let found: Vec<Record> = Records::new(&bytes).collect();
        let sum = Record { kind: Kind::See, label: "sum".into(), value: "7".into() };
        assert_eq!(found, [sum, Record { kind: Kind::End, label: String::new(), value: String::new() }]);
    }

    #[test]
    fn reading_ends_where_a_record_is_cut_off_or_foreign() {
        let whole = encode(Kind::See, "sum", "7");
        for bytes in [&whole[..whole.len() - 1], b"test result: ok. 6 passed", &[b's', 255, 255, 255, 255]] {
            let mut records = Records::new(bytes);
            assert_eq!(records.next(), None);
            assert_eq!(records.rest(), bytes);
        }
    }
}
