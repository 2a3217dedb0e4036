//! How long a learner waits from saving a file to reading the verdict, beside bare cargo and rustlings.

use crate::desk::{copy_exercises, succeed};
use anyhow::{Result, bail};
use book::measuring;
use grader::task::{Places, Task};
use model::record::{Kind, Record};
use runner::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The version of rustlings that is compared with.
const RUSTLINGS: &str = "6.5.0";
/// The exercise whose code rustlings gets, too.
const SHARED: &str = "drop-list";
const SHARED_TESTS: &str = "stack-limits/drop-list/tests/visible.rs";
/// The rustlings exercise whose file is replaced by that code.
const GUEST: (&str, &str) = ("box1", "exercises/19_smart_pointers/box1.rs");
const ROUNDS: usize = 15;

/// Measures, and rewrites `data/learner.jsonl`; gives its path. Takes two minutes on an idle machine.
///
/// # Errors
/// When rustlings is not there in the right version, or a command does not pass.
pub fn measure(root: &Path) -> Result<PathBuf> {
    let rustlings = rustlings()?;
    let desk = Desk::set(root, &rustlings)?;
    let mut wdl: Vec<(String, f64)> = Vec::new();
    let (mut over, mut bare, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    // The first round fills caches.
    for round in 0..=ROUNDS {
        for exercise in &desk.exercises {
            let with = desk.edited(exercise, round, &desk.wdl(exercise))?;
            let without = desk.edited(exercise, round + 1000, &desk.cargo(exercise))?;
            if round > 0 {
                wdl.push((exercise.id.clone(), with));
                over.push(with - without);
                bare.push(without);
            }
        }
        let rustlings = desk.in_rustlings(round, &rustlings)?;
        if round > 0 {
            theirs.push(rustlings);
        }
    }
    let of_shared = wdl.iter().filter(|(id, _)| id == SHARED).map(|(_, seconds)| *seconds).collect();
    let all = wdl.into_iter().map(|(_, seconds)| seconds).collect();
    measuring::write(root, "learner", records(all, over, bare, of_shared, theirs), "cargo gate latency")
}

fn records(all: Vec<f64>, over: Vec<f64>, bare: Vec<f64>, shared: Vec<f64>, theirs: Vec<f64>) -> Vec<Record> {
    let figures = [
        ("verdict", "wdl check, median", quantile(&all, 0.5)),
        ("verdict", "wdl check, 95 of 100 are faster", quantile(&all, 0.95)),
        ("verdict", "cargo test, median", quantile(&bare, 0.5)),
        ("verdict-over-cargo", "wdl check minus cargo test, median of pairs", quantile(&over, 0.5)),
        ("verdict-on-the-same-code", "wdl check drop-list, median", quantile(&shared, 0.5)),
        ("verdict-on-the-same-code", "rustlings run of the same code and tests, median", quantile(&theirs, 0.5)),
    ];
    let record = |(index, (series, label, value)): (usize, (&str, &str, f64))| Record {
        series: series.into(),
        x: Some(index as f64),
        label: Some(label.into()),
        value: (value * 1000.0).round(),
        unit: "ms".into(),
        kind: Kind::Timed,
        stamp: None,
    };
    figures.into_iter().enumerate().map(record).collect()
}

/// The smallest value that is not below a share of all.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (share * (sorted.len() - 1) as f64).ceil();
    sorted.get(place as usize).copied().unwrap_or(f64::NAN)
}

fn rustlings() -> Result<PathBuf> {
    let install = format!("`cargo install rustlings --version {RUSTLINGS} --locked`");
    let Some(path) = runner::tool::find("rustlings") else {
        bail!("rustlings is not on PATH, and the comparison needs it: {install}");
    };
    let said = Command::new(&path).arg("--version").run()?;
    let version = String::from_utf8_lossy(&said.output).trim().to_owned();
    if version != format!("rustlings {RUSTLINGS}") {
        bail!("this is `{version}`: {install}");
    }
    Ok(path)
}

/// A learner's copy of the exercises, all solved, and one of rustlings beside it.
struct Desk {
    folder: TempDir,
    exercises: Vec<Solved>,
    wdl: PathBuf,
}

struct Solved {
    id: String,
    file: PathBuf,
    text: String,
}

impl Desk {
    fn set(root: &Path, rustlings: &Path) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let course = folder.path().join("exercises");
        copy_exercises(root, &course)?;
        let places = Places::of_repository(root);
        let mut exercises = Vec::new();
        for name in places.tasks()? {
            let task = Task::load(&places, &name)?;
            let file = course.join(&name).join("src/lib.rs");
            exercises.push(Solved { id: task.exercise.id.clone(), file, text: task.solution.clone() });
        }
        let wdl = crate::desk::wdl(root)?;
        let desk = Self { folder, exercises, wdl };
        desk.set_rustlings(root, rustlings)?;
        Ok(desk)
    }

    /// Our code and our tests in the place of one of theirs.
    fn set_rustlings(&self, root: &Path, rustlings: &Path) -> Result<()> {
        let begin = Command::new(rustlings).arg("init").cwd(self.folder.path()).stdin("\n".repeat(5));
        succeed(&begin.pass(runner::NETWORK))?;
        let theirs = self.folder.path().join("rustlings");
        let manifest = fs_err::read_to_string(theirs.join("Cargo.toml"))?;
        let probe = root.join("exercises/probe");
        let manifest = format!("{manifest}\n[dependencies]\nprobe = {{ path = \"{}\" }}\n", probe.display());
        fs_err::write(theirs.join("Cargo.toml"), manifest)?;
        Ok(())
    }

    fn wdl(&self, exercise: &Solved) -> Command {
        Command::new(&self.wdl).args(["check", &exercise.id]).cwd(self.folder.path().join("exercises"))
    }

    fn cargo(&self, exercise: &Solved) -> Command {
        let arguments = ["test", "--package", &exercise.id, "--test", "visible"];
        Command::new("cargo").args(arguments).cwd(self.folder.path().join("exercises"))
    }

    /// Seconds from an edit to the end of a command.
    fn edited(&self, exercise: &Solved, edit: usize, command: &Command) -> Result<f64> {
        fs_err::write(&exercise.file, format!("{}\n// {edit}\n", exercise.text))?;
        Ok(succeed(command)?.wall.as_secs_f64())
    }

    fn in_rustlings(&self, edit: usize, rustlings: &Path) -> Result<f64> {
        let Some(shared) = self.exercises.iter().find(|exercise| exercise.id == SHARED) else {
            bail!("there is no exercise `{SHARED}`");
        };
        let course = self.folder.path().join("exercises");
        let tests = fs_err::read_to_string(course.join(SHARED_TESTS))?.replace("use drop_list::", "use crate::");
        let tests: Vec<&str> = tests.lines().filter(|line| !line.starts_with("//!")).collect();
        let (text, tests) = (&shared.text, tests.join("\n"));
        let program = format!("{text}\nfn main() {{}}\n// {edit}\n#[cfg(test)]\nmod tests {{\n{tests}\n}}\n");
        let theirs = self.folder.path().join("rustlings");
        fs_err::write(theirs.join(GUEST.1), program)?;
        let run = Command::new(rustlings).args(["run", GUEST.0]).cwd(theirs).pass(runner::NETWORK);
        Ok(succeed(&run)?.wall.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_one_of_the_values() {
        let values: Vec<f64> = (1..=20).rev().map(f64::from).collect();
        assert_eq!((quantile(&values, 0.5), quantile(&values, 0.95), quantile(&values, 1.0)), (11.0, 20.0, 20.0));
    }
}
