//! `wdl grade` and what follows it, where something is wrong or is done in another way than the manual shows.

#![cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]

use runner::{Command, Exit, Limits};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

const SET: &str = "id = 'week'\ntitle = 'Week'\n\n[[exercise]]\nid = 'stack-limits/big-buffer'\n";
const STUDENTS: &str = "id,name,login,email,section\ns1,Ann Abel,ann,ann@uni.example,A\ns2,Bo Brandt,bo,bo@uni.example,A\n\
    s3,Chloé Castro,chloe,chloe@uni.example,B\n";

/// A set, a class list, a course, and room for what is handed in.
struct Class {
    room: TempDir,
}

struct Answer {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Class {
    fn new() -> Self {
        let room = tempfile::Builder::new().prefix("class-").tempdir().expect("a temporary folder can be made");
        fs::set_permissions(room.path(), PermissionsExt::from_mode(0o755)).expect("it is ours");
        let class = Self { room };
        class.put("set/set.toml", SET);
        class.put("set/students.csv", STUDENTS);
        class
    }

    /// With an answer of each student: right, wrong, not begun.
    fn handed_in() -> Self {
        let class = Self::new();
        class.hand_in("s1", "solution.rs");
        class.hand_in("s2", "wrong/zeros-once-more.rs");
        let starter =
            fs::read(root().join("exercises/stack-limits/big-buffer/src/lib.rs")).expect("it is in the course");
        class.put("in/s3/src/lib.rs", starter);
        class
    }

    fn hand_in(&self, who: &str, answer: &str) {
        let source =
            fs::read(root().join("tests/suites/stack-limits/big-buffer").join(answer)).expect("the suite has it");
        self.put(&format!("in/{who}/src/lib.rs"), source);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.room.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs::write(path, bytes).expect("files can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wdl")).arg("--plain").args(line.split(' '));
        if !line.starts_with("set ") {
            // What these answers do is known, and a jail takes time.
            command = command.arg("--trust-author");
        }
        let limits = Limits { wall: Duration::from_secs(300), ..Limits::tool() };
        command.cwd(self.room.path()).env("WDL_COURSE", root().join("exercises")).limits(limits)
    }

    fn wdl(&self, line: &str) -> Answer {
        let outcome = self.command(line).run().expect("wdl can be started");
        let Exit::Exited(code) = outcome.exit else { panic!("wdl {line} {}", outcome.exit) };
        let text =
            |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&format!("{}/", self.room.path().display()), "");
        Answer { code, stdout: text(&outcome.output), stderr: text(&outcome.stderr) }
    }

    /// Grades, or says why not.
    fn refused(&self, line: &str) -> String {
        let answer = self.wdl(line);
        assert_eq!(answer.code, 2, "{}{}", answer.stdout, answer.stderr);
        answer.stderr
    }

    /// Points by student, as the table of the class has them.
    fn points(&self) -> BTreeMap<String, String> {
        assert!(self.wdl("report --format csv --to class.csv").code <= 1);
        let table = self.read("class.csv");
        let rows = table.lines().skip(1).map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[0].trim_matches('"').to_owned(), cells[cells.len() - 3].to_owned())
        });
        rows.collect()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("this crate lies in a repository")
}

#[test]
fn a_set_that_is_wrong_is_told_with_every_line_and_nothing_is_graded() {
    let class = Class::handed_in();
    class.put("set/set.toml", SET.replace("'Week'", "'Week'\ndue = 2026-11-27T23:59:00").as_str());
    assert!(class.refused("grade set in").contains("set/set.toml:3: `2026-11-27T23:59:00` is no time"));
    class.put("set/set.toml", format!("{SET}weight = 0\npoints = {{ speed = 3 }}\n[[exercise]]\nid = 'heap/my-bax'\n"));
    let told = class.refused("grade set in");
    for part in [
        "set/set.toml:6: `exercise` 1, `weight`: with weight 0",
        "set/set.toml:9: there is no exercise `heap/my-bax`; is it `heap/my-box`?",
    ] {
        assert!(told.contains(part), "{told}");
    }
    class.put("set/set.toml", "title = [");
    assert!(class.refused("grade set in").contains("set/set.toml:1: "));
    assert!(!class.path("graded").exists(), "nothing was begun");
}

