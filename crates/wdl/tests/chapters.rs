//! The exercises of each chapter, as a teacher would assign and grade them: whatever a chapter brings goes the whole way from
//! a set over submissions in a jail to a table of points.

#![cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]

use grader::task::{Places, Task};
use model::starter;
use runner::{Command, Exit, Limits};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// Who hands in, and what.
const STUDENTS: [&str; 4] = ["solution", "alternative", "wrong", "starter"];

/// A teacher's folder, with the set of one chapter.
struct Desk {
    room: TempDir,
    tasks: Vec<Task>,
}

impl Desk {
    fn of_chapter(chapter: &str) -> Self {
        let room = tempfile::Builder::new().prefix("chapter-").tempdir().expect("a temporary folder can be made");
        fs::set_permissions(room.path(), PermissionsExt::from_mode(0o755)).expect("it is ours");
        let places = Places::of_repository(&root());
        let load = |name: String| Task::load(&places, &name).unwrap_or_else(|error| panic!("{name}: {error:#}"));
        let tasks = folders(&root().join("exercises").join(chapter))
            .into_iter()
            .map(|name| load(format!("{chapter}/{name}")))
            .collect();
        Self { room, tasks }
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.room.path().join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Each student's answer to each exercise, in a folder of the student.
    fn hand_in(&self) {
        for task in &self.tasks {
            for (student, text) in STUDENTS.into_iter().zip(answers(task)) {
                self.put(&format!("in/{student}/{}/src/lib.rs", task.exercise.id), &text);
            }
        }
    }

    #[track_caller]
    fn wdl(&self, line: &str) {
        let outcome = Command::new(env!("CARGO_BIN_EXE_wdl"))
            .arg("--plain")
            .args(line.split(' '))
            .cwd(self.room.path())
            .env("WDL_COURSE", root().join("exercises"))
            .limits(Limits { wall: Duration::from_secs(600), ..Limits::tool() })
            .run()
            .expect("wdl can be started");
        let said = String::from_utf8_lossy(&outcome.stderr) + String::from_utf8_lossy(&outcome.output);
        assert!(matches!(outcome.exit, Exit::Exited(0)), "wdl {line}: {}\n{said}", outcome.exit);
    }

    /// Points by student and exercise, from the table of the class.
    fn points(&self) -> BTreeMap<(String, String), f64> {
        self.wdl("report --format csv --to class.csv");
        let table = fs::read_to_string(self.room.path().join("class.csv")).expect("it was written");
        let rows: Vec<Vec<&str>> =
            table.lines().map(|line| line.split(',').map(|cell| cell.trim_matches('"')).collect()).collect();
        let (head, students) = rows.split_first().expect("a table has a head");
        let columns = head.iter().enumerate().filter_map(|(at, name)| Some((at, name.strip_suffix(" points")?)));
        columns
            .flat_map(|(at, exercise)| {
                students.iter().map(move |row| {
                    let points = row[at].parse().unwrap_or_else(|_| panic!("`{}` are no points", row[at]));
                    ((row[0].to_owned(), exercise.to_owned()), points)
                })
            })
            .collect()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("this crate lies in a repository")
}

/// Names of the folders in a folder, in order.
fn folders(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).expect("a folder can be listed").map(|entry| entry.expect("it can be read"));
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("names are text"))
        .collect();
    names.sort();
    names
}

/// The chapters that have exercises; `probe` is a package of instruments beside them.
fn chapters() -> Vec<String> {
    folders(&root().join("tests/suites"))
}

/// In the order of [`STUDENTS`].
fn answers(task: &Task) -> [String; 4] {
    let first = |kind: &str| {
        let path = task.variants(kind).expect("a suite can be listed").into_iter().next().expect("each suite has some");
        fs::read_to_string(path).expect("it can be read")
    };
    let marked = fs::read_to_string(task.secret.join("solution.rs")).expect("it can be read");
    let begun = starter::starter(&marked).expect("its marks are in order");
    [task.solution.clone(), first("alternatives"), first("wrong"), begun]
}

/// What remains where one criterion fails, and with it all that need it.
fn points_without(task: &Task, fails: &str) -> f64 {
    let mut lost = vec![fails];
    let mut points = 0;
    // A criterion stands behind those that it needs.
    for criterion in &task.exercise.criterion {
        if lost.contains(&criterion.id.as_str()) || criterion.needs.iter().any(|need| lost.contains(&need.as_str())) {
            lost.push(&criterion.id);
        } else {
            points += criterion.points;
        }
    }
    f64::from(points)
}

#[test]
fn the_exercises_of_each_chapter_are_checked_released_graded_and_reported_as_a_set() {
    for chapter in chapters() {
        let desk = Desk::of_chapter(&chapter);
        let names: Vec<&str> = desk.tasks.iter().map(|task| task.name.as_str()).collect();
        desk.put("students.csv", &format!("id,name,login,email,section\n{}", STUDENTS.map(row).concat()));
        desk.wdl(&format!("set new {chapter} --exercise {} --students students.csv", names.join(" ")));
        // Otherwise the inputs of the hidden tests would be others every time.
        desk.put(&format!("{chapter}/secret"), "a secret that is always the same\n");
        desk.wdl(&format!("set check {chapter}"));
        desk.wdl(&format!("set release {chapter} -o handout.zip"));
        desk.hand_in();
        desk.wdl(&format!("grade {chapter} in -o graded"));
        let points = desk.points();
        for task in &desk.tasks {
            let of = |student: &str| points[&(student.to_owned(), task.name.clone())];
            let all: u32 = task.exercise.criterion.iter().map(|criterion| criterion.points).sum();
            let [_, _, wrong, _] = answers(task);
            let fails =
                wrong.lines().find_map(|line| line.strip_prefix("//! fails: ")).expect("a wrong answer says so");
            assert_eq!([of("solution"), of("alternative")], [f64::from(all); 2], "{}", task.name);
            assert_eq!(of("wrong"), points_without(task, fails.trim()), "{} without {fails}", task.name);
            assert!(of("starter") < f64::from(all) / 2.0, "{}: a starter got {}", task.name, of("starter"));
        }
    }
}

fn row(id: &str) -> String {
    format!("{id},Student {id},{id},{id}@uni.example,A\n")
}
