//! A small course in a folder of its own, and `wdl` run in it.

#![allow(dead_code, reason = "every test file uses a part of this")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use runner::{Command, Exit, Running};

/// Time after which something that a test waits for does not come any more.
const HANGS: Duration = Duration::from_secs(60);

/// A course of two exercises in one chapter: `count`, then `twice`. Files that a test changes are its own.
pub(crate) struct Course {
    /// The folder that holds `course.toml`.
    pub(crate) folder: PathBuf,
}

/// What `wdl` answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

const ABOUT: &str = r#"
chapter = "numbers"
step = "check"
minutes = 5
files = ["src/lib.rs"]
unsafe = "forbidden"
read = "numbers/counting"
"#;

const COUNT: &str = r#"
id = "count"
title = "Count down"
aliases = ["countdown"]

[[criterion]]
id = "answer"
title = "The number of steps is right"
points = 2
why = "Every step is a frame on the stack."
next = "Begin with what is true of zero."
tests = ["zero_takes_no_step", "three_takes_three_steps"]

[[criterion]]
id = "depth"
title = "A long way can be counted"
points = 2
needs = ["answer"]
why = "A frame for each step needs more stack than there is."
next = "Use a loop."
tests = ["a_long_way_ends"]

[[criterion]]
id = "cost"
title = "It costs as much as there are steps"
points = 1
why = "Work that is done twice is memory read twice."
next = "Count only once."
"#;

const COUNT_TESTS: &str = r#"use count::count;

#[test]
fn zero_takes_no_step() {
    assert_eq!(count(0), 0);
}

#[test]
fn three_takes_three_steps() {
    assert_eq!(count(3), 3, "from 3 to 2 to 1 to 0");
}

#[test]
fn a_long_way_ends() {
    assert_eq!(count(1_000_000), 1_000_000);
}
"#;

const HINTS: &str = "# Hints\n\n## 1. Look at the small numbers\n\nWhat is the answer for zero?\n\n## 2. From one to the next\n\n\
Every number needs one step more than the one below it.\n\n## 3. How deep\n\nA call needs a frame; a loop needs none.\n";

/// The starter of `count`.
pub(crate) const STARTER: &str = "//! Counting.\n\n/// The steps from `n` to zero.\npub fn count(n: u64) -> u64 {\n    todo!(\"steps from {n}\")\n}\n";

/// A solution of `count`.
pub(crate) const SOLUTION: &str = "pub fn count(n: u64) -> u64 {\n    (0..n).map(|_| 1).sum()\n}\n";

const TWICE_TESTS: &str = "#[test]\nfn two_becomes_four() {\n    assert_eq!(twice::twice(2), 4);\n}\n";

const TWICE: &str = r#"
id = "twice"
title = "Twice as much"

[[criterion]]
id = "answer"
title = "It is twice as much"
points = 1
why = "A shift is one instruction."
next = "Add it to itself."
tests = ["two_becomes_four"]
"#;

impl Course {
    /// A fresh course. The name keeps the folders of tests apart, which run at the same time. Each has a
    /// build folder of its own: in a shared one, cargo takes a package of the same name in another course
    /// for the one that it built.
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("courses").join(name);
        let _ = fs::remove_dir_all(&root);
        let course = Self { folder: root.join("exercises") };
        course.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"numbers/*\"]\n");
        course.write(
            "course.toml",
            "chapters = [\"numbers\"]\n\n[chapter.numbers]\nexercises = [\"count\", \"twice\"]\n",
        );
        course.write("../src/numbers/counting.md", "# Counting\n");
        course.exercise("count", COUNT, STARTER, COUNT_TESTS);
        course.exercise("twice", TWICE, "pub fn twice(n: u64) -> u64 {\n    todo!(\"{n}\")\n}\n", TWICE_TESTS);
        course
    }

    fn exercise(&self, id: &str, about: &str, starter: &str, tests: &str) {
        let file = |name: &str, text: &str| self.write(&format!("numbers/{id}/{name}"), text);
        let (head, criteria) = about.split_once("\n\n").expect("criteria come after an empty line");
        file("Cargo.toml", &format!("[package]\nname = \"{id}\"\nedition = \"2024\"\n"));
        file("exercise.toml", &format!("{head}{ABOUT}\n{criteria}"));
        file("README.md", "# The task\n");
        file("hints.md", HINTS);
        file("src/lib.rs", starter);
        file("tests/visible.rs", tests);
    }

    /// Writes a file of the course.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    /// Reads a file of the course.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Deletes a file of the course.
    pub(crate) fn delete(&self, name: &str) {
        fs::remove_file(self.folder.join(name)).expect("the file can be deleted");
    }

    /// Answers `count` with a body.
    pub(crate) fn answer(&self, body: &str) {
        self.write("numbers/count/src/lib.rs", &format!("pub fn count(n: u64) -> u64 {{\n    {body}\n}}\n"));
    }

    /// A `wdl` that has not been started.
    pub(crate) fn command(&self, line: &str) -> Command {
        Command::new(env!("CARGO_BIN_EXE_wdl")).args(line.split_whitespace()).cwd(&self.folder)
    }

    /// Runs `wdl` to its end.
    pub(crate) fn wdl(&self, line: &str) -> Answer {
        run(&self.command(line))
    }
}

/// Runs `wdl` to its end.
pub(crate) fn run(command: &Command) -> Answer {
    let outcome = command.run().expect("wdl starts");
    let Exit::Exited(code) = outcome.exit else { panic!("wdl {}", outcome.exit) };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Answer { code, stdout: text(&outcome.output), stderr: text(&outcome.stderr) }
}

impl Answer {
    /// Compares the exit code, and looks for texts on standard output.
    #[track_caller]
    pub(crate) fn says(&self, code: i32, texts: &[&str]) {
        assert_eq!(self.code, code, "{self:#?}");
        for text in texts {
            assert!(self.stdout.contains(text), "`{text}` is not in\n{}\n{}", self.stdout, self.stderr);
        }
    }

    /// Compares the exit code, and looks for texts on standard error.
    #[track_caller]
    pub(crate) fn notes(&self, code: i32, texts: &[&str]) {
        assert_eq!(self.code, code, "{self:#?}");
        for text in texts {
            assert!(self.stderr.contains(text), "`{text}` is not in\n{}", self.stderr);
        }
    }
}

/// Waits until a `wdl` that runs has written a text so many times.
#[track_caller]
pub(crate) fn wait_for(running: &Running, text: &str, times: usize) {
    let begun = Instant::now();
    loop {
        let said = String::from_utf8_lossy(&running.output_so_far()).into_owned();
        if said.matches(text).count() >= times {
            return;
        }
        assert!(begun.elapsed() < HANGS && !running.is_finished(), "`{text}` does not come:\n{said}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
