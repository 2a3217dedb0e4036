//! What grading costs, beside the same compiler calls without a jail, and beside `cargo test`.

use crate::desk::{succeed, wdl};
use crate::hostile;
use anyhow::{Context, Result, ensure};
use book::measuring;
use grader::grade::{Grader, Options, Submission};
use grader::room::Trust;
use grader::task::{Places, Task};
use grader::unit::{self, Seed, Store};
use model::record::{Kind, Record};
use runner::Command;
use runner::jail::Level;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The exercise that is graded in two builds, and the one with a third, under the sanitizer.
const EXERCISES: [&str; 2] = ["stack-limits/tree-depth", "heap/my-vec"];
/// How code is held; the first is what the others are compared with.
const HELD: [&[&str]; 3] = [&["--trust-author"], &["--level", "launcher"], &["--level", "bubblewrap"]];
const ROUNDS: usize = 5;
/// Verdicts that are asked for again.
const MANY: usize = 100;
/// An exercise that is graded in one build only.
const PLAIN: &str = "bait/toolbox";
/// Rows of hostile submissions that want to use up the machine, by running and by being compiled.
const RESOURCES: [&str; 2] = ["B2", "B5"];

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
    records.push(desk.against_cargo()?);
    records.extend(desk.stored(EXERCISES[0])?);
    records.push(desk.dearest()?);
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

    /// `cargo test` in a fresh target folder, which is what a grader does that knows no better: on the same sources and
    /// the same checks, in a package that has the instruments, as those of all exercises have. Sums of all rounds,
    /// because the kernel's ticks are coarse.
    fn against_cargo(&self) -> Result<Record> {
        let places = Places { cache: self.folder.path().join("cache"), ..hostile::places() };
        let grader = Grader::open(places, Trust::NobodyWith(Level::Launcher))?;
        let task = grader.task(PLAIN)?;
        let package = self.package(&task)?;
        let (mut ours, mut theirs) = (Duration::ZERO, Duration::ZERO);
        // The first round builds what is built once.
        for round in 0..=ROUNDS {
            let target = tempfile::tempdir_in(self.folder.path())?;
            let cargo = Command::new("cargo").args(["test", "--quiet", "--target-dir"]).arg(target.path());
            let of_cargo = succeed(&cargo.cwd(&package).pass(runner::NETWORK))?.cpu;
            let submission = Submission::of_text(format!("{}// {round}\n", task.solution));
            let before = cpu_so_far()?;
            ensure!(grader.grade(&task, &submission, Options { seed: 1, reversed: false })?.passed(), "it should pass");
            if round > 0 {
                ours += cpu_so_far()? - before;
                theirs += of_cargo;
            }
        }
        let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
        Ok(record("cargo-ratio", 0, "cargo test to launcher, one build".into(), ratio, "ratio"))
    }

    /// The exercise as a package of cargo, with its checks as ordinary tests.
    fn package(&self, task: &Task) -> Result<PathBuf> {
        let package = self.folder.path().join("package");
        fs_err::create_dir_all(package.join("src"))?;
        fs_err::create_dir_all(package.join("tests"))?;
        let probe = self.root.join("exercises/probe");
        let manifest = format!(
            "[package]\nname = \"toolbox\"\nedition = \"2024\"\n\n[dev-dependencies]\nprobe = {{ path = \"{}\" }}\n\n\
             [workspace]\n",
            probe.display()
        );
        fs_err::write(package.join("Cargo.toml"), manifest)?;
        fs_err::write(package.join("src/lib.rs"), &task.solution)?;
        fs_err::copy(task.secret.join("naive/hidden.rs"), package.join("tests/hidden.rs"))?;
        Ok(package)
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
            record(
                "memory",
                0,
                "grader and its compilers, at most".into(),
                first.max_rss_bytes as f64 / f64::from(1 << 20),
                "MiB",
            ),
        ])
    }

    /// Time on the clock until the hostile submission that takes longest has its verdict.
    fn dearest(&self) -> Result<Record> {
        let places = Places { cache: self.folder.path().join("cache"), ..hostile::places() };
        let grader = Grader::open(places, Trust::Nobody)?;
        let (mut worst, mut whose) = (Duration::ZERO, String::new());
        for submission in hostile::corpus()?.iter().filter(|one| RESOURCES.contains(&one.row.as_str())) {
            let handed_in = self.folder.path().join(&submission.name);
            submission.lay_out(&handed_in)?;
            let (name, store) = (format!("bait/{}", submission.exercise), Store::new(handed_in.join("store")));
            let begin = Instant::now();
            unit::grade(&grader, &name, &handed_in, &Seed::Given(1), &store)?;
            if begin.elapsed() > worst {
                (worst, whose) = (begin.elapsed(), submission.name.replace('_', " "));
            }
        }
        Ok(record("hostile-seconds", 0, format!("at most ({whose})"), worst.as_secs_f64(), "seconds"))
    }
}

/// Processor time of this process and of its children that have ended, in the kernel's ticks of ten milliseconds.
fn cpu_so_far() -> Result<Duration> {
    let stat = fs_err::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').context("the kernel names the program in parentheses")?;
    // `utime`, `stime`, `cutime` and `cstime` are fields 14 to 17 of the line; the name was the second.
    let ticks = fields.split_whitespace().skip(11).take(4).map(str::parse::<u64>);
    let ticks: u64 = ticks.sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(10 * ticks))
}
