//! Submissions side by side, for programs that look for what was copied. We compare nothing ourselves.
//!
//! ```text
//! CHAPTER-EXERCISE/
//!   info.csv                 for Dolos: the files, and whose they are
//!   submissions/STUDENT/...  a folder for each student, as JPlag reads them
//!   starter/...              what everybody was given, which both leave out
//! ```
//!
//! Sources: <https://dolos.ugent.be/docs/adding-metadata.html>, and the usage text of
//! <https://github.com/jplag/JPlag>, whose option `-bc` names a folder with base code.

use anyhow::Result;
use csv::{QuoteStyle, WriterBuilder};
use model::late::Submitted;
use model::starter;
use std::path::Path;

use super::ledger::{Entry, Ledger, write_whole};
use crate::intake;
use crate::output::safe;
use crate::output::table::cell;
use crate::set::SetFolder;
use crate::task::Task;
use model::class::Student;

/// What was exported.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// How many submissions.
    pub submissions: usize,
    /// What could not be read, with its place.
    pub left_out: Vec<String>,
}

/// How students are called in the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// By id and name.
    Own,
    /// By their place in the class list, so that whoever compares does not know whose work it is.
    Numbers,
}

/// Writes everybody's last submission of each exercise below `to`, beside the starter.
///
/// # Errors
/// When the disk cannot be read or written.
pub fn export(set: &SetFolder, students: &[Student], ledger: &Ledger, to: &Path, names: Names) -> Result<Exported> {
    let mut exported = Exported::default();
    for task in &set.tasks {
        let folder = to.join(task.name.replace('/', "-"));
        write_whole(&folder.join("starter/src/lib.rs"), starter_of(task)?.as_bytes())?;
        let mut info = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
        info.write_record(["filename", "full_name", "label", "created_at"])?;
        for (place, student) in students.iter().enumerate() {
            let mine = |entry: &&Entry| entry.student == student.id && entry.exercise == task.name;
            let Some(entry) = ledger.entries.iter().rfind(mine) else { continue };
            let known = match names {
                Names::Own => file_name(&student.id),
                Names::Numbers => format!("student-{}", place + 1),
            };
            let submission = match intake::read(&entry.path, &task.exercise) {
                Ok(Ok(intake)) => intake.submission,
                Ok(Err(refused)) => {
                    exported.left_out.push(format!("{}: {}", entry.path.display(), refused.message));
                    continue;
                }
                Err(error) => {
                    exported.left_out.push(format!("{}: {error:#}", entry.path.display()));
                    continue;
                }
            };
            exported.submissions += 1;
            for (file, text) in &submission.files {
                let path = format!("submissions/{known}/{file}");
                write_whole(&folder.join(&path), text.as_bytes())?;
                let name = if names == Names::Own { student.name.as_str() } else { &known };
                let label = student.section.as_deref().unwrap_or_default();
                info.write_record([cell(&path), cell(name), cell(label), created(&entry.submitted)])?;
            }
        }
        write_whole(&folder.join("info.csv"), &info.into_inner()?)?;
    }
    Ok(exported)
}

fn starter_of(task: &Task) -> Result<String> {
    Ok(starter::starter(&fs_err::read_to_string(task.secret.join("solution.rs"))?)?)
}

fn created(submitted: &Submitted) -> String {
    match submitted {
        Submitted::At(time) => time.utc(),
        _ => String::new(),
    }
}

/// A student's id as the name of a file: other characters than these are written as their bytes.
pub fn file_name(id: &str) -> String {
    let mut name = String::new();
    for byte in safe::line(id).bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'@');
        // A dot may not begin a name, or `..` would be one.
        if is_plain || (byte == b'.' && !name.is_empty()) {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02x}"));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_leads_out_of_the_folder_and_no_two_have_the_same_name() {
        let named = ["s1", "ann@uni.example", "../x", "..", "a/b", "ü", "%2e", ".a"].map(file_name);
        assert_eq!(named, ["s1", "ann@uni.example", "%2e.%2fx", "%2e.", "a%2fb", "%c3%bc", "%252e", "%2ea"]);
    }
}