#[test]
fn a_class_list_that_is_wrong_is_told_with_every_line() {
    let class = Class::handed_in();
    class.put("set/students.csv", "name,mail\nAnn,ann@uni.example\n");
    assert!(class.refused("grade set in").contains("set/students.csv:1: no column says who a student is"));
    class.put("set/students.csv", format!("{STUDENTS}s1,Ann Again,again,,\n,Nobody,,,\n"));
    let told = class.refused("grade set in");
    assert!(told.contains("set/students.csv:5: ") && told.contains("set/students.csv:6: "), "{told}");
    class.put("set/students.csv", STUDENTS);
    class.put(
        "set/set.toml",
        format!("{}[extension.s9]\ndays = 1\n", SET.replace("'Week'", "'Week'\ndue = 2026-11-27T23:59:00Z")),
    );
    assert!(
        class.refused("grade set in").contains("set/set.toml:7: `s9` has an extension and is not in the class list")
    );
}

#[test]
fn what_cannot_be_given_to_anybody_costs_nobody_a_point() {
    let class = Class::handed_in();
    fs::rename(class.path("in/s3"), class.path("in/s33")).expect("it is ours");
    class.put("in/s1.zip", b"PK\x05\x06".as_slice());
    let answer = class.wdl("grade set in");
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    for part in [
        "in/s33: `s33` (is it `s3`?) is nobody in the class list",
        "nobody can say which counts",
        "left out until it is clear: Chloé Castro (s3)",
    ] {
        assert!(answer.stdout.contains(part), "{}", answer.stdout);
    }
    assert_eq!(class.read("graded/problems.txt").lines().count(), 3);
    assert_eq!(class.points().keys().collect::<Vec<_>>(), ["s2"]);
    fs::rename(class.path("in/s33"), class.path("in/s3")).expect("it is ours");
    fs::remove_file(class.path("in/s1.zip")).expect("it is ours");
    assert_eq!(class.wdl("grade set in --resume").code, 0);
    assert_eq!(class.points().len(), 3);
    assert!(!class.path("graded/problems.txt").exists());
}

#[test]
fn an_empty_archive_is_a_verdict_and_not_a_fault() {
    let class = Class::handed_in();
    fs::remove_dir_all(class.path("in/s3")).expect("it is ours");
    let mut empty = b"PK\x05\x06".to_vec();
    empty.resize(22, 0);
    class.put("in/s3.zip", empty);
    assert_eq!(class.wdl("grade set in").code, 0);
    let told = class.wdl("explain s3 big-buffer").stdout;
    assert!(told.contains("does not compile, 0 of 12 points"), "{told}");
    assert!(told.contains("the submission has no file `src/lib.rs`"), "{told}");
}

#[test]
fn a_graded_class_is_not_overwritten_by_accident() {
    let class = Class::handed_in();
    assert_eq!(class.wdl("grade set in").code, 0);
    assert!(class.refused("grade set in").contains("graded holds a graded class already"));
    assert!(class.refused("report --format csv -o elsewhere").contains("elsewhere holds no graded class"));
}

#[test]
fn an_earlier_attempt_stays_when_a_later_download_has_another() {
    let class = Class::handed_in();
    assert_eq!(class.wdl("grade set in").code, 0);
    let before = class.points();
    class.hand_in("s2", "solution.rs");
    assert_eq!(class.wdl("grade set in --resume").code, 0);
    let told = class.wdl("explain bo@uni.example stack-limits/big-buffer").stdout;
    assert!(
        told.contains("attempt 1") && told.contains("attempt 2, handed in at an unknown time, which counts"),
        "{told}"
    );
    assert_ne!(class.points()["s2"], before["s2"]);
}

#[test]
fn parts_of_a_class_on_several_machines_give_what_one_gives() {
    let class = Class::handed_in();
    class.put("set/secret", "a secret that is shared\n");
    for part in ["1/2", "2/2"] {
        assert_eq!(class.wdl(&format!("grade set in -o shared --part {part}")).code, 0);
    }
    let kept = || fs::read_dir(class.path("shared/verdicts")).expect("verdicts are kept").count();
    assert_eq!(kept(), 3);
    assert_eq!(class.wdl("grade set in -o shared --resume").code, 0);
    assert_eq!(kept(), 3, "nothing was graded again");
    assert_eq!(class.wdl("grade set in").code, 0);
    let files = |folder: &str| -> BTreeMap<_, _> {
        let entries = fs::read_dir(class.path(folder)).expect("verdicts are kept").flatten();
        entries.map(|entry| (entry.file_name(), fs::read(entry.path()).expect("it can be read"))).collect()
    };
    assert_eq!(files("shared/verdicts"), files("graded/verdicts"));
}

