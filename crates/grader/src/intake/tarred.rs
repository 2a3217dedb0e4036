//! Tar archives, plain or compressed by gzip: entries are read one after the other, and skipped ones are
//! decompressed into nothing.

use super::found::{Findings, too_much};
use super::{Stop, TOTAL_BYTES, Why};
use flate2::read::GzDecoder;
use std::io::{self, Read};
use tar::{Archive, EntryType, Header};

/// Length of a header, and what the parts of an archive are rounded up to.
const BLOCK: usize = 512;

/// Whether the first block is a header with a right checksum: old archives hold no other mark.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    let Some(block) = bytes.get(..BLOCK) else { return false };
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    // The field of the checksum itself counts as eight spaces.
    let expected = sum(&block[..148]) + 8 * u32::from(b' ') + sum(&block[156..]);
    Header::from_byte_slice(block).cksum().is_ok_and(|found| found == expected)
}

/// Goes through an archive inside of a gzip file.
pub(super) fn compressed(bytes: &[u8], found: &mut Findings<'_>) -> Result<(), Stop> {
    let mut first = Vec::new();
    GzDecoder::new(bytes).take(BLOCK as u64).read_to_end(&mut first).map_err(Stop::damaged)?;
    if !is_tar(&first) {
        return Err(Stop::unreadable("what was handed in is compressed by gzip, but holds no tar archive"));
    }
    entries(GzDecoder::new(bytes), found)
}

/// Goes through an archive.
pub(super) fn entries(reader: impl Read, found: &mut Findings<'_>) -> Result<(), Stop> {
    let mut archive = Archive::new(Metered::new(reader));
    let outcome = each(&mut archive, found);
    let mut rest = archive.into_inner();
    if rest.over {
        return Err(too_much());
    }
    outcome?;
    if rest.zeros < BLOCK {
        return Err(Stop::damaged("its end is missing"));
    }
    // The checksum of gzip stands at the end.
    let read = io::copy(&mut rest, &mut io::sink());
    if rest.over { Err(too_much()) } else { read.map(drop).map_err(Stop::damaged) }
}

fn each<R: Read>(archive: &mut Archive<R>, found: &mut Findings<'_>) -> Result<(), Stop> {
    for entry in archive.entries().map_err(Stop::damaged)? {
        let mut entry = entry.map_err(Stop::damaged)?;
        found.count()?;
        let (raw, kind) = (entry.path_bytes().into_owned(), entry.header().entry_type());
        // `git archive` begins with such a header, which names the commit.
        if kind == EntryType::XGlobalHeader {
            continue;
        }
        let is_folder = kind == EntryType::Directory || raw.ends_with(b"/");
        let Some(path) = found.admit(&raw, is_folder) else { continue };
        match kind {
            _ if is_folder => {}
            // If it is shorter than its header says, the step to the next entry fails.
            EntryType::Regular => found.take(&path, &mut entry, Stop::damaged)?,
            _ => found.ignore(&raw, Why::NotARegularFile),
        }
    }
    Ok(())
}

/// Refuses to read on beyond a limit, and knows how many zeros came last: an archive ends with at least a
/// block of them.
pub(super) struct Metered<R> {
    inner: R,
    left: u64,
    over: bool,
    zeros: usize,
}

impl<R> Metered<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, left: TOTAL_BYTES, over: false, zeros: 0 }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => {
                self.over = true;
                return Err(io::Error::other("the limit is reached"));
            }
        }
        let trailing = into[..count].iter().rev().take_while(|byte| **byte == 0).count();
        self.zeros = if trailing == count { self.zeros + count } else { trailing };
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_counted_across_reads() {
        let bytes = io::Cursor::new([1, 0, 0]).chain(io::Cursor::new([0; 600]));
        let mut metered = Metered { inner: bytes, left: 603, over: false, zeros: 0 };
        io::copy(&mut metered, &mut io::sink()).expect("memory can be read");
        assert_eq!((metered.zeros, metered.left, metered.over), (602, 0, false));
        let mut metered = Metered { inner: &[0; 9][..], left: 8, over: false, zeros: 0 };
        assert!(io::copy(&mut metered, &mut io::sink()).is_err() && metered.over);
    }
}
