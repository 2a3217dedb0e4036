//! `wdl grade-one` on an exercise of this course: what a teacher's script sees.

#![cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]

use runner::{Command, Exit};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

const EXERCISE: &str = "stack-limits/big-buffer";

/// What is built once for all tests, in a folder that jailed users may enter.
static CACHE: LazyLock<TempDir> = LazyLock::new(open_folder);

fn open_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).expect("it is ours");
    folder
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("this crate lies in a repository")
}

/// A place for submissions and verdicts.
struct Desk {
    folder: TempDir,
}

struct Answer {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Desk {
    fn new() -> Self {
        Self { folder: open_folder() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A folder that holds an answer of the suite.
    fn hand_in(&self, name: &str, answer: &str) -> PathBuf {
        let source = root().join("tests/suites").join(EXERCISE).join(answer);
        let to = self.path(name).join("src/lib.rs");
        std::fs::create_dir_all(to.parent().expect("it lies in a folder")).expect("folders can be made");
        std::fs::copy(source, to).expect("the suite has it");
        self.path(name)
    }

    fn command(&self, paths: &[PathBuf]) -> Command {
        Command::new(env!("CARGO_BIN_EXE_wdl"))
            .args(["--plain", "grade-one", EXERCISE])
            .args(paths)
            .arg("--store")
            .arg(self.path("store"))
            .arg("--cache")
            .arg(CACHE.path())
            .cwd(root())
    }

    fn kept(&self) -> usize {
        let Ok(entries) = std::fs::read_dir(self.path("store")) else { return 0 };
        entries.flatten().filter(|entry| entry.path().extension().is_some_and(|name| name == "json")).count()
    }
}

fn answer(command: &Command) -> Answer {
    let outcome = command.run().expect("it can be started");
    let Exit::Exited(code) = outcome.exit else { panic!("it {}", outcome.exit) };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Answer { code, stdout: text(&outcome.output), stderr: text(&outcome.stderr) }
}

fn alternative() -> String {
    let folder = root().join("tests/suites").join(EXERCISE).join("alternatives");
    let first = std::fs::read_dir(folder).expect("there are some").flatten().next().expect("there are some");
    format!("alternatives/{}", first.file_name().to_string_lossy())
}

#[test]
fn a_verdict_is_told_and_kept_and_a_student_sees_what_was_chosen() {
    let desk = Desk::new();
    let path = desk.hand_in("anna", &alternative());
    let told = answer(&desk.command(std::slice::from_ref(&path)));
    assert_eq!(told.code, 0, "{}", told.stderr);
    assert!(told.stdout.starts_with("passed, ") && told.stdout.contains("held by: "), "{}", told.stdout);
    assert_eq!(desk.kept(), 1);
    let student = answer(&desk.command(std::slice::from_ref(&path)).args(["--student", "nothing"]));
    assert!(student.stdout.contains("\"result\": null"), "{}", student.stdout);
    let whole = answer(&desk.command(&[path]).arg("--json"));
    let graded: model::graded::Graded = serde_json::from_str(&whole.stdout).expect("it is what is kept");
    assert!(graded.report.passed() && graded.held != "open" && desk.kept() == 1);
}

#[test]
fn one_that_cannot_be_read_keeps_nobody_else_from_being_graded() {
    let desk = Desk::new();
    let paths = [desk.path("nobody"), desk.hand_in("anna", &alternative())];
    let told = answer(&desk.command(&paths));
    assert_eq!((told.code, desk.kept()), (70, 1));
    assert!(told.stderr.contains("nobody") && told.stdout.starts_with("passed, "), "{}{}", told.stdout, told.stderr);
}

#[test]
fn whoever_fails_is_graded_all_the_same() {
    let desk = Desk::new();
    let path = desk.path("bert");
    std::fs::create_dir_all(path.join("src")).expect("folders can be made");
    std::fs::write(path.join("src/lib.rs"), "pub fn nothing() {}\n").expect("files can be written");
    let told = answer(&desk.command(&[path]));
    assert_eq!((told.code, desk.kept()), (0, 1), "{}", told.stderr);
    assert!(told.stdout.starts_with("does not compile, 0 of "), "{}", told.stdout);
}

#[test]
fn without_its_suite_or_its_jail_nobody_gets_a_zero() {
    let desk = Desk::new();
    let path = desk.hand_in("anna", &alternative());
    let gone = answer(&desk.command(std::slice::from_ref(&path)).arg("--suites").arg(desk.path("gone")));
    assert_eq!((gone.code, desk.kept()), (70, 0), "{}", gone.stdout);
    let empty = desk.path("empty");
    std::fs::create_dir(&empty).expect("folders can be made");
    let rustc = Command::new("rustc").args(["--print", "sysroot"]).cwd(root()).run().expect("rustc is there");
    let bin = Path::new(String::from_utf8_lossy(&rustc.output).trim()).join("bin");
    for name in ["rustc", "cc"] {
        let program = if name == "rustc" { bin.join(name) } else { runner::tool::find("cc").expect("it links") };
        std::os::unix::fs::symlink(program, empty.join(name)).expect("links can be made");
    }
    let none = answer(&desk.command(&[path]).args(["--level", "bubblewrap"]).env("PATH", &empty));
    assert_eq!((none.code, desk.kept()), (70, 0), "{}", none.stdout);
    assert!(none.stderr.contains("nothing was run") && none.stderr.contains("bubblewrap"), "{}", none.stderr);
}

#[test]
fn a_grader_that_is_killed_loses_nothing_and_leaves_nothing() {
    let desk = Desk::new();
    let cache = open_folder();
    let path = desk.hand_in("anna", &alternative());
    let source = path.join("src/lib.rs");
    let honest = std::fs::read_to_string(&source).expect("it was handed in");
    std::fs::write(&source, honest.replacen("{\n", "{\n    if true { loop {} }\n", 1)).expect("it is ours");
    let own_cache = |command: Command| command.arg("--cache").arg(cache.path());
    let command = |paths: &[PathBuf]| {
        let command = Command::new(env!("CARGO_BIN_EXE_wdl")).args(["--plain", "grade-one", EXERCISE]).args(paths);
        own_cache(command.arg("--store").arg(desk.path("store")).cwd(root()))
    };
    let running = command(std::slice::from_ref(&path)).start().expect("it can be started");
    let works = || std::fs::read_dir(cache.path().join("work")).map_or(0, |entries| entries.flatten().count());
    let begin = std::time::Instant::now();
    while works() < 2 && begin.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::thread::sleep(std::time::Duration::from_millis(700));
    let killed = Command::new("kill").args(["-9", &running.pid().to_string()]).run().expect("it can be started");
    assert!(killed.exit.success());
    running.wait().expect("it has ended");
    assert_eq!((desk.kept(), works()), (0, 2), "the verdict was not finished, and the folder is still there");
    std::fs::write(&source, honest).expect("it is ours");
    let told = answer(&command(&[path]));
    assert_eq!((told.code, desk.kept(), works()), (0, 1, 0), "{}", told.stderr);
}