#[test]
fn a_grader_that_is_killed_goes_on_where_it_was() {
    let class = Class::handed_in();
    let running = class.command("grade set in -j 1").start().expect("wdl can be started");
    let begin = std::time::Instant::now();
    let verdicts = || fs::read_dir(class.path("graded/verdicts")).map_or(0, Iterator::count);
    while verdicts() == 0 && begin.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let killed = Command::new("kill").args(["-KILL", &running.pid().to_string()]).run().expect("it is ours");
    assert!(killed.exit.success());
    assert!(!running.wait().expect("it ends").exit.success());
    assert!(class.path("graded/ledger.json").exists(), "what was handed over is known");
    assert_eq!(class.wdl("grade set in --resume").code, 0);
    assert_eq!(class.points().len(), 3);
}

#[test]
fn a_regrade_keeps_the_verdict_on_what_was_changed_or_is_gone() {
    let class = Class::handed_in();
    assert_eq!(class.wdl("grade set in").code, 0);
    let before = class.points();
    class.hand_in("s2", "solution.rs");
    fs::remove_dir_all(class.path("in/s1")).expect("it is ours");
    let answer = class.wdl("regrade");
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    assert!(answer.stdout.contains("no points changed"), "{}", answer.stdout);
    assert!(answer.stdout.contains("it was changed since it was handed over"), "{}", answer.stdout);
    assert_eq!(class.points(), before);
}

#[test]
fn every_form_of_a_report_is_written_and_the_same_twice() {
    let class = Class::handed_in();
    assert_eq!(class.wdl("grade set in --date 2026-11-30T09:00:00Z").code, 0);
    let forms =
        ["html", "markdown", "json", "csv", "spreadsheet", "gradescope", "exercism", "prairielearn", "junit", "ctrf"];
    let repositories = "--classroom memory --assignment week --repository https://github.com/uni/week-{owner}";
    let write = |to: &str| {
        for form in forms {
            let answer = class.wdl(&format!("report --format {form} --to {to}/{form}"));
            assert_eq!(answer.code, 0, "{form}: {}", answer.stderr);
        }
        assert_eq!(class.wdl(&format!("report --format classroom50 {repositories} --to {to}/classroom50")).code, 0);
    };
    write("first");
    write("second");
    let (first, second) = (files(&class.path("first")), files(&class.path("second")));
    assert!(first.len() > 25, "{:?}", first.keys());
    assert_eq!(first, second);
    assert!(class.refused("report --format classroom50").contains("give --classroom, --assignment and --repository"));
    assert!(class.refused("report --format canvas").contains("give --export"));
}

#[test]
fn a_report_can_be_of_some_or_of_all_but_some() {
    let class = Class::handed_in();
    assert_eq!(class.wdl("grade set in").code, 0);
    let of = |options: &str| {
        assert_eq!(class.wdl(&format!("report --format csv --to some.csv {options}")).code, 0);
        class.read("some.csv").lines().count() - 1
    };
    assert_eq!(of("--only ann"), 1);
    assert_eq!(of("--except ann --except s2"), 1);
    assert!(class.refused("report --format csv --only zoe").contains("`zoe` is nobody's id, login or address"));
}

#[test]
fn a_column_or_a_student_that_an_export_lacks_is_told_with_its_line() {
    let class = Class::handed_in();
    assert_eq!(class.wdl("grade set in").code, 0);
    class.put(
        "export.csv",
        "Student,ID,SIS User ID,SIS Login ID,Section,Week (1)\n\"Abel, Ann\",1,s1,ann,A,\nStranger,9,s9,str,A,\n",
    );
    let told = class.refused("report --format canvas --export export.csv --column Monday");
    assert!(told.contains("Monday"), "{told}");
    let answer = class.wdl("report --format canvas --export export.csv --column Week");
    assert_eq!(answer.code, 0);
    assert!(answer.stderr.contains("line 3: ") && answer.stderr.contains("Bo Brandt"), "{}", answer.stderr);
    assert!(class.read("graded/reports/canvas.csv").contains("\"Abel, Ann\",1,s1,ann,A,12"));
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder can be listed").flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(folder).expect("it lies below").to_owned();
                files.insert(name, fs::read(entry.path()).expect("a file can be read"));
            }
        }
    }
    files
}

