//! The quality gate of the exercises: what must hold before a learner or a teacher sees one.

use crate::variants;
use anyhow::{Context, Result, bail, ensure};
use grader::grade::{Grader, Options, Submission};
use grader::task::{Task, said};
use model::report::{Outcome, Report};
use model::starter;
use runner::{Command, Exit, Limits};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Seeds under which everything must hold: three of them, so that a lucky draw is noticed.
pub const SEEDS: [u64; 3] = [1, 20_261_121, 0xFEED_5EED];

/// Wrong solutions of one exercise that may fail a visible test.
const VISIBLY_WRONG: usize = 2;

/// An exercise under test.
pub struct Gate<'a> {
    /// The grader.
    pub grader: &'a Grader,
    /// The exercise.
    pub task: &'a Task,
}

impl Gate<'_> {
    /// Under the first seed.
    pub(crate) fn graded(&self, source: &str) -> Result<Report> {
        let options = Options { seed: SEEDS[0], reversed: false };
        self.grader.grade(self.task, &Submission::of_text(source), options)
    }

    /// Under every seed, in the order of the suite or the opposite one.
    pub(crate) fn graded_by_seed(&self, source: &str, reversed: bool) -> Result<Vec<(u64, Report)>> {
        let options = SEEDS.map(|seed| Options { seed, reversed });
        let reports = self.grader.grade_each(self.task, &Submission::of_text(source), &options)?;
        Ok(SEEDS.into_iter().zip(reports).collect())
    }

    /// The starter is what the solution's marks make of it. With `SNAPSHOTS=overwrite` it is written.
    ///
    /// # Errors
    /// When it is something else.
    pub fn starter_comes_from_the_solution(&self) -> Result<()> {
        let (path, made) = (self.task.folder.join("src/lib.rs"), self.starter()?);
        if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
            fs_err::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs_err::write(&path, &made)?;
        }
        let found = fs_err::read_to_string(&path)?;
        ensure!(found == made, "{} is not what solution.rs makes; run with SNAPSHOTS=overwrite", path.display());
        Ok(())
    }

    fn starter(&self) -> Result<String> {
        Ok(starter::starter(&fs_err::read_to_string(self.task.secret.join("solution.rs"))?)?)
    }

    /// A learner has something to do: the starter compiles without a warning and fails, visibly too.
    ///
    /// # Errors
    /// When it passes, or does not compile.
    pub fn starter_fails(&self) -> Result<()> {
        let starter = self.starter()?;
        for (_, report) in self.graded_by_seed(&starter, false)? {
            ensure!(report.message.is_empty(), "the starter does not compile:\n{}", report.message);
            ensure!(!report.passed(), "the starter passes");
            ensure!(report.outcome != Outcome::GraderError, "{report:#?}");
        }
        ensure!(!self.passes_visible(&starter)?, "the starter passes the visible tests");
        Ok(())
    }

    /// A right solution passes under every seed, and compiled again and in the opposite order it gets the same report.
    ///
    /// # Errors
    /// The report that is not as it should be.
    pub fn is_right(&self, source: &str) -> Result<()> {
        let first = self.graded_by_seed(source, false)?;
        for (seed, report) in &first {
            ensure!(report.passed() && report.points == report.of, "seed {seed}: {report:#?}");
        }
        let again = self.graded_by_seed(source, true)?;
        ensure!(again == first, "graded again, it gets other reports: {again:#?}");
        ensure!(self.passes_visible(source)?, "it fails the visible tests");
        Ok(())
    }

    /// A wrong solution fails exactly the criterion that it names, under every seed.
    ///
    /// # Errors
    /// What else it fails, or does not.
    pub fn is_wrong(&self, path: &Path) -> Result<()> {
        let source = fs_err::read_to_string(path)?;
        let names = said(&source, "fails").context("it has no line `//! fails: CRITERION`")?;
        ensure!(said(&source, "misconception").is_some(), "it has no line `//! misconception: ...`");
        for (seed, report) in self.graded_by_seed(&source, false)? {
            ensure!(report.message.is_empty(), "it does not compile:\n{}", report.message);
            let failed: Vec<&str> = report
                .criteria
                .iter()
                .filter(|criterion| !matches!(criterion.outcome, Outcome::Passed | Outcome::NotRun))
                .map(|criterion| criterion.id.as_str())
                .collect();
            ensure!(
                failed == [names.as_str()],
                "seed {seed}: it should fail `{names}`, and fails {failed:?}: {report:#?}"
            );
        }
        Ok(())
    }

    /// Wrong solutions are told apart by the hidden suite, and all but a few pass the visible tests: what
    /// those catch, nobody hands in.
    ///
    /// # Errors
    /// Those that fail the same cases, or too many that fail visibly.
    pub fn wrong_solutions_differ(&self) -> Result<()> {
        let mut by_cases: BTreeMap<Vec<String>, String> = BTreeMap::new();
        let mut visible = Vec::new();
        for path in self.task.variants("wrong")? {
            let (name, source) = (stem(&path), fs_err::read_to_string(&path)?);
            let cases = self.grader.failing_cases(self.task, &Submission::of_text(source.as_str()), SEEDS[0])?;
            if let Some(other) = by_cases.insert(cases.clone(), name.clone()) {
                bail!("`{name}` and `{other}` fail the same cases: {cases:?}");
            }
            if !self.passes_visible(&source)? {
                visible.push(name);
            }
        }
        ensure!(by_cases.len() >= 6, "there are only {} wrong solutions", by_cases.len());
        ensure!(visible.len() <= VISIBLY_WRONG, "too many wrong solutions fail the visible tests: {visible:?}");
        Ok(())
    }

    /// The exercise is whole, and there are other right answers.
    ///
    /// # Errors
    /// What is missing.
    pub fn is_complete(&self) -> Result<()> {
        ensure!(self.task.variants("alternatives")?.len() >= 2, "there are not two alternatives");
        self.is_whole()
    }

    /// The driver keeps its rules, hints come in steps, and each visible test belongs to one criterion.
    ///
    /// # Errors
    /// What is missing.
    pub(crate) fn is_whole(&self) -> Result<()> {
        self.names_its_crates()?;
        let wrong = grader::lint::driver(&fs_err::read_to_string(self.task.secret.join("hidden.rs"))?);
        ensure!(wrong.is_empty(), "hidden.rs breaks rules of drivers: {wrong:#?}");
        let hints = fs_err::read_to_string(self.task.folder.join("hints.md"))?;
        let steps = hints.lines().filter(|line| line.starts_with("## ")).count();
        ensure!(steps >= 3, "there are only {steps} hints");
        let listed: Vec<&String> = self.task.exercise.criterion.iter().flat_map(|criterion| &criterion.tests).collect();
        let listed_once: BTreeSet<&String> = listed.iter().copied().collect();
        ensure!(listed.len() == listed_once.len(), "a visible test is listed twice: {listed:?}");
        let tests = self.visible_tests()?;
        ensure!(listed_once == tests.iter().collect(), "exercise.toml lists {listed_once:?}, visible.rs has {tests:?}");
        Ok(())
    }

    /// `cargo test` and the grader know the same crates, in the course's versions.
    fn names_its_crates(&self) -> Result<()> {
        let path = self.task.folder.join("Cargo.toml");
        let manifest: toml::Table = toml::from_str(&fs_err::read_to_string(&path)?)?;
        let asked = manifest.get("dependencies").and_then(|asked| asked.as_table()).cloned().unwrap_or_default();
        let named: BTreeSet<&String> = self.task.exercise.crates.iter().collect();
        let keys: BTreeSet<&String> = asked.keys().collect();
        ensure!(keys == named, "{} depends on {keys:?}, and exercise.toml names {named:?}", path.display());
        for (name, asked) in &asked {
            let only = asked.as_table().is_some_and(|asked| asked.len() == 1 && asked.contains_key("workspace"));
            ensure!(
                only,
                "{}: write `{name}.workspace = true`; versions and features are the course's",
                path.display()
            );
        }
        Ok(())
    }

    fn visible_tests(&self) -> Result<BTreeSet<String>> {
        let text = fs_err::read_to_string(self.task.folder.join("tests/visible.rs"))?;
        let mut lines = text.lines().map(str::trim);
        let mut names = BTreeSet::new();
        while let Some(line) = lines.next() {
            if line == "#[test]" {
                let function = lines.find(|line| line.starts_with("fn ")).context("a test is a function")?;
                names.insert(function[3..].split('(').next().unwrap_or_default().to_owned());
            }
        }
        Ok(names)
    }

    /// Compiles and runs the visible tests with a library. A run that does not end in time has not passed.
    pub(crate) fn passes_visible(&self, source: &str) -> Result<bool> {
        let work = tempfile::tempdir()?;
        let binary = self.grader.visible(self.task, &Submission::of_text(source), work.path())?;
        let limits = Limits { wall: Duration::from_secs(60), cpu_seconds: Some(60), ..Limits::listing() };
        let outcome = Command::new(binary).arg("--test-threads=1").limits(limits).run()?;
        Ok(outcome.exit == Exit::Exited(0))
    }
}

