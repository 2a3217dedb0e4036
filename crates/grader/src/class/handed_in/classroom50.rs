//! Classroom 50: `gh teacher download <org> <classroom> <assignment>`.
//!
//! Source: `cli/gh-teacher/internal/download/download.go` of <https://github.com/foundation50/classroom50>, commit
//! 1619e54, and `wiki/gh-teacher.md`, commit 0343327. Each student's repository is cloned into a folder
//! `<classroom>-<assignment>-<username>`, all in small letters, and `scores.csv` lies beside them, with a line for
//! each submission that was collected: `username`, ..., `datetime`, `submission_tag`, .... Into a clone the command
//! puts `result.json`, the newest submission's, which names the `commit` that it was made from. With `--by-pattern`
//! there are the clones alone. A group has one repository, its owner's.
//!
//! **Times.** A clone holds what was pushed last, which need not be what was submitted last: with submissions by tag, a
//! student can push on and submit no more. So the time of the newest submission counts only where `result.json` names
//! the commit that is checked out; otherwise a note says so, and nothing is known of the time. `scores.csv` comes from
//! the teacher's own repository, while a student can publish a `result.json`: a clone that looks odd is for a person.

use super::listing::Entry;
use super::source::{Source, stranger};
use super::{Bundle, Ground, Tray, filled, plain};
use crate::class::roster::{self, Kind, Roster};
use fs_err as fs;
use model::late::Submitted;
use model::time::Time;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

const SCORES: &str = "scores.csv";

/// The largest file of the command, or of git, that is read.
const BYTES: u64 = 16 << 20;

/// The table of scores, or a clone whose name ends with a student's login.
pub(super) fn fits(entry: &Entry, roster: &Roster) -> bool {
    match entry.is_folder {
        true => {
            let is_clone = entry.path.join(".git").is_dir() && !owners(&entry.name, roster).is_empty();
            is_clone && plain::student(entry, roster).is_none()
        }
        false => entry.name == SCORES && text(&entry.path).is_some_and(|text| is_scores(&text)),
    }
}

fn is_scores(text: &str) -> bool {
    let header = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    header.starts_with("username,") && header.contains(",submission_tag,")
}

/// Students whose login ends the name of a clone, each with what stands before it, the longest login first.
fn owners<'a>(name: &'a str, roster: &Roster) -> Vec<(usize, &'a str)> {
    let starts = name.match_indices('-').map(|(at, _)| at).filter(|at| *at > 0);
    starts.filter_map(|at| Some((roster.by_login(&name[at + 1..])?, &name[..at]))).collect()
}

/// Reads a download. Of two logins that could end a name, the one counts that leaves what the others begin with.
pub(super) fn read(entries: &[Entry], ground: &Ground<'_>, tray: &mut Tray) {
    let clones: Vec<&Entry> = entries.iter().filter(|entry| entry.is_folder).collect();
    let mut begins: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, begin) in clones.iter().flat_map(|clone| owners(&clone.name, ground.roster)) {
        *begins.entry(begin).or_default() += 1;
    }
    let scores = entries.iter().find(|entry| entry.name == SCORES && !entry.is_folder);
    let times = scores.map(|scores| times(scores, ground, tray)).unwrap_or_default();
    for clone in clones {
        // Of equals, `max_by_key` takes the last, and the first is wanted.
        let owner = owners(&clone.name, ground.roster).into_iter().rev().max_by_key(|(_, begin)| begins[begin]);
        match owner {
            Some((student, begin)) => one(student, begin, clone, &times, ground, tray),
            None => {
                let text = unknown(clone, &begins, ground);
                tray.fault(ground, &clone.path, text);
            }
        }
    }
    for entry in entries.iter().filter(|entry| !entry.is_folder && entry.name != SCORES) {
        tray.fault(ground, &entry.path, stranger(Source::Classroom50, "cs-drop-list-jmueller"));
    }
}

