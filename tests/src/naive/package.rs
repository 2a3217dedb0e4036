//! The cargo package that a naive grader makes of a submission, and uses again for the next one.

use super::belt::{Belt, Ran};
use crate::hostile::{Hostile, Parts, place, suite};
use anyhow::{Context, Result, ensure};
use runner::Exit;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A file that code of a submission makes when it runs in the compiler's time.
const MARKER: &str = "ran-at-compile-time";

/// The package, in a folder with a neighbor's submission and the reference beside it.
pub(super) struct Package<'a> {
    belt: &'a Belt,
    folder: TempDir,
    exercise: String,
    handed_in: Vec<PathBuf>,
    /// Number of hidden tests.
    pub(super) hidden_tests: usize,
}

impl<'a> Package<'a> {
    /// Copies the submission into a package and adds the hidden tests.
    pub(super) fn new(belt: &'a Belt, submission: &Hostile) -> Result<Self> {
        let folder = belt.folder()?;
        let root = folder.path().join("package");
        let exercise = submission.exercise.clone();
        fs_err::create_dir_all(root.join("src"))?;
        fs_err::create_dir_all(folder.path().join("home/tmp"))?;
        fs_err::write(root.join("Cargo.toml"), manifest(&exercise))?;
        submission.lay_out(&root)?;
        let mut handed_in = Vec::new();
        list(&root, &root, &mut handed_in)?;
        let hidden = fs_err::read_to_string(suite(&exercise).join("naive/hidden.rs"))?;
        fs_err::create_dir_all(root.join("tests"))?;
        fs_err::write(root.join("tests/hidden.rs"), &hidden)?;
        let solution = Parts::of(&exercise)?.whole();
        for other in ["alice", "reference"] {
            fs_err::create_dir_all(folder.path().join(other).join("src"))?;
            fs_err::write(folder.path().join(other).join("src/lib.rs"), &solution)?;
        }
        belt.hand_over(folder.path())?;
        let hidden_tests = hidden.lines().filter(|line| line.trim() == "#[test]").count();
        Ok(Self { belt, folder, exercise, handed_in, hidden_tests })
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("package")
    }

    /// `cargo test`, under the belt.
    pub(super) fn test(&self) -> Result<Ran> {
        let words = ["cargo", "test", "--offline"];
        self.belt.run(&self.folder.path().join("home"), &self.root(), &words, Belt::limits())
    }

    /// Whether the marker is there.
    pub(super) fn code_ran_at_compile_time(&self) -> bool {
        self.root().join(MARKER).symlink_metadata().is_ok()
    }

    /// Replaces what the student handed in by the starter, which is wrong, and tests that.
    pub(super) fn poisons_the_next(&self) -> Result<bool> {
        for name in &self.handed_in {
            let path = self.root().join(name);
            if self.is_ours(&path) && path.symlink_metadata().is_ok() {
                fs_err::remove_file(&path)?;
            }
        }
        let starter = fs_err::read(place().join("exercises/bait").join(&self.exercise).join("src/lib.rs"))?;
        for (name, bytes) in [("Cargo.toml", manifest(&self.exercise).as_bytes()), ("src/lib.rs", &starter)] {
            self.replace(&self.root().join(name), bytes)?;
        }
        let ran = self.test()?;
        let passed = format!("test result: ok. {} passed; 0 failed", self.hidden_tests);
        let text = String::from_utf8_lossy(&ran.output);
        Ok(ran.exit == Exit::Exited(0) || text.lines().any(|line| line.starts_with(&passed)))
    }

    /// Whether a path has no link in its folders: we write as root where hostile code could put one.
    fn is_ours(&self, path: &Path) -> bool {
        path.parent().is_some_and(|parent| parent.canonicalize().is_ok_and(|real| real == parent))
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        ensure!(self.is_ours(path), "a folder of {} has become a link", path.display());
        if path.symlink_metadata().is_ok() {
            fs_err::remove_file(path)?;
        }
        fs_err::write(path, bytes)?;
        self.belt.hand_over(path)
    }
}

fn manifest(exercise: &str) -> String {
    format!("[package]\nname = \"{exercise}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")
}

/// Paths of all files below a folder, links as they are.
fn list(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        if fs_err::symlink_metadata(&path)?.is_dir() {
            list(root, &path, found)?;
        } else {
            found.push(path.strip_prefix(root).context("it lies below")?.to_owned());
        }
    }
    Ok(())
}
