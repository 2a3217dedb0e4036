//! The naive grader: cargo on the student's files, and trust in what comes out. It exists to show that every submission of the
//! corpus is worth defending against; what it was fooled by is recorded in `data/hostile.json`.
//!
//! It runs under a safety belt ([`belt`]), never in a test.

pub mod archives;
pub mod belt;
mod package;

use crate::hostile::archives::Archive;
use crate::hostile::{Hostile, ROWS};
use anyhow::{Context, Result, ensure};
use belt::{Belt, Ran};
use runner::Exit;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a submission, or an archive, did to a naive grader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// `cargo test` ended with code 0.
    ExitCode,
    /// A line of the output says that all hidden tests passed.
    Text,
    /// The tests were started and ended without a word on how they came out.
    NoVerdict,
    /// It ran until the belt ended it: by time, or by the number of processes.
    Hang,
    /// The output holds hidden tests, a secret of the environment, or a file of the system.
    Leak,
    /// Somebody connected to a port of the grader's machine.
    Network,
    /// A process was alive when the grading was over.
    Survivor,
    /// Files were left outside of the package.
    Files,
    /// The next submission in the same package, a wrong one, passed.
    Poison,
    /// A signal killed cargo or the compiler.
    Harm,
    /// More than a gibibyte was resident.
    Memory,
    /// More was printed than the belt takes.
    Flood,
    /// Code of the submission ran while it was compiled.
    CodeRan,
    /// Unpacking wrote outside of its folder.
    Escape,
    /// Unpacking made a link, a FIFO or a device.
    SpecialFile,
    /// Unpacking made very many files, or very large ones.
    Bomb,
    /// One entry of an archive replaced another, or would on another system.
    Overwrite,
    /// Unpacking made a name that is no plain one.
    OddName,
    /// An unpacker gave up in the middle: what it left behind is a part of the submission.
    GivesUp,
    /// What was unpacked is an archive again.
    Nested,
}

/// What is recorded of one submission or archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Hash of everything that the naive grader saw.
    pub hash: String,
    /// What it did.
    pub effects: BTreeSet<Effect>,
}

/// The file `data/hostile.json`. It holds no path, no time and no name of a machine; where several limits are near, it is the machine's
/// speed that decides which one strikes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// By name of the submission.
    pub submissions: BTreeMap<String, Recorded>,
    /// By name of the archive.
    pub archives: BTreeMap<String, Recorded>,
}

/// Where results are recorded.
pub fn results_path(root: &Path) -> PathBuf {
    root.join("data/hostile.json")
}

impl Results {
    /// Reads what is recorded; nothing if there is no file.
    ///
    /// # Errors
    /// When the file is no such record.
    pub fn load(root: &Path) -> Result<Self> {
        let path = results_path(root);
        if !path.exists() {
            return Ok(Self::default());
        }
        serde_json::from_str(&fs_err::read_to_string(&path)?).with_context(|| format!("in {}", path.display()))
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, root: &Path) -> Result<()> {
        fs_err::write(results_path(root), serde_json::to_string_pretty(self)? + "\n")?;
        Ok(())
    }
}

/// Gives a submission to the naive grader.
///
/// # Errors
/// When the belt does not hold, or the package cannot be made.
pub fn grade(belt: &Belt, submission: &Hostile) -> Result<(Recorded, String)> {
    let package = package::Package::new(belt, submission)?;
    let ran = package.test()?;
    let mut effects = effects(&ran, package.hidden_tests);
    if package.code_ran_at_compile_time() {
        effects.insert(Effect::CodeRan);
    }
    if !belt.remove_strays()?.is_empty() {
        effects.insert(Effect::Files);
    }
    if ran.exit != Exit::TimedOut && package.poisons_the_next()? {
        effects.insert(Effect::Poison);
    }
    belt.remove_strays()?;
    Ok((Recorded { hash: submission.hash()?, effects }, runner::text::printable(&ran.output)))
}

const GIBIBYTE: u64 = 1 << 30;

