//! Hostile archives, made byte by byte: no library that keeps its promises would write them.

use anyhow::Result;

/// An archive that a student hands in.
#[derive(Clone, Debug)]
pub struct Archive {
    /// Name in the records.
    pub name: &'static str,
    /// `tar` or `zip`.
    pub extension: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it does, in one sentence.
    pub why: &'static str,
    /// How many files it claims to hold.
    pub files: usize,
}

impl Archive {
    /// Hash of the file.
    pub fn hash(&self) -> String {
        blake3::hash(&self.bytes).to_hex()[..32].to_owned()
    }
}

/// Where the archive with an absolute name wants to be unpacked to.
pub const ABSOLUTE: &str = "/dev/shm/wdl-hostile-archive.rs";

const SOURCE: &[u8] = b"pub fn gcd(_: u64, _: u64) -> u64 {\n    6\n}\n";
const LIB: &[u8] = b"src/lib.rs";

/// All of them.
///
/// # Errors
/// Never so far: everything is made in memory.
pub fn all() -> Result<Vec<Archive>> {
    let mut all = tars();
    all.extend(more_tars());
    all.extend(zips());
    all.extend(more_zips());
    Ok(all)
}

fn tars() -> Vec<Archive> {
    vec![
        tar("absolute", "A name begins at the root of the system.", &[Entry::file(ABSOLUTE.as_bytes())]),
        tar("dotdot", "A name climbs out of the folder.", &[Entry::file(b"../escaped.rs")]),
        tar(
            "symlink_then_write",
            "A link to the folder above, then a file through it.",
            &[Entry::link(b'2', b"src", b".."), Entry::file(b"src/escaped.rs")],
        ),
        tar(
            "symlink_source",
            "The source is a link to a file of the system.",
            &[Entry::link(b'2', LIB, b"/etc/passwd")],
        ),
        tar(
            "hardlink",
            "The source is a second name of a file of the grader.",
            &[Entry::link(b'1', LIB, b"../reference.rs")],
        ),
        tar(
            "device",
            "The source is the device of endless zeros.",
            &[Entry { device: Some((1, 5)), ..Entry::link(b'3', LIB, b"") }],
        ),
        tar("fifo", "The source is a pipe into which nobody writes.", &[Entry::link(b'6', LIB, b"")]),
    ]
}

fn more_tars() -> Vec<Archive> {
    let many: Vec<Vec<u8>> = (0..5000).map(|index| format!("src/file{index}.rs").into_bytes()).collect();
    let many: Vec<Entry<'_>> = many.iter().map(|name| Entry::file(name)).collect();
    let mut cut =
        tar("truncated", "It ends in the middle of a file.", &[Entry::file(LIB), Entry::file(b"src/more.rs")]);
    cut.bytes.truncate(512 + 512 + 512 + 20);
    vec![
        tar("five_thousand_files", "As many files as nobody wants to look at.", &many),
        tar(
            "same_name_twice",
            "The second file of a name hides the first.",
            &[Entry::file(LIB), Entry { data: b"pub fn other() {}\n", ..Entry::file(LIB) }],
        ),
        tar(
            "names_by_case",
            "Two names are one where case does not count.",
            &[Entry::file(LIB), Entry::file(b"src/LIB.rs")],
        ),
        tar("name_not_utf8", "A name is no text.", &[Entry::file(LIB), Entry::file(b"src/\xff\xfe.rs")]),
        tar("name_with_newline", "A name has two lines.", &[Entry::file(LIB), Entry::file(b"src/a\nb.rs")]),
        tar(
            "sparse",
            "Half a kibibyte that says it is ten gibibytes.",
            &[Entry::file(LIB), Entry { sparse: Some(10 << 30), ..Entry::link(b'S', b"src/hole.rs", b"") }],
        ),
        cut,
    ]
}

/// An entry of a tar file.
#[derive(Clone, Copy)]
struct Entry<'a> {
    kind: u8,
    name: &'a [u8],
    target: &'a [u8],
    data: &'a [u8],
    device: Option<(u64, u64)>,
    sparse: Option<u64>,
}

impl<'a> Entry<'a> {
    fn file(name: &'a [u8]) -> Self {
        Self { data: SOURCE, ..Self::link(b'0', name, b"") }
    }

    fn link(kind: u8, name: &'a [u8], target: &'a [u8]) -> Self {
        Self { kind, name, target, data: b"", device: None, sparse: None }
    }

    /// Header and data, each filled up to blocks of 512 bytes.
    fn blocks(&self) -> Vec<u8> {
        let mut header = [0_u8; 512];
        let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, self.name);
        put(100, b"0000644\0");
        put(124, format!("{:011o}\0", self.data.len()).as_bytes());
        put(136, b"00000000000\0");
        put(148, b"        ");
        put(156, &[self.kind]);
        put(157, self.target);
        put(257, if self.sparse.is_some() { b"ustar  \0" } else { b"ustar\x0000" });
        if let Some((major, minor)) = self.device {
            put(329, format!("{major:07o}\0{minor:07o}\0").as_bytes());
        }
        if let Some(size) = self.sparse {
            // A map with one piece of nothing at the very end, and the size that the file claims.
            put(386, format!("{size:011o}\0{:011o}\0", 0).as_bytes());
            put(483, format!("{size:012o}").as_bytes());
        }
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let mut blocks = [&header[..], self.data].concat();
        blocks.resize(blocks.len().next_multiple_of(512), 0);
        blocks
    }
}

