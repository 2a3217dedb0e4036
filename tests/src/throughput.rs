//! How long a class takes: many submissions of one exercise, graded by one grader and by two.

use anyhow::Result;
use book::measuring;
use grader::task::{Places, Task};
use model::record::{Kind, Record};
use runner::Command;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

use crate::class::{self, Answers};
use crate::desk::{succeed, wdl};

/// Students of the class that is timed.
const MANY: usize = 300;
/// Students of the class with which graders are compared.
const FEW: usize = 40;
const EXERCISE: &str = "stack-limits/drop-list";

/// Measures, and rewrites `data/class.jsonl`; gives its path. Takes some minutes on an idle machine.
///
/// # Errors
/// When a class cannot be graded.
pub fn measure(root: &Path) -> Result<PathBuf> {
    let room = Room::new(root)?;
    // What is built once is built now.
    room.grade(10, 2)?;
    let load = load()?;
    let all = room.grade(MANY, 2)?;
    let (one, two) = (room.grade(FEW, 1)?, room.grade(FEW, 2)?);
    let records = vec![
        record("seconds", format!("{MANY} submissions of {EXERCISE}, two at once"), all.as_secs_f64(), "seconds"),
        record("load", "processes that ran or waited before it, on average over a minute".into(), load, "processes"),
        record(
            "graders",
            "one grader to two, on two processors".into(),
            one.as_secs_f64() / two.as_secs_f64(),
            "ratio",
        ),
    ];
    measuring::write(root, "class", records, "cargo gate class")
}

fn record(series: &str, label: String, value: f64, unit: &str) -> Record {
    let value = (value * 100.0).round() / 100.0;
    Record {
        series: series.into(),
        x: Some(0.0),
        label: Some(label),
        value,
        unit: unit.into(),
        kind: Kind::Timed,
        stamp: None,
    }
}

fn load() -> Result<f64> {
    let text = fs_err::read_to_string("/proc/loadavg")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}

struct Room {
    folder: TempDir,
    course: PathBuf,
    wdl: PathBuf,
    answers: Answers,
}

impl Room {
    /// Everything lies where a jailed user may go.
    fn new(root: &Path) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs_err::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        let answers = Answers::of(&Task::load(&Places::of_repository(root), EXERCISE)?)?;
        Ok(Self { folder, course: root.join("exercises"), wdl: wdl(root)?, answers })
    }

    /// Time on the clock for a class of so many, by so many graders. Nothing is known before.
    fn grade(&self, many: usize, graders: usize) -> Result<Duration> {
        let place = tempfile::tempdir_in(self.folder.path())?;
        let set = format!("id = 'class'\ntitle = 'Class'\n[[exercise]]\nid = '{EXERCISE}'\n");
        class::put(&place.path().join("set/set.toml"), set)?;
        let students = class::students(many);
        class::put(&place.path().join("set/students.csv"), class::gradebook(&students, "Class (1)", "13"))?;
        for (at, student) in students.iter().enumerate() {
            let name = class::canvas_name(student, false, "submission-drop-list.zip");
            let bytes = class::submission("drop-list", &self.answers.by(at))?;
            class::put(&place.path().join("submissions").join(name), bytes)?;
        }
        let jobs = graders.to_string();
        let command = Command::new(&self.wdl).args(["grade", "set", "submissions", "-j", &jobs, "--cache"]);
        let command = command.arg(self.folder.path().join("cache")).cwd(place.path()).env("WDL_COURSE", &self.course);
        Ok(succeed(&command)?.wall)
    }
}
