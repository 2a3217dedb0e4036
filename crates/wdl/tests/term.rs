//! A teacher's term, from a set to grades in a learning platform. The transcript is a page of the book, so that the page is
//! true; `SNAPSHOTS=overwrite cargo test -p wdl --test term` writes it anew.

#![cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]

#[path = "../../../tests/src/class.rs"]
#[allow(dead_code, reason = "the same class is timed elsewhere")]
mod class;

use class::{Answers, Student};
use grader::task::{Places, Task};
use runner::{Command, Exit};
use snapbox::{Data, assert_data_eq};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const HEAD: &str = "# A term with `wdl`

<!-- description: A teacher's way from a set of exercises to grades in a learning platform: every command, with what it really printed. -->

This is the whole way of a set, from the exercises of this book to grades in Canvas. Nobody typed what the commands print: a test goes this way each
time the book is tested, with a class that it makes up, and writes this page. The class has thirty students; some of their answers are right, some are wrong in
ways that the hidden tests know, some are not begun, some do not compile, and one tries to cheat. [Teaching with this book](teaching.md) says more about each step.

`wdl` is started in a copy of the book's repository, or anywhere if `WDL_COURSE` names its folder `exercises`.
";

const EXERCISES: [&str; 2] = ["stack-limits/drop-list", "stack-limits/tree-depth"];
/// One that ends the process before a test can fail.
const CHEAT: &str = "pub fn depth(_: &[Option<usize>]) -> Option<usize> {\n    std::process::exit(0)\n}\n";

struct Term {
    room: TempDir,
    root: PathBuf,
    text: String,
}

impl Term {
    fn new() -> Self {
        let room = tempfile::Builder::new().prefix("term-").tempdir().expect("a temporary folder can be made");
        fs::set_permissions(room.path(), PermissionsExt::from_mode(0o755)).expect("it is ours");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("it is a repository");
        Self { room, root, text: HEAD.to_owned() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.room.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        class::put(&self.path(name), bytes).expect("files can be written");
    }

    fn say(&mut self, prose: &str) {
        self.text += &format!("\n{prose}\n");
    }

    /// A command with everything that it prints. The place of the cache and the date are no part of the tutorial.
    fn wdl(&mut self, line: &str) -> i32 {
        let (code, printed) = self.run(line);
        self.text += &format!("\n```console\n$ wdl {line}\n{printed}```\n");
        code
    }

    fn run(&self, line: &str) -> (i32, String) {
        let words = line.split(' ').map(|word| word.trim_matches('"'));
        let mut command = Command::new(env!("CARGO_BIN_EXE_wdl"))
            .arg("--plain")
            .args(words.clone())
            .cwd(self.room.path())
            .env("WDL_COURSE", self.root.join("exercises"));
        let verb = words.clone().next().unwrap_or_default();
        let grades =
            ["grade", "regrade", "report", "explain", "similar"].contains(&verb) || line.starts_with("set check");
        if grades {
            command = command.arg("--cache").arg(self.path("cache"));
        }
        if matches!(verb, "grade" | "regrade") {
            command = command.args(["--date", "2026-11-30T09:00:00+01:00"]);
        }
        let limits = runner::Limits { wall: std::time::Duration::from_secs(600), ..runner::Limits::tool() };
        let outcome = command.limits(limits).run().expect("wdl can be started");
        let Exit::Exited(code) = outcome.exit else { panic!("wdl {line} {}", outcome.exit) };
        let mut printed = self.plain(&String::from_utf8_lossy(&outcome.output));
        let notes = self.plain(&String::from_utf8_lossy(&outcome.stderr));
        printed += &notes;
        (code, if code == 0 { printed } else { format!("{printed}(code {code})\n") })
    }

    /// Without what differs from run to run: hashes, times, how far it is.
    fn plain(&self, printed: &str) -> String {
        let mut text = String::new();
        for line in printed.lines().filter(|line| !line.starts_with("graded ")) {
            let line = line.replace(&format!("{}/", self.room.path().display()), "");
            let line = line.replace(&self.root.display().to_string(), "where-data-lives");
            let words: Vec<String> = line.split(' ').map(shortened).collect();
            text += &words.join(" ");
            text.push('\n');
        }
        text
    }

    fn hand_in(&self, students: &[Student]) {
        let answers: Vec<Answers> =
            EXERCISES.iter().map(|name| Answers::of(&self.task(name)).expect("it is whole")).collect();
        let mut files = Vec::new();
        for (at, student) in students.iter().enumerate().filter(|(at, _)| at % 15 != 14) {
            for (place, exercise) in EXERCISES.iter().enumerate() {
                let name = exercise.rsplit('/').next().expect("a name has two parts");
                // One answers another exercise better than this one.
                let source = if at == 7 && place == 1 { CHEAT.to_owned() } else { answers[place].by(at + place * 3) };
                let file = format!("submission-{name}.zip");
                let bytes = class::submission(name, &source).expect("memory can be written");
                files.push((class::canvas_name(student, matches!(at, 4 | 11), &file), bytes));
            }
        }
        files.push(("strangertheo_990_9990_submission-drop-list.zip".to_owned(), b"PK\x05\x06".to_vec()));
        self.put("submissions.zip", class::archive(&files).expect("memory can be written"));
    }

    fn task(&self, name: &str) -> Task {
        Task::load(&Places::of_repository(&self.root), name).expect("the exercise is whole")
    }

    fn ledger(&self) -> grader::class::ledger::Ledger {
        grader::class::ledger::Folder::new(self.path("graded")).read().expect("a class was graded")
    }

    /// Every file below a folder, by path.
    fn files(&self, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let (mut files, mut open) = (BTreeMap::new(), vec![self.path(name)]);
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("a folder can be listed").flatten() {
                if entry.path().is_dir() {
                    open.push(entry.path());
                } else {
                    files.insert(entry.path(), fs::read(entry.path()).expect("a file can be read"));
                }
            }
        }
        files
    }
}

/// A word without what differs from run to run.
fn shortened(word: &str) -> String {
    let hash = |part: &str| part.len() >= 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_seed = word.len() > 12 && word.trim_end_matches(')').bytes().all(|byte| byte.is_ascii_digit());
    if is_seed {
        return format!("1234567{}", if word.ends_with(')') { ")" } else { "" });
    }
    let parts: Vec<String> = word
        .split('/')
        .map(|part| match part.split_once('.') {
            Some((stem, end)) if hash(stem) => format!("{}.{end}", &stem[..0]) + "…",
            _ if hash(part) => "…".to_owned(),
            _ => part.to_owned(),
        })
        .collect();
    parts.join("/")
}
