//! A teacher's term, from a set to grades in a learning platform. The transcript is a page of the book, so that the page is
//! true; `SNAPSHOTS=overwrite cargo test -p wdl --test term` writes it anew.

#![cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]

#[path = "../../../tests/src/class.rs"]
#[allow(dead_code, unreachable_pub, reason = "the same class is timed elsewhere, from another crate")]
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
        let words = words(line);
        let mut command = Command::new(env!("CARGO_BIN_EXE_wdl"))
            .arg("--plain")
            .args(&words)
            .cwd(self.room.path())
            .env("WDL_COURSE", self.root.join("exercises"));
        let verb = words[0].as_str();
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
        let mut printed = self.plain(&String::from_utf8_lossy(&outcome.stderr));
        printed += &self.plain(&String::from_utf8_lossy(&outcome.output));
        (code, if code == 0 { printed } else { format!("{printed}(code {code})\n") })
    }

    /// Without what differs from run to run: hashes, times, how far it is.
    fn plain(&self, printed: &str) -> String {
        let mut text = String::new();
        let is_progress =
            |line: &str| (line.starts_with("graded ") && line.contains(" of ")) || line.contains(" done in ");
        for line in printed.lines().filter(|line| !is_progress(line)) {
            let line = line.replace(&format!("{}/", self.room.path().display()), "");
            let line = line.replace(&self.root.display().to_string(), "where-data-lives");
            // In the table of a check there are seconds, on a busy machine more than nine.
            let line = match line.trim_end().strip_suffix("right").and_then(|rest| rest.trim_end().rsplit_once(' ')) {
                Some((rest, seconds)) if seconds.parse::<f64>().is_ok() => {
                    format!("{}        …  right", rest.trim_end())
                }
                _ => line,
            };
            let words: Vec<String> = line.split(' ').map(shortened).collect();
            text += &words.join(" ");
            text.push('\n');
        }
        text
    }

    fn hand_in(&self, students: &[Student], with_stranger: bool) {
        let answers: Vec<Answers> =
            EXERCISES.iter().map(|name| Answers::of(&self.task(name)).expect("it is whole")).collect();
        let mut files = Vec::new();
        for (at, student) in students.iter().enumerate().filter(|(at, _)| at % 15 != 14) {
            for (place, exercise) in EXERCISES.iter().enumerate() {
                let name = exercise.rsplit('/').next().expect("a name has two parts");
                let answer = answers[place].by(at + place * 3);
                let source = if (at, place) == (7, 1) { cheat(answers[place].starter()) } else { answer };
                let file = format!("submission-{name}.zip");
                let bytes = class::submission(name, &source).expect("memory can be written");
                files.push((class::canvas_name(student, matches!(at, 4 | 11), &file), bytes));
            }
        }
        if with_stranger {
            files.push(("strangertheo_990_9990_submission-drop-list.zip".to_owned(), b"PK\x05\x06".to_vec()));
        }
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

/// The words of a command line, of which one in quotes may hold spaces.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
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
            Some((stem, end)) if hash(stem) => format!("….{end}"),
            _ if hash(part) => "…".to_owned(),
            _ => part.to_owned(),
        })
        .collect();
    parts.join("/")
}

#[test]
fn a_term_goes_from_a_set_to_grades_and_the_page_shows_it() {
    let mut term = Term::new();
    let students = class::students(30);
    term.put("gradebook.csv", class::gradebook(&students, "Week five (771)", "34"));
    term.begin();
    term.give_out();
    term.hand_in(&students, true);
    term.grade(&students);
    term.look();
    term.report();
    term.mend();
    let text = term.text.replace("\n\n\n", "\n");
    assert_data_eq!(text, Data::read_from(&term.root.join("src/term.md"), None).raw());
}

impl Term {
    fn begin(&mut self) {
        self.say("## A set\n\nA set is a folder. Canvas's own export of the gradebook serves as the class list.");
        let exercises = EXERCISES.join(" ");
        let code = self.wdl(&format!(
            "set new week-five --exercise {exercises} --due 2026-11-27T23:59:00+01:00 --students gradebook.csv --private"
        ));
        assert_eq!(code, 0);
        // Otherwise the inputs of the hidden tests would be others every time.
        self.put("week-five/secret", "a secret that is always the same\n");
        let file = self.read("week-five/set.toml");
        let head: String = file.lines().take_while(|line| !line.starts_with("[[")).collect::<Vec<_>>().join("\n");
        let set = "id = \"week-five\"\ntitle = \"Week five: the stack\"\ndue = 2026-11-27T23:59:00+01:00\nsuites = \"suites\"\n\n\
            [late]\ngrace_minutes = 15\npercent_per_day = 10\ncap_percent = 50\n\n\
            [[exercise]]\nid = \"stack-limits/drop-list\"\n\n\
            [[exercise]]\nid = \"stack-limits/tree-depth\"\nweight = 1.5\n\n\
            [[exercise.manual]]\nid = \"names\"\ntitle = \"Names say what a value is for\"\npoints = 2\n\n\
            [extension.m105]\ndays = 2\nreason = \"ill\"\n";
        assert!(head.contains("week-five"), "the file that was begun can be loaded and changed:\n{file}");
        self.put("week-five/set.toml", set);
        self.say(
            "The file explains every key. Changed to what this class needs, and without the explanations, it says:",
        );
        self.text += &format!("\n```toml\n{set}```\n");
        self.say("Before anybody sees the set, its solutions must pass, and what students begin with must not.");
        assert_eq!(self.wdl("set check week-five"), 0);
    }

