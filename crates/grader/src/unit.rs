//! The unit of work: one submission of one exercise, graded into one file that is named by the hash of everything the
//! verdict depends on. It can be done twice, on two machines, or be killed at any time.

use anyhow::{Context, Result, bail, ensure};
use blake3::Hasher;
use model::graded::Graded;
use model::report::{Outcome, Report};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::grade::{Grader, Options};
use crate::intake::{self, Ignored, Submission};
use crate::room::Trust;
use crate::task::Task;

/// What decides here about a verdict: with another grader, another key.
const GRADER: [&[u8]; 7] = [
    include_bytes!("budget.rs"),
    include_bytes!("drivers.rs"),
    include_bytes!("explain.rs"),
    include_bytes!("grade.rs"),
    include_bytes!("judge.rs"),
    include_bytes!("room.rs"),
    include_bytes!("run.rs"),
];

/// Where the seed of the inputs comes from.
#[derive(Clone, Debug)]
pub enum Seed {
    /// A number, to repeat a grading.
    Given(u64),
    /// Drawn from a secret, the exercise and the submission, so that nobody knows it before the submission is made.
    Secret(Vec<u8>),
}

impl Seed {
    /// From the secret in a file. Where there is none it is drawn, so that a secret is never forgotten.
    ///
    /// # Errors
    /// When it cannot be read or written, or is so short that it can be guessed.
    pub fn of_secret(path: &Path) -> Result<Self> {
        if !path.exists() {
            let hex = format!("{}\n", blake3::Hash::from_bytes(random()?).to_hex());
            // Of several graders one is first.
            match write(path, hex.as_bytes(), Existing::Stays) {
                Err(error) if !path.exists() => return Err(error),
                _ => {}
            }
        }
        let secret = fs_err::read(path)?;
        ensure!(secret.len() >= 16, "{} holds {} bytes: a secret has at least 16", path.display(), secret.len());
        Ok(Self::Secret(secret))
    }
}

/// Where verdicts are kept: a folder with a file for each.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// A folder, which need not exist.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Its secret, where no other is given.
    pub fn secret(&self) -> PathBuf {
        self.folder.join("secret")
    }

    /// The file of a key.
    pub fn path(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{key}.json"))
    }

    /// What is kept under a key. A file that cannot be understood counts as none: it is made again.
    pub fn get(&self, key: &str) -> Option<Graded> {
        let graded: Graded = serde_json::from_slice(&std::fs::read(self.path(key)).ok()?).ok()?;
        (graded.key == key).then_some(graded)
    }

    /// Keeps a verdict: whole, or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&self, graded: &Graded) -> Result<PathBuf> {
        let mut text = serde_json::to_vec_pretty(graded)?;
        text.push(b'\n');
        let path = self.path(&graded.key);
        write(&path, &text, Existing::IsReplaced)?;
        Ok(path)
    }
}

/// Writes a file whole, or not at all. It is its owner's alone.
fn write(path: &Path, bytes: &[u8], existing: Existing) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs_err::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    // The name must not reach the disk before the content.
    file.as_file().sync_data()?;
    match existing {
        Existing::Stays => file.persist_noclobber(path).map(|_| ()).map_err(|error| error.error)?,
        Existing::IsReplaced => file.persist(path).map(|_| ()).map_err(|error| error.error)?,
    }
    Ok(())
}

/// What becomes of a file that is there already.
enum Existing {
    Stays,
    IsReplaced,
}

