//! Gradescope: *Export Submissions* of an assignment.
//!
//! The archive holds a folder `assignment_<number>_export` with a folder `submission_<number>` for each active
//! submission, in which a `.zip` is already unpacked, and `submission_metadata.yml`, which says whose they are and
//! when they came. Gradescope documents none of it. Sources: a real `submission_metadata.yml` (`metadata` names it),
//! and what others read it by: `submitters`, `sid` and `email`, each a Ruby symbol. Everybody in a group has a
//! deposit. Students are known by `sid`, or else by mail address.

use super::listing::Entry;
use super::metadata::{self, Submission, Submitter};
use super::source::{Source, stranger};
use super::{Bundle, Ground, Tray};
use crate::class::roster::Kind;
use crate::fault::Fault;
use fs_err as fs;
use model::late::Submitted;
use std::collections::BTreeSet;
use std::path::Path;

const METADATA: &str = "submission_metadata.yml";

/// The largest list that is read: of a thousand submissions, with everything that their autograders wrote.
const BYTES: u64 = 256 << 20;

pub(super) fn fits(name: &str) -> bool {
    let is_number = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    name == METADATA || name.strip_prefix("submission_").is_some_and(is_number)
}

/// Reads an export. Each folder that the list does not name, and each name without a folder, is a fault.
pub(super) fn read(entries: &[Entry], ground: &Ground<'_>, tray: &mut Tray) {
    let Some(list) = entries.iter().find(|entry| entry.name == METADATA) else {
        let text = format!("`{METADATA}` is missing, which says whose submissions these are; export them again");
        tray.fault(ground, &ground.places.root.clone(), text);
        return;
    };
    let submissions = submissions(&list.path, ground, tray);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for submission in &submissions {
        let entry = entries.iter().find(|entry| entry.is_folder && entry.name == submission.folder);
        match entry {
            _ if !seen.insert(&submission.folder) => line(submission, "this stands here twice", ground, list, tray),
            Some(entry) => one(submission, entry, list, ground, tray),
            None => line(submission, "there is no such folder; export the submissions again", ground, list, tray),
        }
    }
    for entry in entries.iter().filter(|entry| entry.name != METADATA && !seen.contains(entry.name.as_str())) {
        let text = match fits(&entry.name) {
            true => format!("`{METADATA}` does not say whose this is; export the submissions again"),
            false => stranger(Source::Gradescope, "submission_216975964"),
        };
        tray.fault(ground, &entry.path, text);
    }
}

/// A fault about a line of the list.
fn line(submission: &Submission, text: &str, ground: &Ground<'_>, list: &Entry, tray: &mut Tray) {
    let text = format!("`{}`: {text}", submission.folder);
    tray.faults.push(Fault::on(Path::new(&ground.places.of(&list.path)), submission.line, text));
}

fn submissions(list: &Path, ground: &Ground<'_>, tray: &mut Tray) -> Vec<Submission> {
    let text = match fs::metadata(list).map(|about| about.len()) {
        Ok(bytes) if bytes > BYTES => Err(format!("it is larger than {} MiB", BYTES >> 20)),
        Ok(_) => fs::read_to_string(list).map_err(|error| format!("it cannot be read ({})", error.kind())),
        Err(error) => Err(format!("it cannot be read ({})", error.kind())),
    };
    let text = text.unwrap_or_else(|why| {
        tray.fault(ground, list, why);
        String::new()
    });
    let (found, broken) = metadata::read(&text);
    if let Some(broken) = broken {
        let text = format!("from here on, this is not YAML ({}); export the submissions again", broken.why);
        tray.faults.push(Fault::on(Path::new(&ground.places.of(list)), broken.line, text));
    }
    found
}

/// Gives a folder to everybody who handed it in.
fn one(submission: &Submission, entry: &Entry, list: &Entry, ground: &Ground<'_>, tray: &mut Tray) {
    if submission.submitters.is_empty() {
        return line(submission, "nobody is named who handed this in", ground, list, tray);
    }
    let mut students: Vec<usize> = Vec::new();
    for submitter in &submission.submitters {
        match owner(submitter, ground) {
            Ok(student) => students.push(student),
            Err(text) => tray.fault(ground, &entry.path, text),
        }
    }
    students.sort_unstable();
    students.dedup();
    let submitted = match submission.created.as_deref().map(|text| (text, metadata::time(text))) {
        Some((_, Some(time))) => Submitted::At(time),
        Some((text, None)) => {
            let text = format!("`{text}` is no time that can be read here; give a table of times");
            line(submission, &text, ground, list, tray);
            Submitted::Unknown
        }
        None => Submitted::Unknown,
    };
    if !students.is_empty() {
        Bundle::folder(&students, submitted, &entry.path, ground, tray);
    }
}

fn owner(submitter: &Submitter, ground: &Ground<'_>) -> Result<usize, String> {
    let roster = ground.roster;
    let Submitter { name, sid, email } = submitter;
    let by_sid = |sid: &String| roster.by_number(Kind::Gradescope, sid).or_else(|| roster.by_id(sid));
    let by_email = |email: &String| roster.by_email(email).or_else(|| roster.find(email));
    let found = sid.as_ref().and_then(by_sid).or_else(|| email.as_ref().and_then(by_email));
    found.ok_or_else(|| {
        let says: Vec<&str> = [name, sid, email].into_iter().flatten().map(String::as_str).collect();
        let near = [sid, email, name].into_iter().flatten().map(|text| roster.perhaps(text));
        let near = near.into_iter().find(|near| !near.is_empty()).unwrap_or_default();
        format!("`{}`{near} handed this in, and is not in the class list", says.join(", "))
    })
}
