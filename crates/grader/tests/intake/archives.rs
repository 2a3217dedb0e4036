//! Archives, honest ones and others.

use super::*;
use flate2::{Compress, Compression, FlushCompress, write::GzEncoder};
use std::io::{Cursor, Write};
use tar::{EntryType, Header};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn zip_with(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(method);
        archive.start_file(*name, options).expect("an entry can be begun");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive.finish().expect("an archive can be ended").into_inner()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(CompressionMethod::Deflated, files)
}

/// An entry of any kind under any name, with its padding.
fn entry(kind: EntryType, name: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    let mut entry = header.as_bytes().to_vec();
    entry.extend(bytes);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive: Vec<u8> =
        files.iter().flat_map(|(name, bytes)| entry(EntryType::Regular, name.as_bytes(), bytes)).collect();
    archive.extend([0; 1024]);
    archive
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// The same files in every kind of archive.
fn all(files: &[(&str, &[u8])]) -> [(&'static str, Vec<u8>); 4] {
    let stored = zip_with(CompressionMethod::Stored, files);
    [("deflated", zip(files)), ("stored", stored), ("tar", tar(files)), ("tar.gz", gzip(&tar(files)))]
}

/// Puts other bytes in place of every occurrence.
fn patched(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
    bytes
}

/// Where the directory of a zip archive begins.
fn directory(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("there is one")
}

#[test]
fn every_kind_is_read_with_and_without_a_folder_around_and_whatever_it_is_called() {
    for path in
        ["src/lib.rs", "./src/lib.rs", "solution/src/lib.rs", "handin/drop-list-main/src/lib.rs", "Übung/src/lib.rs"]
    {
        for (kind, bytes) in all(&[("readme.txt", b"x"), (path, GOOD.as_bytes()), ("Cargo.toml", b"x")]) {
            for name in ["a.zip", "a.tar.gz", "a"] {
                assert_eq!(text(read_bytes(name, &bytes)), GOOD, "{kind} {path}");
            }
            assert_eq!(ignored(read_bytes("a", &bytes))[1], "`Cargo.toml` is left out: the course's own is used");
        }
    }
}

#[test]
fn names_of_old_windows_programs_are_understood() {
    let bytes = patched(&zip(&[("_bung/src/lib.rs", GOOD.as_bytes())]), b"_bung", b"\x9abung");
    assert_eq!(text(read_bytes("a.zip", &bytes)), GOOD);
}

#[test]
fn folders_that_are_not_looked_into_make_one_line() {
    let files: [(&str, &[u8]); 5] = [
        ("a/src/lib.rs", GOOD.as_bytes()),
        ("a/target/debug/a", b"x"),
        ("a/target/debug/src/lib.rs", b"x"),
        ("a/.git/config", b"x"),
        ("__MACOSX/a/src/._lib.rs", b"x"),
    ];
    for (_, bytes) in all(&files) {
        let expected = [
            "`a/target` is not looked into",
            "`a/.git` is not looked into",
            "`__MACOSX` was left there by an operating system",
        ];
        assert_eq!(ignored(read_bytes("a", &bytes)), expected);
    }
}

#[test]
fn names_that_lead_outside_or_are_odd_are_never_used() {
    for name in
        ["../src/lib.rs", "/src/lib.rs", "a/../src/lib.rs", "C:/src/lib.rs", "src\\lib.rs", "a\u{1b}/src/lib.rs"]
    {
        for bytes in [tar(&[(name, b"x")]), gzip(&tar(&[(name, b"x")]))] {
            assert!(has_no_file(read_bytes("a", &bytes)), "{name:?}");
            assert_eq!(ignored(read_bytes("a", &bytes)).len(), 1, "{name:?}");
        }
        // The writer of zip archives would put such a name right, so it is put in afterwards.
        let placeholder = "_".repeat(name.len());
        let bytes = patched(&zip(&[(&placeholder, b"x")]), placeholder.as_bytes(), name.as_bytes());
        assert!(has_no_file(read_bytes("a", &bytes)), "{name:?}");
        assert_eq!(ignored(read_bytes("a", &bytes)).len(), 1, "{name:?}");
    }
    // In old archives, a folder is a file whose name ends like this.
    assert!(has_no_file(read_bytes("a", &tar(&[("src/lib.rs/", b"x")]))));
    let zero = patched(&zip(&[("src/lib.rs_.txt", b"x")]), b"lib.rs_", b"lib.rs\0");
    assert!(has_no_file(read_bytes("a", &zero)));
    let mut bytes = entry(EntryType::Regular, b"\xff/src/lib.rs", b"x");
    bytes.extend([0; 1024]);
    assert!(ignored(read_bytes("a", &bytes))[0].starts_with("`\\xFF/src/lib.rs` has a name"));
}

#[test]
fn links_pipes_and_devices_are_never_used() {
    use EntryType::{Block, Char, Fifo, GNUSparse, Link, Symlink};
    for kind in [Link, Symlink, Char, Block, Fifo] {
        let mut bytes = entry(kind, b"src/lib.rs", b"");
        bytes.extend([0; 1024]);
        assert!(has_no_file(read_bytes("a", &bytes)), "{kind:?}");
        assert_eq!(ignored(read_bytes("a", &bytes)), ["`src/lib.rs` is not a regular file"], "{kind:?}");
    }
    assert!(read_bytes("a", &[entry(GNUSparse, b"src/lib.rs", b"x"), vec![0; 1024]].concat()).is_err());
    let mut pipe = zip(&[("src/lib.rs", b"x")]);
    let at = directory(&pipe);
    pipe[at + 5] = 3;
    pipe[at + 40..at + 42].copy_from_slice(&0o010_644_u16.to_le_bytes());
    assert_eq!(ignored(read_bytes("a", &pipe)), ["`src/lib.rs` is not a regular file"]);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.add_symlink("src/lib.rs", "/etc/passwd", SimpleFileOptions::default()).expect("a link can be added");
    let bytes = archive.finish().expect("an archive can be ended").into_inner();
    assert!(has_no_file(read_bytes("a", &bytes)));
    assert_eq!(ignored(read_bytes("a", &bytes)), ["`src/lib.rs` is not a regular file"]);
}

#[test]
fn two_files_of_one_name_are_refused() {
    let twice: [(&str, &[u8]); 2] = [("src/lib.rs", b"a"), ("./src/lib.rs", b"b")];
    let zipped = patched(&zip(&[("src/lib.rs", b"a"), ("src/lib.rt", b"b")]), b"lib.rt", b"lib.rs");
    for bytes in [tar(&twice), gzip(&tar(&twice)), zip(&twice), zipped] {
        let expected = "`src/lib.rs` is there more than once, and nobody can say which counts";
        assert_eq!(refused(read_bytes("a", &bytes)), (Outcome::BuildError, expected.to_owned()));
        assert_eq!(ignored(read_bytes("a", &bytes)), ["`src/lib.rs` is there more than once"]);
    }
}

#[test]
fn an_archive_that_is_cut_off_anywhere_is_refused() {
    for (kind, bytes) in all(&[("src/lib.rs", GOOD.as_bytes()), ("src/more.rs", &[b'x'; 2000])]) {
        // Whoever reads a tar archive may stop at its first block of zeros.
        let end = if kind == "tar" { bytes.len() - 512 } else { bytes.len() };
        // The end of an entry is no end of an archive.
        for length in (1..end).filter(|length| length % 7 == 1 || length % 512 == 0) {
            let (outcome, message) = refused(read_bytes("a", &bytes[..length]));
            assert_eq!(outcome, Outcome::BuildError, "{kind} {length}: {message}");
        }
    }
}

#[test]
fn an_archive_whose_checksum_is_wrong_is_refused() {
    let files: [(&str, &[u8]); 1] = [("src/lib.rs", GOOD.as_bytes())];
    let stored = patched(&zip_with(CompressionMethod::Stored, &files), b"Twice", b"Trice");
    let mut gzipped = gzip(&tar(&files));
    let at = gzipped.len() - 8;
    gzipped[at] ^= 1;
    let header = patched(&[tar(&[("a", b"")])[..512].to_vec(), tar(&files)].concat(), b"src/lib.rs", b"src/lib.rt");
    for bytes in [stored, gzipped, header] {
        let (outcome, message) = refused(read_bytes("a", &bytes));
        assert!(outcome == Outcome::BuildError && message.starts_with("the archive is damaged"), "{message}");
    }
}

#[test]
fn an_encrypted_archive_and_an_unusual_one_are_refused() {
    let bytes = zip(&[("src/lib.rs", GOOD.as_bytes())]);
    let at = directory(&bytes);
    let (mut encrypted, mut unusual) = (bytes.clone(), bytes);
    encrypted[at + 8] |= 1;
    assert!(refused(read_bytes("a", &encrypted)).1.contains("is encrypted; hand in one without a password"));
    unusual[at + 10] = 12;
    assert!(refused(read_bytes("a", &unusual)).1.contains("compressed in an unusual way"));
    assert!(refused(read_bytes("a.gz", &gzip(GOOD.as_bytes()))).1.contains("holds no tar archive"));
}

#[test]
fn more_than_so_many_entries_are_not_looked_at() {
    let names: Vec<String> = (0..=intake::ENTRIES).map(|index| format!("{index}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    for (kind, bytes) in all(&files) {
        let (outcome, message) = refused(read_bytes("a", &bytes));
        assert!(outcome == Outcome::Policy && message.contains("more than 2000 entries"), "{kind}: {message}");
    }
}

/// A raw stream of deflate that becomes so many MiB of zeros. Once the window is full of them, every MiB is
/// compressed to the same bytes.
fn zeros(mebibytes: usize) -> Vec<u8> {
    let (mut compress, block) = (Compress::new(Compression::best(), false), vec![0; 1 << 20]);
    let mut part = || {
        let mut out = Vec::with_capacity(1 << 16);
        compress.compress_vec(&block, &mut out, FlushCompress::Sync).expect("zeros can be compressed");
        out
    };
    let (first, next) = (part(), part());
    [first, next.repeat(mebibytes - 1)].concat()
}

/// The most memory that this process ever had, in KiB.
fn peak() -> u64 {
    let status = fs_err::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("Linux tells");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("it is a number")
}

#[test]
fn a_bomb_is_refused_without_being_held_in_memory() {
    // The header of gzip, an entry of 300 MiB without its padding, and its content.
    let mut header = entry(EntryType::Regular, b"big.bin", b"");
    header[124..136].copy_from_slice(format!("{:011o}\0", 300 << 20).as_bytes());
    let mut header = Header::from_byte_slice(&header[..512]).clone();
    header.set_cksum();
    let mut compress = Compress::new(Compression::best(), false);
    let mut bomb = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
    bomb.reserve(4096);
    compress.compress_vec(header.as_bytes(), &mut bomb, FlushCompress::Sync).expect("it can be compressed");
    bomb.extend(zeros(300));
    assert!(bomb.len() < 1 << 20);
    let (outcome, message) = refused(read_bytes("a.tar.gz", &bomb));
    assert!(outcome == Outcome::Policy && message.contains("larger than 64 MiB"), "{message}");
    assert!(peak() < 200 << 10, "{} KiB", peak());

    let zipped = zip(&[("src/lib.rs", &vec![b' '; 8 << 20])]);
    assert!(refused(read_bytes("a.zip", &zipped)).1.contains("larger than 256 KiB"));
    assert!(refused(read_bytes("a", &vec![0; (64 << 20) + 1])).1.contains("larger than 64 MiB"));
}

#[test]
fn what_git_and_its_hosts_make_is_read() {
    let mut bytes =
        entry(EntryType::XGlobalHeader, b"pax_global_header", b"52 comment=0123456789012345678901234567890123456789\n");
    bytes.extend(entry(EntryType::Directory, b"drop-list-main/", b""));
    bytes.extend(entry(EntryType::Directory, b"drop-list-main/src/", b""));
    bytes.extend(tar(&[("drop-list-main/src/lib.rs", GOOD.as_bytes())]));
    assert_eq!(text(read_bytes("a.tar.gz", &gzip(&bytes))), GOOD);
    assert_eq!(ignored(read_bytes("a.tar.gz", &gzip(&bytes))), [""; 0]);
}