/// Bytes that nobody can guess: a secret.
///
/// # Errors
/// When the system gives none.
pub fn random() -> Result<[u8; 32]> {
    use std::io::Read;
    let mut bytes = [0; 32];
    fs_err::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Grades what was handed in at `path`, or finds the verdict in the store.
///
/// # Errors
/// When the grader cannot do its work; nothing is kept then, and it can be tried again.
pub fn grade(grader: &Grader, exercise: &str, path: &Path, seed: &Seed, store: &Store) -> Result<Graded> {
    let task = grader.task(exercise)?;
    let suite = suite(&task)?;
    let (submission, refused, ignored) = match intake::read(path, &task.exercise)? {
        Ok(intake) => (intake.submission, None, intake.ignored),
        Err(refused) => (Submission::default(), Some((refused.outcome, refused.message)), refused.ignored),
    };
    let seed = number(seed, &task, &submission, refused.as_ref());
    let inputs = Inputs { suite: &suite, kit: grader.kit_hash(), is_jailed: grader.trust() != Trust::Author, seed };
    let key = key(&inputs, &submission, refused.as_ref(), &ignored);
    if let Some(known) = store.get(&key) {
        return Ok(known);
    }
    let report = match refused {
        Some((outcome, message)) => Report::refused(&task.name, task.points(), seed, outcome, message),
        None => grader.grade(&task, &submission, Options { seed, reversed: false })?,
    };
    if report.outcome == Outcome::GraderError {
        bail!("`{exercise}` could not be graded: {}", ours(&report));
    }
    let held = grader.room()?.level().map_or("open".to_owned(), |level| level.to_string());
    let files = submission.files.iter().map(|(name, text)| (name.clone(), hash(text))).collect();
    let ignored = ignored.iter().map(ToString::to_string).collect();
    let graded = Graded { key, files, suite, kit: grader.kit_hash().to_owned(), held, ignored, report };
    store.put(&graded).with_context(|| format!("the verdict on {} cannot be kept", path.display()))?;
    Ok(graded)
}

/// What is at fault in us, as far as the report says.
fn ours(report: &Report) -> String {
    let findings = report.criteria.iter().filter(|criterion| criterion.outcome == Outcome::GraderError);
    let texts: Vec<&str> = findings.filter_map(|criterion| Some(criterion.finding.as_ref()?.got.as_str())).collect();
    if texts.is_empty() { report.message.clone() } else { texts.join("; ") }
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// Adds parts, so that no two lists of parts are the same bytes.
fn add<'a>(hasher: &mut Hasher, parts: impl IntoIterator<Item = &'a [u8]>) {
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
}

/// Hash of everything that a verdict rests on, besides the submission.
fn suite(task: &Task) -> Result<String> {
    let mut hasher = Hasher::new();
    let mut paths = vec![task.folder.join("exercise.toml"), task.secret.join("criteria.toml")];
    paths.extend([task.secret.join("hidden.rs"), task.secret.join("solution.rs")]);
    paths.extend(task.refused.iter().map(|refused| refused.path.clone()));
    for path in paths {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes().to_owned();
        add(&mut hasher, [name.as_slice(), &fs_err::read(path)?]);
    }
    Ok(hasher.finalize().to_hex().to_string())
}

fn add_submission(hasher: &mut Hasher, submission: &Submission, refused: Option<&(Outcome, String)>) {
    for (name, text) in &submission.files {
        add(hasher, [name.as_bytes(), text.as_bytes()]);
    }
    if let Some((_, message)) = refused {
        add(hasher, [message.as_bytes()]);
    }
}

fn number(seed: &Seed, task: &Task, submission: &Submission, refused: Option<&(Outcome, String)>) -> u64 {
    let secret = match seed {
        Seed::Given(number) => return *number,
        Seed::Secret(secret) => secret,
    };
    let mut hasher = Hasher::new_keyed(blake3::hash(secret).as_bytes());
    add(&mut hasher, [task.name.as_bytes()]);
    add_submission(&mut hasher, submission, refused);
    let bytes = *hasher.finalize().as_bytes();
    let [first, ..] = *bytes.as_chunks::<8>().0 else { return 0 };
    u64::from_le_bytes(first)
}

struct Inputs<'a> {
    suite: &'a str,
    kit: &'a str,
    is_jailed: bool,
    seed: u64,
}

fn key(
    inputs: &Inputs<'_>,
    submission: &Submission,
    refused: Option<&(Outcome, String)>,
    ignored: &[Ignored],
) -> String {
    let mut hasher = Hasher::new();
    add(&mut hasher, GRADER);
    add(&mut hasher, [inputs.suite.as_bytes(), inputs.kit.as_bytes(), &[u8::from(inputs.is_jailed)]]);
    add(&mut hasher, [inputs.seed.to_le_bytes().as_slice()]);
    add_submission(&mut hasher, submission, refused);
    for entry in ignored {
        add(&mut hasher, [entry.to_string().as_bytes()]);
    }
    hasher.finalize().to_hex()[..32].to_owned()
}
