//! Submissions, or parts of them, that git cannot keep or nobody wants to keep: links out of the tree, a FIFO, bytes that are no
//! text, files of megabytes.

use super::Parts;
use anyhow::{Result, bail};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::fmt::Write;
use std::os::unix::fs::symlink;
use std::path::Path;

/// A toolbox with a mistake: what is built here must not pass where its trick comes to nothing.
const WRONG: &str = "pub fn gcd(_: u64, _: u64) -> u64 {\n    1\n}\n\n//@ honest: div money stack words\n";

/// Builds what is missing of a submission in the folder in which it is laid out.
///
/// # Errors
/// When there is no rule for it, or something cannot be made.
pub fn build(name: &str, folder: &Path, parts: &Parts) -> Result<()> {
    let source = folder.join("src/lib.rs");
    fs_err::create_dir_all(folder.join("src"))?;
    let wrong = || parts.put_into(WRONG);
    match name {
        "fifo_source" => mknodat(CWD, &source, FileType::Fifo, Mode::from_raw_mode(0o644), 0)?,
        "symlink_source" => symlink("/etc/passwd", &source)?,
        "symlink_folder" => symlink("/etc", folder.join("src/data"))?,
        "symlink_to_tests" => symlink("../tests", folder.join("src/mine"))?,
        "nested_parentheses" => fs_err::write(&source, nested_parentheses(&wrong()?))?,
        "deep_nesting" => fs_err::write(&source, deep_nesting(&wrong()?))?,
        "big_source" => fs_err::write(&source, big_source(&wrong()?))?,
        "diagnostic_flood" => fs_err::write(&source, diagnostic_flood())?,
        "honest_bom_crlf" => {
            fs_err::write(&source, format!("\u{feff}{}", parts.whole()).replace('\n', "\r\n"))?;
        }
        _ => bail!("nobody knows how to build `{name}`"),
    }
    Ok(())
}

/// Ten thousand pairs of parentheses around a number.
fn nested_parentheses(rest: &str) -> String {
    let (open, close) = ("(".repeat(10_000), ")".repeat(10_000));
    format!("pub static DEEP: u64 = {open}1{close};\n{rest}")
}

/// Blocks in blocks.
fn deep_nesting(rest: &str) -> String {
    let (open, close) = ("{".repeat(200_000), "}".repeat(200_000));
    format!("pub fn deep() -> u64 {{ {open}1{close} }}\n{rest}")
}

/// Five mebibytes of small functions.
fn big_source(rest: &str) -> String {
    let mut text = rest.to_owned();
    let mut index = 0;
    while text.len() < 5 << 20 {
        let _ = writeln!(text, "pub fn f{index}(x: &str) -> String {{ format!(\"{{x}} {{x:?}} {{}}\", x.len()) }}");
        index += 1;
    }
    text
}

/// Very many errors, each on a long line that the compiler quotes.
fn diagnostic_flood() -> String {
    let mut text = String::new();
    for index in 0..60_000 {
        let _ = writeln!(
            text,
            "pub fn e{index}() -> Missing{index}AndSomeMoreLettersSoThatTheLineIsLong {{ also_missing_{index}() }}"
        );
    }
    text
}