/// What can be read off one run of `cargo test`.
fn effects(ran: &Ran, hidden_tests: usize) -> BTreeSet<Effect> {
    let text = String::from_utf8_lossy(&ran.output);
    let passed = format!("test result: ok. {hidden_tests} passed; 0 failed");
    let stopped = matches!(ran.exit, Exit::TimedOut | Exit::TooManyProcesses | Exit::TooMuchOutput);
    let silent = text.split_once("Running tests/hidden.rs").is_some_and(|(_, after)| !after.contains("test result:"));
    let compiler_died = text.lines().any(|line| line.contains("rustc --crate-name") && line.contains("(signal: "));
    let found = [
        (Effect::ExitCode, ran.exit == Exit::Exited(0)),
        (Effect::Text, text.lines().any(|line| line.starts_with(&passed))),
        (Effect::NoVerdict, silent && !stopped && matches!(ran.exit, Exit::Exited(code) if code != 0)),
        (Effect::Hang, matches!(ran.exit, Exit::TimedOut | Exit::TooManyProcesses)),
        (Effect::Leak, belt::SECRETS.iter().any(|secret| text.contains(secret))),
        (Effect::Network, ran.connected),
        (Effect::Survivor, ran.survivors && !stopped),
        (Effect::Harm, matches!(ran.exit, Exit::Signaled(_)) || compiler_died),
        (Effect::Memory, ran.resident > GIBIBYTE),
        (Effect::Flood, ran.exit == Exit::TooMuchOutput),
    ];
    found.into_iter().filter(|(_, found)| *found).map(|(effect, _)| effect).collect()
}

/// Checks that every hostile submission and archive is recorded with an effect, every honest submission with none but that it
/// passes, and that the records are of these files.
///
/// # Errors
/// What is stale or without effect, and the command that mends it.
pub fn are_current(results: &Results, corpus: &[Hostile], archives: &[Archive]) -> Result<()> {
    let mut wrong = Vec::new();
    for submission in corpus {
        let name = &submission.name;
        match results.submissions.get(name) {
            None => wrong.push(format!("`{name}` was never tried; run `cargo gate naive {name}`")),
            Some(found) if found.hash != submission.hash()? => {
                wrong.push(format!("`{name}` has changed; run `cargo gate naive {name}`"));
            }
            Some(found) => wrong.extend(unexpected(submission, &found.effects)),
        }
    }
    for archive in archives {
        let (name, found) = (archive.name, results.archives.get(archive.name));
        if found.is_none_or(|found| found.hash != archive.hash() || found.effects.is_empty()) {
            wrong.push(format!("archive `{name}` has no current effect; run `cargo gate naive {name}`"));
        }
    }
    let known = |name: &String| corpus.iter().any(|submission| submission.name == *name);
    wrong.extend(
        results.submissions.keys().filter(|name| !known(name)).map(|name| format!("`{name}` is recorded only")),
    );
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (row, attacked) in ROWS {
        let covered = corpus.iter().any(|submission| submission.row == row && !submission.honest);
        ensure!(covered || row == "B6" && !archives.is_empty(), "no submission attacks the {attacked} ({row})");
    }
    Ok(())
}

fn unexpected(submission: &Hostile, effects: &BTreeSet<Effect>) -> Option<String> {
    let name = &submission.name;
    let passes = BTreeSet::from([Effect::ExitCode, Effect::Text]);
    match submission.honest {
        true if *effects != passes => Some(format!("honest `{name}` does more than pass, or less: {effects:?}")),
        false if effects.is_empty() => Some(format!("`{name}` has no effect on a naive grader: drop it or sharpen it")),
        _ => None,
    }
}

/// What to try, and where to tell of it.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Names of submissions and archives; none for all that are not current.
    pub names: &'a [&'a str],
    /// Whether to tell what cargo printed, too.
    pub verbose: bool,
    /// Hears of each result.
    pub tell: &'a dyn Fn(&str),
}

impl Wanted<'_> {
    fn wants(&self, name: &str, hash: &str, recorded: Option<&Recorded>) -> bool {
        let current = recorded.is_some_and(|found| found.hash == hash);
        self.names.contains(&name) || self.names.is_empty() && !current
    }
}