    fn give_out(&mut self) {
        self.say("## What students receive\n\nA handout is a course of its own. It is compared with the hidden files before it is written.");
        assert_eq!(self.wdl("set release week-five -o handout.zip"), 0);
        let first = fs::read(self.path("handout.zip")).expect("it was written");
        fs::remove_file(self.path("handout.zip")).expect("it is ours");
        assert_eq!(self.run("set release week-five -o handout.zip").0, 0);
        assert_eq!(fs::read(self.path("handout.zip")).expect("it was written"), first, "a handout is reproducible");
    }

    fn grade(&mut self, students: &[Student]) {
        self.say(
            "## A class\n\nThe students hand in, and Canvas packs it all into one archive. Canvas knows who was late and not when.",
        );
        assert_eq!(self.wdl("grade week-five submissions.zip -o graded"), 1);
        self.say(
            "Nobody gets a zero for what only looks like nothing. The stranger is a test account of the teacher's, whose file is taken out of the \
             archive; the times of the two who were late stand in Canvas.",
        );
        let late = "student,submitted\nm105,2026-11-29T20:00:00+01:00\nm112,2026-11-29T20:00:00+01:00\n";
        self.put("times.csv", late);
        self.text += &format!("\n```text\n{late}```\n");
        self.hand_in(students, false);
        assert_eq!(self.wdl("grade week-five submissions.zip -o graded --times times.csv --resume"), 0);
        self.say("What was graded already was known, so this took no time.");
    }

    fn look(&mut self) {
        self.say("## One student\n\nThis one was late. Another, who came at the same time and had an extension, lost nothing.");
        assert_eq!(self.wdl("explain m112 drop-list"), 0);
        self.say("And this one tried to end the process before a test could fail.");
        assert_eq!(self.wdl("explain u108 tree-depth"), 0);
        self.say("One criterion is for people. Its table is filled in with any spreadsheet:");
        let table = self.read("graded/manual.csv");
        let filled: Vec<String> = table
            .lines()
            .enumerate()
            .map(|(at, line)| {
                line.replace(",2,\"\",\"\"", if at % 3 == 0 { ",2,1.5,\"x says nothing\"" } else { ",2,2,\"\"" })
            })
            .collect();
        self.put("graded/manual.csv", filled.join("\n") + "\n");
        let shown: Vec<String> = filled.iter().take(4).cloned().collect();
        self.text += &format!("\n```text\n{}\n```\n", shown.join("\n"));
    }

    fn report(&mut self) {
        self.say("## Reports\n\nPages for students and for the class, a table, and Canvas's own export with one column filled:");
        assert_eq!(self.wdl("report --format html"), 0);
        assert_eq!(self.wdl("report --format spreadsheet"), 0);
        assert_eq!(self.wdl("report --format canvas --export gradebook.csv --column \"Week five\""), 0);
        let filled = self.read("graded/reports/canvas.csv");
        let shown: Vec<&str> = filled.lines().take(5).collect();
        self.text += &format!("\n```text\n{}\n```\n", shown.join("\n"));
        let first = self.files("graded/reports");
        fs::remove_dir_all(self.path("graded/reports")).expect("it is ours");
        for format in ["html", "spreadsheet"] {
            assert_eq!(self.run(&format!("report --format {format}")).0, 0);
        }
        let again = self.files("graded/reports");
        assert!(again.len() > 30 && again.iter().all(|(path, bytes)| first.get(path) == Some(bytes)), "the same bytes");
    }

    fn mend(&mut self) {
        self.say(
            "## A test was wrong\n\nA student shows that the longest list of the private suite is longer than the task promises. It is shortened, \
             and the class graded again. Times stay what they were.",
        );
        let path = "week-five/suites/stack-limits/drop-list/criteria.toml";
        let before = self.read(path);
        let mended = loosened(&before);
        assert_ne!(before, mended, "there is a bound to mend");
        self.put(path, mended);
        let times = |ledger: &grader::class::ledger::Ledger| -> Vec<_> {
            ledger.entries.iter().map(|entry| (entry.student.clone(), entry.submitted.clone())).collect()
        };
        let known = times(&self.ledger());
        assert_eq!(self.wdl("regrade -o graded"), 0);
        assert_eq!(times(&self.ledger()), known, "a regrade changes no time");
        self.say("## Copies\n\nNothing here looks for copied answers. Two programs that do can read what this writes:");
        assert_eq!(self.wdl("similar --export side-by-side -o graded"), 0);
    }
}

/// An answer that ends the process before a test can fail.
fn cheat(starter: &str) -> String {
    let exits = |line: &str| if line.contains("todo!(") { "    std::process::exit(0)" } else { line }.to_owned();
    starter.lines().map(exits).collect::<Vec<_>>().join("\n")
}

/// A suite whose longest list is as long as the task promises, and no longer.
fn loosened(criteria: &str) -> String {
    criteria.replace("size = 300000", "size = 300")
}