fn tar(name: &'static str, why: &'static str, entries: &[Entry<'_>]) -> Archive {
    let mut bytes: Vec<u8> = entries.iter().flat_map(Entry::blocks).collect();
    bytes.extend([0; 1024]);
    Archive { name, extension: "tar", bytes, why, files: entries.len() }
}

fn zips() -> Vec<Archive> {
    let inner = zip("inner", "", &[Member::stored(LIB, SOURCE)]);
    vec![
        zip(
            "zip_backslash",
            "A name has a path only where the backslash divides.",
            &[Member::stored(b"src\\lib.rs", SOURCE)],
        ),
        zip(
            "zip_nested",
            "The archive holds an archive.",
            &[Member::stored(LIB, SOURCE), Member::stored(b"more.zip", &inner.bytes)],
        ),
        zip(
            "zip_encrypted",
            "A file says that it is encrypted.",
            &[Member { flags: 1, ..Member::stored(LIB, SOURCE) }],
        ),
        zip(
            "zip_wrong_sum",
            "The check sum is of another file.",
            &[Member { crc: 0xDEAD_BEEF, ..Member::stored(LIB, SOURCE) }],
        ),
        zip(
            "zip_symlink",
            "The source is a link to a file of the system.",
            &[Member { mode: 0o120_777, ..Member::stored(LIB, b"/etc/passwd") }],
        ),
    ]
}

fn more_zips() -> Vec<Archive> {
    let zeros = deflated_zeros(BOMB);
    let bomb = Member { method: 8, crc: BOMB_CRC, size: BOMB, ..Member::stored(LIB, &zeros) };
    let mut cut =
        zip("zip_truncated", "The end, where the list of names stands, is missing.", &[Member::stored(LIB, SOURCE)]);
    cut.bytes.truncate(60);
    vec![
        zip("zip_bomb", "Two mebibytes that become three hundred.", &[bomb]),
        zip(
            "zip_same_name_twice",
            "The second file of a name hides the first.",
            &[Member::stored(LIB, b"// first\n"), Member::stored(LIB, SOURCE)],
        ),
        cut,
    ]
}

/// A member of a zip file.
#[derive(Clone, Copy)]
struct Member<'a> {
    name: &'a [u8],
    data: &'a [u8],
    method: u16,
    flags: u16,
    crc: u32,
    size: u32,
    mode: u32,
}

impl<'a> Member<'a> {
    fn stored(name: &'a [u8], data: &'a [u8]) -> Self {
        let size = data.len() as u32;
        Self { name, data, method: 0, flags: 0, crc: crc(data), size, mode: 0o100_644 }
    }

    /// What local header and directory have in common.
    fn common(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in [20, self.flags, self.method, 0, 0x21] {
            bytes.extend(number.to_le_bytes());
        }
        for number in [self.crc, self.data.len() as u32, self.size] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend((self.name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    }
}

fn zip(name: &'static str, why: &'static str, members: &[Member<'_>]) -> Archive {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(member.common());
        directory.extend([0; 6]);
        directory.extend((member.mode << 16).to_le_bytes());
        directory.extend((bytes.len() as u32).to_le_bytes());
        directory.extend(member.name);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(member.common());
        bytes.extend(member.name);
        bytes.extend(member.data);
    }
    let (count, start) = ((members.len() as u16).to_le_bytes(), bytes.len() as u32);
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    Archive { name, extension: "zip", bytes, why, files: members.len() }
}

/// CRC-32 as zip uses it.
fn crc(data: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    !data.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

const BOMB: u32 = 300 << 20;
/// [`crc`] of so many zeros, which takes seconds to compute.
const BOMB_CRC: u32 = 0x6DFB_08C4;

/// Zeros as a deflate stream: one literal, then the longest match again and again, in the fixed code of RFC 1951.
fn deflated_zeros(count: u32) -> Vec<u8> {
    const LONGEST: u32 = 258;
    let mut bits = Vec::new();
    let mut code = |value: u32, length: u32| bits.extend((0..length).rev().map(|bit| value >> bit & 1 == 1));
    // The last block, fixed code (bits of numbers come lowest first).
    code(0b110, 3);
    let literals = 1 + (count - 1) % LONGEST;
    for _ in 0..literals {
        code(0b0011_0000, 8);
    }
    for _ in 0..(count - literals) / LONGEST {
        // Length 258 is symbol 285; distance 1 is symbol 0.
        code(0b1100_0101, 8);
        code(0, 5);
    }
    code(0, 7);
    bits.chunks(8).map(|byte| byte.iter().rev().fold(0, |sum, bit| sum << 1 | u8::from(*bit))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_that_of_zip() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
    }
}
