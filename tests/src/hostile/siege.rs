//! The corpus against the grader in its jail: each submission gets the verdict that it must get, and nothing else happens.

use super::Hostile;
use crate::gate::SEEDS;
use anyhow::{Context, Result, bail, ensure};
use grader::grade::{Grader, Options, Submission};
use grader::room::Trust;
use grader::task::Places;
use grader::unit::{self, Seed, Store};
use model::redact::Visibility;
use model::report::{Outcome, Report};
use runner::jail::Level;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;

/// A variable of our environment that no submission may see.
pub const TOKEN: (&str, &str) = ("GRADER_TOKEN", "canary-83c0-of-the-environment");

/// The port to which one of the submissions connects.
const PORT: u16 = crate::naive::belt::PORT;

/// Graders of one level, and what they are watched by.
pub struct Siege {
    level: Level,
    places: Places,
    /// Those that nobody uses now. Each runs its code as a user of its own.
    idle: Mutex<Vec<Grader>>,
    listener: Option<TcpListener>,
    /// What nobody may see.
    secrets: Vec<String>,
    scratch: TempDir,
}

impl Siege {
    /// Prepares a siege of one level. Of several in one process, one listens.
    ///
    /// # Errors
    /// When the corpus cannot be read, or there is no place for it.
    pub fn lay(level: Level, places: Places) -> Result<Self> {
        let scratch = tempfile::Builder::new().prefix("siege-").tempdir()?;
        fs_err::set_permissions(scratch.path(), std::fs::Permissions::from_mode(0o755))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).ok();
        if let Some(listener) = &listener {
            listener.set_nonblocking(true)?;
        }
        let secrets = secrets(&places)?;
        Ok(Self { level, places, idle: Mutex::default(), listener, secrets, scratch })
    }

    /// Gives a submission to a grader, as a teacher would, and looks at everything that came of it. One that the
    /// rules for sources refuse is then given to the jail without them: two walls, each of which must hold.
    ///
    /// # Errors
    /// The verdict that is wrong, or what was leaked, left, or reached.
    pub fn attack(&self, submission: &Hostile) -> Result<()> {
        let folder = self.folder("handed-in-")?;
        submission.lay_out(folder.path())?;
        let name = format!("bait/{}", submission.exercise);
        let outcome = self.with_grader(|grader| {
            let outcome = self.verdict(grader, &name, folder.path())?;
            if outcome == Outcome::Policy {
                self.behind_the_first_wall(grader, &name, folder.path())?;
            }
            Ok(outcome)
        })?;
        ensure!(
            submission.outcomes.contains(&outcome),
            "the verdict is {outcome:?} and should be one of {:?}",
            submission.outcomes
        );
        self.nobody_connected()
    }

    /// Gives an archive to a grader.
    ///
    /// # Errors
    /// When it passes, or leaves something.
    pub fn unpack(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let folder = self.folder("handed-in-")?;
        let path = folder.path().join(name);
        fs_err::write(&path, bytes)?;
        let outcome = self.with_grader(|grader| self.verdict(grader, "bait/toolbox", &path))?;
        ensure!(outcome != Outcome::Passed, "it passes");
        let entries = fs_err::read_dir(folder.path())?.count();
        ensure!(entries == 1, "something lies beside the archive");
        Ok(())
    }

    /// The verdict on the solution: what was graded before must not have changed it.
    ///
    /// # Errors
    /// When it does not pass.
    pub fn honest_verdict(&self) -> Result<Report> {
        self.with_grader(|grader| {
            let task = grader.task("bait/toolbox")?;
            let submission = Submission::of_text(task.solution.as_str());
            let report = grader.grade(&task, &submission, Options { seed: SEEDS[0], reversed: false })?;
            ensure!(report.passed(), "{report:#?}");
            Ok(report)
        })
    }

    fn verdict(&self, grader: &Grader, name: &str, path: &Path) -> Result<Outcome> {
        let store = Store::new(self.folder("store-")?.path());
        let graded = match unit::grade(grader, name, path, &Seed::Given(SEEDS[0]), &store) {
            Ok(graded) => graded,
            // Where the suite could not be linked, that is told to the teacher and nobody has a verdict.
            Err(error) if error.to_string().contains("could not be linked") => return Ok(Outcome::GraderError),
            Err(error) => return Err(error),
        };
        self.tells_nothing(&graded.report)?;
        Ok(graded.report.outcome)
    }

    fn behind_the_first_wall(&self, grader: &Grader, name: &str, folder: &Path) -> Result<()> {
        let task = grader.task(name)?;
        let mut files = BTreeMap::new();
        for name in &task.exercise.files {
            let path = folder.join(name);
            if path.symlink_metadata().is_ok_and(|about| about.is_file() && about.len() < 1 << 20)
                && let Ok(text) = fs_err::read_to_string(&path)
            {
                files.insert(name.clone(), text);
            }
        }
        if files.is_empty() {
            return Ok(());
        }
        let report = grader.grade(&task, &Submission { files }, Options { seed: SEEDS[0], reversed: false })?;
        ensure!(!report.passed(), "it passes where only the jail holds it");
        self.tells_nothing(&report)
    }

    /// Whether what a student may see at most is free of what nobody may see.
    fn tells_nothing(&self, report: &Report) -> Result<()> {
        let shown = serde_json::to_string(&report.for_student(Visibility::All))?;
        match self.secrets.iter().find(|secret| shown.contains(*secret)) {
            Some(secret) => bail!("the student's report holds `{secret}`:\n{shown}"),
            None => Ok(()),
        }
    }

    fn nobody_connected(&self) -> Result<()> {
        let connected = self.listener.as_ref().is_some_and(|listener| listener.accept().is_ok());
        ensure!(!connected, "it connected to a port of this machine");
        Ok(())
    }

    /// Does something with a grader that nobody else uses, and sees that nothing of its user is left.
    fn with_grader<T>(&self, work: impl FnOnce(&Grader) -> Result<T>) -> Result<T> {
        let lock = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().pop();
        let grader = match known {
            Some(grader) => grader,
            None => Grader::open(self.places.clone(), Trust::NobodyWith(self.level))?,
        };
        let result = work(&grader);
        let left = grader.room()?.user().map(leftovers).transpose()?.unwrap_or_default();
        lock().push(grader);
        ensure!(left.is_empty(), "it left {}", left.join(", "));
        result
    }

    fn folder(&self, prefix: &str) -> Result<TempDir> {
        Ok(tempfile::Builder::new().prefix(prefix).tempdir_in(self.scratch.path())?)
    }
}

