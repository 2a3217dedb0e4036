//! What is handed in, in every form that it may have, and in some that it may not.

mod archives;
mod folders;
mod suites;

use grader::intake::{self, Intake, Refused};
use model::exercise::Exercise;
use model::report::Outcome;
use std::path::Path;
use tempfile::TempDir;

/// A solution that keeps every rule.
const GOOD: &str =
    "//! A list.\n\n/// Twice as much.\n#[inline]\n#[must_use]\npub fn double(n: u64) -> u64 {\n    2 * n\n}\n";

/// An exercise of these files.
fn exercise_of(files: &[&str]) -> Exercise {
    let text = format!(
        "id = \"drop-list\"\nchapter = \"c\"\ntitle = \"t\"\nstep = \"check\"\nminutes = 1\nfiles = {files:?}\nunsafe = \"forbidden\"\nread = \"c\"\naliases = [\"list-drop\"]\ncriterion = []\n"
    );
    toml::from_str(&text).expect("the exercise is whole")
}

fn exercise() -> Exercise {
    exercise_of(&["src/lib.rs"])
}

fn scratch() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

/// Writes files below a folder.
fn put(folder: &Path, files: &[(&str, &[u8])]) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs_err::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs_err::write(path, bytes).expect("files can be written");
    }
}

fn read(path: &Path) -> Result<Intake, Refused> {
    intake::read(path, &exercise()).expect("the disk can be read")
}

/// Reads a file with this content.
fn read_bytes(name: &str, bytes: &[u8]) -> Result<Intake, Refused> {
    let folder = scratch();
    let path = folder.path().join(name);
    fs_err::write(&path, bytes).expect("files can be written");
    read(&path)
}

/// The text of `src/lib.rs`.
fn text(read: Result<Intake, Refused>) -> String {
    read.expect("it is accepted").submission.files["src/lib.rs"].clone()
}

/// Why it was refused.
fn refused(read: Result<Intake, Refused>) -> (Outcome, String) {
    let refused = read.expect_err("it is refused");
    (refused.outcome, refused.message)
}

/// What was left out, in words.
fn ignored(read: Result<Intake, Refused>) -> Vec<String> {
    let ignored = read.map_or_else(|refused| refused.ignored, |intake| intake.ignored);
    ignored.iter().map(ToString::to_string).collect()
}

/// Whether it was refused because the file is not there, or is nothing that can be read.
fn has_no_file(read: Result<Intake, Refused>) -> bool {
    let (outcome, message) = refused(read);
    outcome == Outcome::BuildError && message.starts_with("the submission has no file `src/lib.rs`")
}

#[test]
fn a_single_file_stands_for_the_only_one_of_an_exercise() {
    assert_eq!(text(read_bytes("answer.rs", GOOD.as_bytes())), GOOD);
    let folder = scratch();
    put(folder.path(), &[("lib.rs", GOOD.as_bytes())]);
    let two = exercise_of(&["src/lib.rs", "src/list.rs"]);
    let read = intake::read(&folder.path().join("lib.rs"), &two).expect("the disk can be read");
    assert!(refused(read).1.contains("this exercise has 2 files"));
}

#[test]
fn a_file_of_another_kind_is_refused_by_what_it_is() {
    let cases: [(&str, &[u8], &str); 5] = [
        ("answer.7z", b"7z\xbc\xaf\x27\x1c\0", "is a 7-Zip archive; hand in a folder, a .zip or a .tar.gz"),
        ("answer.zip", b"Rar!\x1a\x07\0", "is a RAR archive"),
        ("answer.tar.xz", b"\xfd7zXZ\0\0", "compressed by xz"),
        ("answer.txt", GOOD.as_bytes(), "is no archive that is read here"),
        ("answer.zip", b"", "is no archive that is read here"),
    ];
    for (name, bytes, part) in cases {
        let (outcome, message) = refused(read_bytes(name, bytes));
        assert!(outcome == Outcome::BuildError && message.contains(part), "{name}: {message}");
    }
}

#[test]
fn what_is_not_there_is_our_fault_and_not_the_students() {
    let error = intake::read(Path::new("/nowhere/at/all.zip"), &exercise()).expect_err("nothing is there");
    assert!(format!("{error:#}").contains("/nowhere/at/all.zip cannot be opened"), "{error:#}");
}

#[test]
fn a_byte_order_mark_is_dropped_and_line_ends_are_kept() {
    assert_eq!(text(read_bytes("a.rs", b"\xef\xbb\xbfpub fn f() {\r\n}\r\n")), "pub fn f() {\r\n}\r\n");
}

#[test]
fn what_is_no_text_is_refused_with_its_line() {
    let (outcome, message) = refused(read_bytes("a.rs", b"fn f() {}\n// caf\xe9\n"));
    assert_eq!(outcome, Outcome::BuildError);
    assert!(message.starts_with("`src/lib.rs` is not UTF-8 text: line 2 holds the byte 0xE9"), "{message}");
    assert!(refused(read_bytes("a.rs", b"fn f() {}\0")).1.starts_with("`src/lib.rs` holds a zero byte in line 1"));
}

#[test]
fn a_file_is_read_up_to_its_limit_and_no_further() {
    let limit = usize::try_from(intake::FILE_BYTES).expect("it is small");
    assert_eq!(text(read_bytes("a.rs", &vec![b'\n'; limit])).len(), limit);
    let expected = (Outcome::Policy, "`src/lib.rs` is larger than 256 KiB, the limit for a file".to_owned());
    assert_eq!(refused(read_bytes("a.rs", &vec![b'\n'; limit + 1])), expected);
}

#[test]
fn all_that_breaks_a_rule_is_told_at_once_with_its_line() {
    let code = "#[no_mangle]\npub fn f() {\n    unsafe { g() }\n}\n";
    let (outcome, message) = refused(read_bytes("a.rs", code.as_bytes()));
    assert_eq!(outcome, Outcome::Policy);
    assert_eq!(
        message,
        "src/lib.rs:1: `no_mangle` gives a symbol a name, and could so take the place of another\nsrc/lib.rs:3: `unsafe` is not allowed in this exercise"
    );
}