/// Name of a variant's file, without extension.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The solution and the alternatives of an exercise, by name.
///
/// # Errors
/// When they cannot be read.
pub fn right_answers(task: &Task) -> Result<Vec<(String, String)>> {
    let mut answers = vec![("solution".to_owned(), task.solution.clone())];
    for path in task.variants("alternatives")? {
        answers.push((format!("alternatives/{}", stem(&path)), fs_err::read_to_string(&path)?));
    }
    Ok(answers)
}

/// The crates that an exercise may use, as a manifest asks for them: in the versions of the course.
///
/// # Errors
/// When the course's own manifest does not ask for one of them.
pub fn dependencies(task: &Task) -> Result<String> {
    let path = crate::root().join("exercises/Cargo.toml");
    let course: toml::Table = toml::from_str(&fs_err::read_to_string(&path)?)?;
    let mut lines = String::new();
    for name in &task.exercise.crates {
        let asked = course["workspace"].get("dependencies").and_then(|all| all.get(name));
        let asked = asked.with_context(|| format!("{} does not ask for crate `{name}`", path.display()))?;
        lines += &format!("{name} = {asked}\n");
    }
    Ok(lines)
}

/// Writes every starter and every answer, right and wrong and of variants, as a package of one workspace, so that one call
/// of a tool looks at all of them.
///
/// # Errors
/// When they cannot be read or written.
pub fn as_workspace(tasks: &[Task], folder: &Path) -> Result<Vec<PathBuf>> {
    let mut members = Vec::new();
    for task in tasks {
        let mut answers = right_answers(task)?;
        answers
            .push(("starter".to_owned(), starter::starter(&fs_err::read_to_string(task.secret.join("solution.rs"))?)?));
        answers.extend(variants::sources(task)?);
        for path in task.variants("wrong")? {
            answers.push((format!("wrong/{}", stem(&path)), fs_err::read_to_string(&path)?));
        }
        for (name, source) in answers {
            let package = format!("{}-{}", task.exercise.id, name.replace('/', "-"));
            let path = folder.join(&package).join("src/lib.rs");
            fs_err::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs_err::write(&path, source)?;
            let manifest = format!(
                "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{}",
                dependencies(task)?
            );
            fs_err::write(folder.join(&package).join("Cargo.toml"), manifest)?;
            members.push(path);
        }
    }
    fs_err::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"target\"]\n",
    )?;
    Ok(members)
}