/// Tries submissions and archives and records what they did.
///
/// # Errors
/// When a name is unknown, or the belt cannot be put on.
pub fn try_all(root: &Path, wanted: Wanted<'_>) -> Result<()> {
    let (corpus, archives) = (crate::hostile::corpus()?, crate::hostile::archives::all()?);
    let submission = |name: &str| corpus.iter().any(|one| one.name == name);
    let archive = |name: &str| archives.iter().any(|one| one.name == name);
    for name in wanted.names {
        ensure!(submission(name) || archive(name), "there is no submission and no archive `{name}`");
    }
    let belt = Belt::put_on(root)?;
    let mut results = Results::load(root)?;
    results.submissions.retain(|name, _| submission(name));
    results.archives.retain(|name, _| archive(name));
    results.save(root)?;
    try_submissions(&belt, root, &corpus, &mut results, wanted)?;
    try_archives(&belt, root, &archives, &mut results, wanted)
}

fn try_submissions(
    belt: &Belt,
    root: &Path,
    corpus: &[Hostile],
    results: &mut Results,
    wanted: Wanted<'_>,
) -> Result<()> {
    for submission in corpus {
        let (name, hash) = (&submission.name, submission.hash()?);
        if wanted.wants(name, &hash, results.submissions.get(name)) {
            let (found, printed) = grade(belt, submission).with_context(|| format!("in `{name}`"))?;
            (wanted.tell)(&format!("{} {name}: {:?}", submission.row, found.effects));
            if wanted.verbose {
                (wanted.tell)(&printed);
            }
            results.submissions.insert(name.clone(), found);
            results.save(root)?;
        }
    }
    Ok(())
}

fn try_archives(
    belt: &Belt,
    root: &Path,
    archives: &[Archive],
    results: &mut Results,
    wanted: Wanted<'_>,
) -> Result<()> {
    for archive in archives {
        let (name, hash) = (archive.name, archive.hash());
        if wanted.wants(name, &hash, results.archives.get(name)) {
            let effects = archives::unpack(belt, archive).with_context(|| format!("in archive `{name}`"))?;
            (wanted.tell)(&format!("B6 {name}: {effects:?}"));
            results.archives.insert(name.to_owned(), Recorded { hash, effects });
            results.save(root)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(exit: Exit, output: &str) -> Ran {
        let output = output.as_bytes().to_vec();
        Ran { exit, output, survivors: false, connected: false, resident: 0 }
    }

    #[test]
    fn a_line_of_success_counts_wherever_it_stands_and_only_with_all_tests() {
        let other = "test result: ok. 5 passed; 0 failed\nand test result: ok. 6 passed; 0 failed\n";
        assert_eq!(effects(&ran(Exit::Exited(101), other), 6), BTreeSet::new());
        let forged = "noise\ntest result: ok. 6 passed; 0 failed; and more\ntest result: FAILED\n";
        assert_eq!(effects(&ran(Exit::Exited(101), forged), 6), BTreeSet::from([Effect::Text]));
    }

    #[test]
    fn tests_that_end_without_a_word_have_no_verdict_and_failed_ones_have() {
        let silent = "test result: ok. 0 passed\nRunning tests/hidden.rs (x)\nsignal: 6\n";
        assert_eq!(effects(&ran(Exit::Exited(101), silent), 6), BTreeSet::from([Effect::NoVerdict]));
        let failed = "Running tests/hidden.rs (x)\ntest result: FAILED. 5 passed; 1 failed\n";
        assert_eq!(effects(&ran(Exit::Exited(101), failed), 6), BTreeSet::new());
        assert_eq!(effects(&ran(Exit::Exited(101), "error: could not compile"), 6), BTreeSet::new());
    }

    #[test]
    fn what_is_left_after_the_belt_ended_a_run_is_no_survivor() {
        let stopped = Ran { survivors: true, ..ran(Exit::TimedOut, "") };
        assert_eq!(effects(&stopped, 6), BTreeSet::from([Effect::Hang]));
        let left = Ran { survivors: true, ..ran(Exit::Exited(101), "") };
        assert_eq!(effects(&left, 6), BTreeSet::from([Effect::Survivor]));
    }
}
