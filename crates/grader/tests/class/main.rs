//! Lists of classes and downloads as platforms make them, and what a teacher reads where something is wrong.

mod canvas;
mod classroom;
mod damage;
mod gradescope;
mod lists;
mod moodle;
mod own;
mod times;

use fs_err as fs;
use grader::class::handed_in::{self, HandedIn, Wanted};
use grader::class::roster::Roster;
use model::late::Submitted;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SOURCE: &str = "pub fn f() {}\n";

/// A folder for one test, with a class list, a download and perhaps a table of times.
struct Desk {
    room: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { room: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.room.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs::write(&path, bytes).expect("files can be written");
        path
    }

    /// Files of a download, each with a source in it.
    fn sources(&self, names: &[&str]) {
        names.iter().for_each(|name| drop(self.put(&format!("download/{name}"), SOURCE)));
    }

    fn roster(&self, text: &str) -> Roster {
        Roster::read(&self.put("list.csv", text)).unwrap_or_else(|faults| panic!("the list can be read: {faults}"))
    }

    /// What is wrong with a list.
    fn wrong(&self, text: impl AsRef<[u8]>) -> String {
        let faults = Roster::read(&self.put("list.csv", text)).expect_err("the list is refused");
        format!("{}\n", self.plain(&faults.to_string()))
    }

    fn read(&self, roster: &Roster, set: &[Wanted]) -> HandedIn {
        self.read_from("download", roster, set)
    }

    fn read_from(&self, name: &str, roster: &Roster, set: &[Wanted]) -> HandedIn {
        handed_in::read(&self.path(name), &self.path("unpacked"), roster, set, None).expect("the disk can be read")
    }

    fn plain(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.room.path().display()), "")
            .replace(&self.room.path().display().to_string(), ".")
    }

    /// Everything that was found: deposits, faults and notes, a line each.
    fn told(&self, roster: &Roster, set: &[Wanted], found: &HandedIn) -> String {
        let deposits = found.deposits.iter().map(|deposit| {
            let student = &roster.students()[deposit.student].id;
            format!("{student} {} {} {}", set[deposit.exercise].id, when(&deposit.submitted), deposit.place)
        });
        let faults = found.faults.iter().map(|fault| format!("fault: {fault}"));
        let notes = found.notes.iter().map(|note| format!("note: {note}"));
        let lines: Vec<String> = deposits.chain(faults).chain(notes).collect();
        self.plain(&format!("{:?}\n{}\n", found.source, lines.join("\n")))
    }
}

fn when(submitted: &Submitted) -> String {
    match submitted {
        Submitted::At(time) => time.to_string(),
        other => format!("{other:?}"),
    }
}

fn wanted(id: &str) -> Wanted {
    Wanted { id: id.to_owned(), name: format!("stack-limits/{id}"), aliases: Vec::new() }
}

/// A set of one exercise.
fn one() -> Vec<Wanted> {
    vec![Wanted { aliases: vec!["list-drop".to_owned()], ..wanted("drop-list") }]
}

/// A set of three.
fn three() -> Vec<Wanted> {
    vec![wanted("drop-list"), wanted("my-vec"), wanted("vec")]
}

fn zip(files: &[&str]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for name in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry can be begun");
        archive.write_all(SOURCE.as_bytes()).expect("memory can be written");
    }
    archive.finish().expect("an archive can be ended").into_inner()
}

/// What `wdl submit` makes.
fn submission(id: &str) -> Vec<u8> {
    zip(&[&format!("{id}/src/lib.rs")])
}

/// A file in a folder of a download.
fn has(found: &HandedIn, at: usize, ending: &str) -> bool {
    found.deposits[at].path.ends_with(Path::new(ending)) && found.deposits[at].path.exists()
}