#[test]
fn what_is_wrong_in_one_download_is_not_forgotten_with_the_next() {
    let class = Class::handed_in();
    class.put("in/s2.rs", "pub fn zeroed() {}\n");
    assert_eq!(class.wdl("grade set in").code, 1);
    class.put("mail/s1.rs", fs::read(class.path("in/s3/src/lib.rs")).expect("it was handed in"));
    let answer = class.wdl("grade set mail --resume");
    assert_eq!(answer.code, 1, "{}", answer.stdout);
    assert!(answer.stdout.contains("nobody can say which counts"), "{}", answer.stdout);
    assert!(!class.points().contains_key("s2"), "nobody gets a zero for what only looks like nothing");
    class.put("times.csv", "student,submitted\ns2,nothing\n");
    assert_eq!(class.wdl("grade set mail --resume --times times.csv").code, 0);
    assert_eq!(class.points()["s2"], "0");
}

#[test]
fn who_handed_in_something_is_not_one_who_handed_in_nothing() {
    let class = Class::handed_in();
    class.put("set/set.toml", format!("{SET}[[exercise]]\nid = 'heap/one-allocation'\n"));
    for who in ["s1", "s2"] {
        fs::create_dir(class.path(&format!("in/{who}/big-buffer"))).expect("folders can be made");
        fs::rename(class.path(&format!("in/{who}/src")), class.path(&format!("in/{who}/big-buffer/src")))
            .expect("it is ours");
    }
    fs::remove_dir_all(class.path("in/s3")).expect("it is ours");
    class.put("in/s3/lib.rs", "pub fn join() {}\n");
    let answer = class.wdl("grade set in");
    assert_eq!(answer.code, 1, "{}", answer.stdout);
    assert!(
        answer.stdout.contains("in/s3/lib.rs: nothing says which exercise of the set this answers"),
        "{}",
        answer.stdout
    );
    assert!(!class.points().contains_key("s3"));
}

#[test]
fn a_teacher_can_correct_a_time_and_say_that_work_was_in_time() {
    let class = Class::handed_in();
    let set = SET.replace("'Week'", "'Week'\ndue = 2026-11-27T23:59:00Z\n[late]\npercent_per_day = 50\n");
    class.put("set/set.toml", set);
    let told = class.wdl("grade set in");
    assert!(told.stdout.contains("or write `in time` there"), "{}", told.stdout);
    class.put("times.csv", "student,submitted\ns1,2026-12-05T10:00:00Z\ns2,in time\ns3,in time\n");
    assert_eq!(class.wdl("grade set in --resume --times times.csv").code, 0);
    assert_eq!(class.points()["s1"], "0");
    class.put("times.csv", "student,submitted\ns1,2026-11-27T10:00:00Z\n");
    assert_eq!(class.wdl("grade set in --resume --times times.csv").code, 1);
    class.put("times.csv", "student,submitted\ns1,2026-11-27T10:00:00Z\ns2,in time\ns3,in time\n");
    assert_eq!(class.wdl("grade set in --resume --times times.csv").code, 0);
    assert_eq!(class.points()["s1"], "12");
}

#[test]
fn a_due_time_alone_asks_for_no_times() {
    let class = Class::handed_in();
    class.put("set/set.toml", SET.replace("'Week'", "'Week'\ndue = 2026-11-27T23:59:00Z"));
    assert_eq!(class.wdl("grade set in").code, 0);
}

#[test]
fn a_folder_of_another_set_and_one_without_its_secret_are_refused() {
    let class = Class::handed_in();
    assert_eq!(class.wdl("grade set in").code, 0);
    class.put("other/set.toml", SET.replace("week", "other"));
    class.put("other/students.csv", STUDENTS);
    assert!(class.refused("grade other in --resume").contains("graded holds the class of another set"));
    assert!(class.refused("grade set set --resume").contains("is it the right folder?"));
    fs::remove_file(class.path("set/secret")).expect("it was drawn");
    assert!(class.refused("regrade").contains("set/secret is gone"));
}

#[test]
fn grades_are_readable_as_far_as_their_teacher_lets_files_be() {
    let class = Class::handed_in();
    let script = "umask 077; exec \"$0\" --plain grade set in --trust-author";
    let shell = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_wdl")]).cwd(class.room.path());
    let limits = Limits { wall: Duration::from_secs(300), ..Limits::tool() };
    let outcome = shell.env("WDL_COURSE", root().join("exercises")).limits(limits).run();
    assert!(outcome.expect("a shell can be started").exit.success());
    let mode = |name: &str| fs::metadata(class.path(name)).expect("it was written").permissions().mode() & 0o777;
    assert_eq!(mode("graded/ledger.json"), 0o600);
    class.put("new", "");
    assert_eq!(class.wdl("report --format csv").code, 0);
    assert_eq!(mode("graded/reports/class.csv"), mode("new"), "as any other file of theirs");
}
