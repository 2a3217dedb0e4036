//! A class that does not exist: students, and answers of mixed quality as they would hand them in.

use anyhow::{Context, Result};
use grader::task::Task;
use model::starter;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

const GIVEN: [&str; 10] = ["Ada", "Bo", "Chloé", "Dmitri", "Eun-ji", "Fatima", "Goran", "Hana", "Íñigo", "Jörg"];
const FAMILY: [&str; 7] = ["Abel", "Brandt", "Castro", "Dubois", "Eze", "Fischer", "Gupta"];

/// One who hands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Student {
    /// Number in the platform's list.
    pub number: usize,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
}

/// So many students. No two have the same name.
pub fn students(many: usize) -> Vec<Student> {
    let student = |at: usize| {
        let round = at / (GIVEN.len() * FAMILY.len());
        let more = if round == 0 { String::new() } else { "b".repeat(round) };
        let family = format!("{}{more}", FAMILY[at % FAMILY.len()]);
        Student { number: 101 + at, given: GIVEN[at % GIVEN.len()].to_owned(), family }
    };
    (0..many).map(student).collect()
}

/// Canvas's export of the gradebook, with one column for an assignment.
pub fn gradebook(students: &[Student], column: &str, possible: &str) -> String {
    let mut text =
        format!("Student,ID,SIS User ID,SIS Login ID,Section,{column}\n    Points Possible,,,,,{possible}\n");
    for Student { number, given, family } in students {
        let _ = writeln!(text, "\"{family}, {given}\",{number},m{number},u{number},Monday,");
    }
    text
}

/// The name that Canvas gives a file in a download.
pub fn canvas_name(student: &Student, is_late: bool, file: &str) -> String {
    let plain = |name: &str| name.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let late = if is_late { "_LATE" } else { "" };
    let Student { number, given, family } = student;
    format!("{}{}{late}_{number}_{}_{file}", plain(family), plain(given), 9000 + number)
}

/// What a student can have written: solutions, other right answers, wrong ones, the untouched starter, and what does not
/// compile.
#[derive(Debug)]
pub struct Answers {
    right: Vec<String>,
    wrong: Vec<String>,
    starter: String,
}

impl Answers {
    /// From the suite of an exercise.
    ///
    /// # Errors
    /// When a file of the suite cannot be read.
    pub fn of(task: &Task) -> Result<Self> {
        let read = |kind: &str| task.variants(kind)?.iter().map(|path| Ok(fs_err::read_to_string(path)?)).collect();
        let (mut right, wrong): (Vec<String>, Result<Vec<String>>) = (vec![task.solution.clone()], read("wrong"));
        let others: Result<Vec<String>> = read("alternatives");
        right.extend(others?);
        let marked = fs_err::read_to_string(task.secret.join("solution.rs"))?;
        Ok(Self { right, wrong: wrong?, starter: starter::starter(&marked)? })
    }

    /// What students begin with.
    pub fn starter(&self) -> &str {
        &self.starter
    }

    /// The answer of a student, by place in the class: of ten, four are right, four wrong in different ways, one is the
    /// starter, and one does not compile. No two students write the same bytes.
    pub fn by(&self, at: usize) -> String {
        let round = at / 10;
        let text = match at % 10 {
            0..4 => &self.right[(at + round) % self.right.len()],
            4..8 => &self.wrong[(at + round * 3) % self.wrong.len()],
            8 => &self.starter,
            _ => return format!("{}\n// {at}\nfn unfinished( {{\n", self.starter),
        };
        format!("{text}\n// Written by number {at}.\n")
    }
}

/// An archive as `wdl submit` makes it, of one exercise.
///
/// # Errors
/// When it cannot be written to memory.
pub fn submission(exercise: &str, source: &str) -> Result<Vec<u8>> {
    archive(&[(format!("{exercise}/src/lib.rs"), source.as_bytes().to_vec())])
}

/// A `.zip` with these files, always the same bytes.
///
/// # Errors
/// When it cannot be written to memory.
pub fn archive(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Writes a file, and the folders on the way.
///
/// # Errors
/// When it cannot be written.
pub fn put(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    fs_err::create_dir_all(path.parent().context("a file lies in a folder")?)?;
    Ok(fs_err::write(path, bytes)?)
}
