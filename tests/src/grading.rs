//! What grading costs, beside the same compiler calls without a jail, and beside `cargo test`.

use crate::desk::{copy_exercises, succeed, wdl};
use crate::hostile;
use anyhow::{Context, Result, bail};
use book::measuring;
use grader::task::{Places, Task};
use model::record::{Kind, Record};
use runner::Command;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// The exercise that is graded in two builds, and the one with a third, under the sanitizer.
const EXERCISES: [&str; 2] = ["stack-limits/tree-depth", "heap/my-vec"];
/// How code is held; the first is what the others are compared with.
const HELD: [&[&str]; 3] = [&["--trust-author"], &["--level", "launcher"], &["--level", "bubblewrap"]];
const ROUNDS: usize = 5;
/// Verdicts that are asked for again.
const MANY: usize = 100;
/// The hostile submission that costs a grader most.
const SLEEPER: &str = "sleep_forever";

/// Measures, and rewrites `data/grading.jsonl`; gives its path. Takes some minutes on an idle machine.
///
/// # Errors
/// When something that must pass does not.
pub fn measure(root: &Path) -> Result<PathBuf> {
    let desk = Desk::set(root)?;
    let mut records = Vec::new();
    for (index, exercise) in EXERCISES.into_iter().enumerate() {
        records.extend(desk.held(exercise, index)?);
    }
    records.push(desk.against_cargo(EXERCISES[0])?);
    records.extend(desk.stored(EXERCISES[0])?);
    records.push(desk.sleeper()?);
    measuring::write(root, "grading", records, "cargo gate grading")
}

struct Desk {
    folder: TempDir,
    root: PathBuf,
    wdl: PathBuf,
}

fn record(series: &str, x: usize, label: String, value: f64, unit: &str) -> Record {
    Record {
        series: series.into(),
        x: Some(x as f64),
        label: Some(label),
        value: (value * 1000.0).round() / 1000.0,
        unit: unit.into(),
        kind: Kind::Timed,
        stamp: None,
    }
}

impl Desk {
    /// Everything lies where a jailed user may go.
    fn set(root: &Path) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs_err::set_permissions(folder.path(), open)?;
        let desk = Self { folder, root: root.to_owned(), wdl: wdl(root)? };
        for exercise in EXERCISES {
            let task = Task::load(&Places::of_repository(root), exercise)?;
            let place = desk.handed_in(exercise).join("src");
            fs_err::create_dir_all(&place)?;
            fs_err::write(place.join("lib.rs"), &task.solution)?;
        }
        Ok(desk)
    }

    fn handed_in(&self, exercise: &str) -> PathBuf {
        self.folder.path().join("handed-in").join(exercise)
    }

    fn grade(&self, course: &Path, exercise: &str, store: &Path) -> Command {
        let cache = self.folder.path().join("cache");
        let command = Command::new(&self.wdl).args(["grade-one", exercise, "--seed", "1", "--cache"]).arg(cache);
        command.arg("--store").arg(store).cwd(course)
    }

    /// Processor seconds of grading, for each way to hold the code; and how often that is the open one's.
    fn held(&self, exercise: &str, index: usize) -> Result<Vec<Record>> {
        let mut best = [f64::INFINITY; HELD.len()];
        // The first round builds what is built once.
        for round in 0..=ROUNDS {
            for (options, best) in HELD.into_iter().zip(&mut best) {
                let store = tempfile::tempdir_in(self.folder.path())?;
                let command = self.grade(&self.root, exercise, store.path()).args(options);
                let cpu = succeed(&command.arg(self.handed_in(exercise)))?.cpu.as_secs_f64();
                if round > 0 {
                    *best = best.min(cpu);
                }
            }
        }
        let name = |way: usize| HELD[way].last().copied().unwrap_or_default().trim_start_matches("--");
        let seconds = best.iter().enumerate().map(|(way, best)| {
            record("seconds", 3 * index + way, format!("{exercise}, {}", name(way)), *best, "CPU seconds")
        });
        let ratios = (1..HELD.len()).map(|way| {
            let label = format!("{exercise}, {} to {}", name(way), name(0));
            record("jail-ratio", 3 * index + way, label, best[way] / best[0], "ratio")
        });
        Ok(seconds.chain(ratios).collect())
    }

    /// `cargo test` in a fresh target folder, which is what a grader does that knows no better.
    fn against_cargo(&self, exercise: &str) -> Result<Record> {
        let course = self.folder.path().join("course");
        copy_exercises(&self.root, &course)?;
        let (_, id) = exercise.split_once('/').context("an exercise lies in a chapter")?;
        fs_err::copy(self.handed_in(exercise).join("src/lib.rs"), course.join(exercise).join("src/lib.rs"))?;
        let (mut ours, mut theirs) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..ROUNDS {
            let target = tempfile::tempdir_in(self.folder.path())?;
            let cargo = Command::new("cargo").args(["test", "--quiet", "--package", id, "--target-dir"]);
            theirs = theirs.min(succeed(&cargo.arg(target.path()).cwd(&course))?.cpu.as_secs_f64());
            let store = tempfile::tempdir_in(self.folder.path())?;
            let command = self.grade(&self.root, exercise, store.path()).args(["--level", "launcher"]);
            ours = ours.min(succeed(&command.arg(self.handed_in(exercise)))?.cpu.as_secs_f64());
        }
        Ok(record("cargo-ratio", 0, format!("{exercise}, cargo test to launcher"), theirs / ours, "ratio"))
    }

    /// Many verdicts that are known already.
    fn stored(&self, exercise: &str) -> Result<Vec<Record>> {
        let store = self.folder.path().join("store");
        let many = std::iter::repeat_n(self.handed_in(exercise), MANY);
        let again = self.grade(&self.root, exercise, &store).args(many);
        let first = succeed(&again)?;
        let second = succeed(&again)?;
        let label = format!("{MANY} verdicts from the store");
        Ok(vec![
            record("store-seconds", 0, label, second.wall.as_secs_f64(), "seconds"),
            record("memory", 0, "grader, at most".into(), first.max_rss_bytes as f64 / f64::from(1 << 20), "MiB"),
        ])
    }

    /// Time on the clock until a submission that never ends has its verdict.
    fn sleeper(&self) -> Result<Record> {
        let corpus = hostile::corpus()?;
        let Some(submission) = corpus.iter().find(|submission| submission.name == SLEEPER) else {
            bail!("there is no submission `{SLEEPER}`");
        };
        let handed_in = self.folder.path().join("sleeper");
        submission.lay_out(&handed_in)?;
        let course = hostile::place().join("exercises");
        let command = self.grade(&course, "bait/toolbox", &self.folder.path().join("sleeper-store"));
        let command = command.arg("--suites").arg(hostile::place().join("suites")).env("WDL_COURSE", &course);
        let outcome = succeed(&command.arg(handed_in))?;
        if outcome.wall > Duration::from_secs(25) {
            bail!("one hostile submission held the grader for {:?}", outcome.wall);
        }
        Ok(record("hostile-seconds", 0, SLEEPER.replace('_', " "), outcome.wall.as_secs_f64(), "seconds"))
    }
}