fn unknown(clone: &Entry, begins: &BTreeMap<&str, usize>, ground: &Ground<'_>) -> String {
    let common = begins.iter().max_by_key(|(_, many)| **many).map(|(begin, _)| *begin);
    let login = common.and_then(|begin| clone.name.strip_prefix(begin)?.strip_prefix('-'));
    match (login, ground.roster.kind()) {
        (Some(login), Kind::Classroom50) => {
            format!("`{login}`{} is nobody in the class list", ground.roster.perhaps(login))
        }
        (Some(login), _) => format!(
            "`{login}`{} is nobody's login in the class list; Classroom 50's own roster knows the users of GitHub",
            ground.roster.perhaps(login)
        ),
        (None, _) => stranger(Source::Classroom50, "cs-drop-list-jmueller"),
    }
}

fn one(student: usize, label: &str, clone: &Entry, times: &Times, ground: &Ground<'_>, tray: &mut Tray) {
    let Some(items) = filled(&clone.path, &[student], ground, tray) else { return };
    let login = ground.roster.students()[student].login.as_deref().unwrap_or_default().to_lowercase();
    let submitted = match times.get(&login) {
        Some(time) if is_current(&clone.path, time) => Submitted::At(time.clone()),
        Some(time) => {
            let text = format!(
                "the last submission that was collected came {}, and nothing says that it is what lies here; give a \
                 table of times",
                time.words()
            );
            tray.note(ground, &clone.path, &[student], &text);
            Submitted::Unknown
        }
        None => Submitted::Unknown,
    };
    let whole = Some(clone.path.clone());
    let loose = Bundle::loose(student, submitted, items);
    tray.bundles.push(Bundle { whole, label: label.to_owned(), is_repository: true, ..loose });
}

/// By login in small letters: when the newest submission was made.
type Times = BTreeMap<String, Time>;

fn times(scores: &Entry, ground: &Ground<'_>, tray: &mut Tray) -> Times {
    let mut times = Times::new();
    let sheet = match text(&scores.path)
        .map(|text| roster::sheet(Path::new(&ground.places.of(&scores.path)), text.as_bytes()))
    {
        Some(Ok(sheet)) => sheet,
        Some(Err(fault)) => {
            tray.faults.push(fault);
            return times;
        }
        None => {
            tray.fault(ground, &scores.path, "it cannot be read");
            return times;
        }
    };
    let column = |name: &str| (0..sheet.header().cells.len()).find(|at| sheet.header().value(*at) == name);
    let (Some(login), Some(when)) = (column("username"), column("datetime")) else { return times };
    for record in sheet.records.iter().skip(1) {
        if let Ok(time) = record.value(when).parse::<Time>() {
            let newest = times.entry(record.value(login).to_lowercase()).or_insert_with(|| time.clone());
            *newest = newest.clone().max(time);
        }
    }
    times
}

/// Whether the newest submission, made at this time, is of the commit that is checked out.
fn is_current(clone: &Path, time: &Time) -> bool {
    let result = text(&clone.join("result.json")).and_then(|text| serde_json::from_str(&text).ok());
    let Some(serde_json::Value::Object(result)) = result else { return false };
    let says = |member: &str| result.get(member).and_then(serde_json::Value::as_str);
    let same_time = says("datetime").and_then(|text| text.parse::<Time>().ok()).is_some_and(|made| made == *time);
    same_time && head(clone).is_some_and(|head| says("commit").is_some_and(|commit| commit.ends_with(&head)))
}

/// The commit that is checked out.
fn head(clone: &Path) -> Option<String> {
    let git = clone.join(".git");
    let head = text(&git.join("HEAD"))?;
    let commit = match head.trim().strip_prefix("ref: ") {
        Some(name) if !name.starts_with("refs/") || name.contains("..") => return None,
        Some(name) => text(&git.join(name)).or_else(|| {
            let packed = text(&git.join("packed-refs"))?;
            packed.lines().find_map(|line| line.strip_suffix(name)?.strip_suffix(' ').map(str::to_owned))
        })?,
        None => head,
    };
    let commit = commit.trim().to_owned();
    (commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(commit)
}

/// A small file, if it is one, and no link to another.
fn text(path: &Path) -> Option<String> {
    if !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut text = String::new();
    fs::File::open(path).ok()?.take(BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}
