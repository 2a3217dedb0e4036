//! Mutants of the solutions: cargo-mutants changes a solution in one place after the other, and the
//! grader's core says whether the hidden suite notices.

use anyhow::{Context, Result, bail, ensure};
use grader::task::Task;
use model::mutation::{Missed, SuiteResult, SuiteResults};
use runner::{Command, Limits};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The version whose mutants the recorded results speak of.
pub const VERSION: &str = "27.1.0";

/// Where results are recorded.
pub fn results_path(root: &Path) -> PathBuf {
    root.join("data/suites.json")
}

/// Reads what is recorded; nothing if there is no file.
///
/// # Errors
/// When the file is no such record.
pub fn recorded(root: &Path) -> Result<SuiteResults> {
    let path = results_path(root);
    if !path.exists() {
        return Ok(SuiteResults::default());
    }
    serde_json::from_str(&fs_err::read_to_string(&path)?).with_context(|| format!("in {}", path.display()))
}

/// Hash of everything that decides about a mutant: the solution, and the suite with its bounds.
///
/// # Errors
/// When a file cannot be read.
pub fn hash(task: &Task) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    add(VERSION.as_bytes());
    add(task.solution.as_bytes());
    for name in ["hidden.rs", "criteria.toml"] {
        add(&fs_err::read(task.secret.join(name))?);
    }
    for refused in &task.refused {
        add(&fs_err::read(&refused.path)?);
    }
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}

/// The reasons for mutants that no suite can notice: `missed.toml` beside the suite.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reasons {
    #[serde(default)]
    missed: Vec<Missed>,
}

fn reasons(task: &Task) -> Result<Reasons> {
    let path = task.secret.join("missed.toml");
    if !path.exists() {
        return Ok(Reasons::default());
    }
    toml::from_str(&fs_err::read_to_string(&path)?).with_context(|| format!("in {}", path.display()))
}

/// Checks that the recorded results are of this solution and this suite, and leave nothing unexplained.
///
/// # Errors
/// What is stale, missing or unexplained, and the command that mends it.
pub fn are_current(root: &Path, task: &Task) -> Result<()> {
    let again = format!("run `cargo gate mutants {}`", task.exercise.id);
    let results = recorded(root)?;
    let Some(result) = results.0.get(&task.name) else { bail!("no mutants were tried; {again}") };
    ensure!(result.hash == hash(task)?, "the results are of another solution or suite; {again}");
    let counts = (task.variants("alternatives")?.len(), task.variants("wrong")?.len());
    ensure!((result.alternatives, result.wrong) == counts, "there are other answers than recorded; {again}");
    ensure!(result.caught > 0, "no mutant was caught");
    let reasons = reasons(task)?;
    for missed in &result.missed {
        let known = reasons.missed.iter().any(|reason| reason == missed && !reason.reason.trim().is_empty());
        ensure!(known, "mutant `{}` passed; test for it, or give the reason in missed.toml", missed.mutant);
    }
    ensure!(reasons.missed.len() == result.missed.len(), "missed.toml explains mutants that do not pass");
    Ok(())
}

/// Tries all mutants of a solution and records what became of them.
///
/// # Errors
/// When cargo-mutants is not there or does not come to its end.
pub fn try_all(root: &Path, task: &Task) -> Result<SuiteResult> {
    let work = tempfile::tempdir()?;
    let package = work.path().join("package");
    write_package(root, task, &package)?;
    let limits = Limits { wall: Duration::from_secs(3600), ..Limits::tool() };
    let outcome = Command::new("cargo")
        .args(["mutants", "--no-shuffle", "--colors=never", "--timeout=120", "--jobs=2"])
        .arg("--dir")
        .arg(&package)
        .arg("--output")
        .arg(work.path())
        .env("GATE_PROGRAM", std::env::current_exe()?)
        .limits(limits)
        .run()?;
    let folder = work.path().join("mutants.out");
    let names = |file: &str| -> Result<Vec<String>> {
        let path = folder.join(file);
        let text = fs_err::read_to_string(&path).with_context(|| {
            let printed = runner::text::printable(&outcome.output);
            format!(
                "cargo-mutants {} {}:\n{printed}{}",
                VERSION,
                outcome.exit,
                runner::text::printable(&outcome.stderr)
            )
        })?;
        Ok(text.lines().map(without_place).collect())
    };
    let reasons = reasons(task)?;
    let explained = |mutant: String| {
        let reason = reasons.missed.iter().find(|reason| reason.mutant == mutant);
        Missed { reason: reason.map(|reason| reason.reason.clone()).unwrap_or_default(), mutant }
    };
    Ok(SuiteResult {
        hash: hash(task)?,
        alternatives: task.variants("alternatives")?.len(),
        wrong: task.variants("wrong")?.len(),
        caught: names("caught.txt")?.len(),
        timeout: names("timeout.txt")?.len(),
        unviable: names("unviable.txt")?.len(),
        missed: names("missed.txt")?.into_iter().map(explained).collect(),
    })
}

/// `src/lib.rs:40:9: replace f with ()` without its place.
fn without_place(line: &str) -> String {
    line.splitn(4, ':').last().unwrap_or(line).trim().to_owned()
}

/// A package whose only test grades its own library: cargo-mutants needs one to run.
fn write_package(root: &Path, task: &Task, folder: &Path) -> Result<()> {
    fs_err::create_dir_all(folder.join("src"))?;
    fs_err::create_dir_all(folder.join("tests"))?;
    fs_err::write(folder.join("src/lib.rs"), &task.solution)?;
    fs_err::copy(root.join("rust-toolchain.toml"), folder.join("rust-toolchain.toml"))?;
    let id = &task.exercise.id;
    let manifest = format!(
        "[package]\nname = \"{id}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\ntest = false\ndoctest = false\n\n[[test]]\nname = \"grade\"\nharness = false\n\n[workspace]\n\n[dependencies]\n{}",
        crate::gate::dependencies(task)?
    );
    fs_err::write(folder.join("Cargo.toml"), manifest)?;
    fs_err::write(folder.join("tests/grade.rs"), GRADE.replace("EXERCISE", &task.name))?;
    Ok(())
}

/// Runs in the package that cargo-mutants copies and changes.
const GRADE: &str = include_str!("mutants/grade.txt");

#[cfg(test)]
mod tests {
    use super::without_place;

    #[test]
    fn a_mutant_is_named_by_what_was_changed_and_not_by_its_line() {
        let line = "src/lib.rs:47:9: replace List<T>::truncate with ()";
        assert_eq!(without_place(line), "replace List<T>::truncate with ()");
        assert_eq!(without_place("src/lib.rs:5:1: replace a::b -> c with d"), "replace a::b -> c with d");
    }
}