/// Lines of the hidden suites that no other file holds, and what lies around on a grader's machine.
fn secrets(places: &Places) -> Result<Vec<String>> {
    let mut secrets = vec![TOKEN.1.to_owned(), "root:x:0:0:".to_owned()];
    for exercise in ["toolbox", "toolbox-safe"] {
        let folder = places.suites.join("bait").join(exercise);
        for name in ["hidden.rs", "criteria.toml"] {
            let text = fs_err::read_to_string(folder.join(name)).with_context(|| format!("of `{exercise}`"))?;
            secrets.extend(text.lines().map(str::trim).filter(|line| line.len() > 24).map(str::to_owned));
        }
    }
    Ok(secrets)
}

/// Processes of a user, dead ones too, and files where everybody may write.
///
/// # Errors
/// When `/proc` cannot be read.
pub fn leftovers(user: u32) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir("/proc")?.flatten() {
        if entry.metadata().is_ok_and(|about| about.uid() == user) {
            let command = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            found.push(format!("process {} ({})", entry.path().display(), command.trim()));
        }
    }
    for folder in ["/tmp", "/var/tmp", "/dev/shm"] {
        strays(Path::new(folder), user, &mut found);
    }
    Ok(found)
}

fn strays(folder: &Path, user: u32, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path: PathBuf = entry.path();
        let Ok(about) = path.symlink_metadata() else { continue };
        if about.uid() == user {
            found.push(format!("file {}", path.display()));
        } else if about.is_dir() {
            strays(&path, user, found);
        }
    }
}
