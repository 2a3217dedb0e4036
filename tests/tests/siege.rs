//! The corpus of hostile submissions against the grader: in both levels of its jail, as root and as an ordinary user.

use anyhow::{Context, Result, ensure};
use book::console::Console;
use book_tests::gate::SEEDS;
use book_tests::hostile::siege::{Siege, TOKEN, leftovers};
use book_tests::hostile::{archives, corpus, place, places};
use book_tests::root;
use grader::grade::{Grader, Options, Submission};
use grader::room::Trust;
use grader::task::Places;
use libtest_mimic::{Arguments, Failed, Trial};
use model::report::{CriterionReport, Outcome, Report};
use runner::jail::{Level, is_root, missing};
use runner::{Command, Limits};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Says where everything is that an ordinary user may read, when these tests are run by one.
const CAMP: &str = "WDL_SIEGE_CAMP";
/// That user.
const USER: u32 = 59_990;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if let Some(camp) = std::env::var_os(CAMP) {
        return run(&arguments, &camp_places(Path::new(&camp)), false);
    }
    let cache = tempfile::Builder::new().prefix("siege-cache-").tempdir().expect("a temporary folder can be made");
    open(cache.path());
    let places = Places { cache: cache.path().to_owned(), ..places() };
    run(&arguments, &places, true)
}

fn run(arguments: &Arguments, places: &Places, at_home: bool) -> ExitCode {
    let (mut trials, mut gaps) = (Vec::new(), Vec::new());
    for level in Level::ALL {
        let mut of_level = trials_of(level, places)
            .unwrap_or_else(|error| vec![Trial::test(format!("{level}/it_can_be_besieged"), move || told(Err(error)))]);
        if at_home {
            of_level.extend(right_answers(level, &places.cache));
            of_level.push(same_in_the_open(level, &places.cache));
        }
        let gap = missing(level).filter(|_| !book_tests::require_all());
        trials.extend(of_level.into_iter().map(|trial| trial.with_ignored_flag(gap.is_some())));
        gaps.extend(gap.map(|what| format!("not tested: the jail's level {level}, because of this: {what}")));
    }
    if at_home && is_root() {
        trials.push(Trial::test("an_ordinary_user_is_as_safe", || told(as_ordinary_user())));
    }
    let conclusion = libtest_mimic::run(arguments, trials);
    if !arguments.list {
        gaps.iter().for_each(|gap| Console::new().say(gap));
    }
    conclusion.exit_code()
}

/// What passes in the open passes in the jail: it asks for nothing that an exercise needs.
fn right_answers(level: Level, cache: &Path) -> Vec<Trial> {
    let places = Places { cache: cache.to_owned(), ..Places::of_repository(&root()) };
    let trial = |name: String| {
        let places = places.clone();
        Trial::test(format!("{level}/right_answers_to/{name}"), move || told(all_pass(places, level, &name)))
    };
    places.tasks().unwrap_or_default().into_iter().map(trial).collect()
}

fn all_pass(places: Places, level: Level, name: &str) -> Result<()> {
    let grader = Grader::open(places, Trust::NobodyWith(level))?;
    let task = grader.task(name)?;
    let mut sources = vec![("solution".to_owned(), task.solution.clone())];
    for path in task.variants("alternatives")? {
        sources.push((path.display().to_string(), fs_err::read_to_string(path)?));
    }
    for (name, source) in sources {
        let options = Options { seed: SEEDS[0], reversed: false };
        let report = grader.grade(&task, &Submission::of_text(source), options)?;
        ensure!(report.passed(), "{name}: {report:#?}");
    }
    Ok(())
}

/// An exercise with `unsafe` code, whose wrong answers fail in every build.
const UNSAFE: &str = "heap/my-box";

/// A fault that only the sanitizer sees: a byte behind the block is read and forgotten.
const UNSEEN: [&str; 2] = [
    "unsafe { self.start.as_ref() }",
    "std::hint::black_box(unsafe { self.start.as_ptr().add(1).cast::<u8>().read() }); unsafe { self.start.as_ref() }",
];

/// The jail takes nothing away from what a verdict says, and the sanitizer sees there what it sees in the open.
fn same_in_the_open(level: Level, cache: &Path) -> Trial {
    let places = Places { cache: cache.to_owned(), ..Places::of_repository(&root()) };
    Trial::test(format!("{level}/wrong_answers_get_the_same_verdict_as_in_the_open"), move || {
        told(all_verdicts_agree(&places, level))
    })
}

fn all_verdicts_agree(places: &Places, level: Level) -> Result<()> {
    let open = Grader::open(places.clone(), Trust::Author)?;
    let jailed = Grader::open(places.clone(), Trust::NobodyWith(level))?;
    let task = open.task(UNSAFE)?;
    let mut sources = vec![task.solution.replacen(UNSEEN[0], UNSEEN[1], 1)];
    for path in task.variants("wrong")? {
        sources.push(fs_err::read_to_string(path)?);
    }
    let mut sanitized = false;
    for source in sources {
        let submission = Submission::of_text(source);
        let options = Options { seed: SEEDS[0], reversed: false };
        let (right, got) = (open.grade(&task, &submission, options)?, jailed.grade(&task, &submission, options)?);
        let text = &submission.files["src/lib.rs"];
        ensure!(verdicts(&right) == verdicts(&got), "{text}\nin the open {right:#?}\nin the jail {got:#?}");
        sanitized |= format!("{got:?}").contains("AddressSanitizer found heap-buffer-overflow");
    }
    ensure!(sanitized, "the sanitizer saw nothing");
    Ok(())
}

/// What a report says, without readings: some of them are addresses.
fn verdicts(report: &Report) -> Vec<(&str, Outcome, Option<&str>)> {
    fn case(criterion: &CriterionReport) -> Option<&str> {
        Some(criterion.finding.as_ref()?.case.as_str())
    }
    report.criteria.iter().map(|criterion| (criterion.id.as_str(), criterion.outcome, case(criterion))).collect()
}

fn told(result: Result<()>) -> Result<(), Failed> {
    result.map_err(|error| format!("{error:#}").into())
}

fn trials_of(level: Level, places: &Places) -> Result<Vec<Trial>> {
    let siege = Arc::new(Siege::lay(level, places.clone())?);
    let mut trials = Vec::new();
    for submission in corpus()? {
        let siege = Arc::clone(&siege);
        let name = format!("{level}/{}/{}", submission.row, submission.name);
        trials.push(Trial::test(name, move || told(siege.attack(&submission))));
    }
    for archive in archives::all()? {
        let siege = Arc::clone(&siege);
        let file = format!("handed-in.{}", archive.extension);
        trials.push(Trial::test(format!("{level}/B6/{}", archive.name), move || {
            told(siege.unpack(&file, &archive.bytes))
        }));
    }
    let poisons: Vec<_> = corpus()?.into_iter().filter(|one| one.row == "B4").collect();
    trials.push(Trial::test(format!("{level}/the_next_submission_gets_its_own_verdict"), move || {
        told(siege.honest_verdict().and_then(|before| {
            poisons.iter().try_for_each(|poison| siege.attack(poison))?;
            ensure!(siege.honest_verdict()? == before, "the verdict on the same submission has changed");
            Ok(())
        }))
    }));
    Ok(trials)
}

/// Who grades at home is not root, and often cannot be. A copy of everything that is needed, by such a user.
fn as_ordinary_user() -> Result<()> {
    let camp = tempfile::Builder::new().prefix("siege-camp-").tempdir()?;
    open(camp.path());
    copy(&place(), &camp.path().join("tests/hostile"))?;
    copy(&root().join("exercises/probe"), &camp.path().join("exercises/probe"))?;
    copy(&root().join("crates/obs"), &camp.path().join("crates/obs"))?;
    let toolchain = toolchain(camp.path())?;
    let tests = camp.path().join("siege");
    fs_err::copy(std::env::current_exe()?, &tests)?;
    for folder in ["tmp", "cache"] {
        fs_err::create_dir(camp.path().join(folder))?;
        std::os::unix::fs::chown(camp.path().join(folder), Some(USER), Some(USER))?;
    }
    let limits = Limits { wall: Duration::from_secs(1200), ..Limits::tool() };
    let command = Command::new(&tests)
        .bare()
        .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", toolchain.display()))
        .env("HOME", camp.path().join("tmp"))
        .env("TMPDIR", camp.path().join("tmp"))
        .env(CAMP, camp.path())
        .env(TOKEN.0, TOKEN.1)
        .pass(["WDL_REQUIRE_ALL"])
        .cwd(camp.path())
        .user(USER)
        .limits(limits);
    let outcome = command.run()?;
    let said = runner::text::printable(&outcome.output);
    ensure!(outcome.exit.success(), "{}\n{said}", runner::text::printable(&outcome.stderr));
    ensure!(!said.contains("result: ok. 0 passed"), "nothing was tried:\n{said}");
    let own = camp.path().display().to_string();
    let left: Vec<String> = leftovers(USER)?.into_iter().filter(|left| !left.contains(&own)).collect();
    ensure!(left.is_empty(), "it left {}", left.join(", "));
    Ok(())
}

fn camp_places(camp: &Path) -> Places {
    let hostile = camp.join("tests/hostile");
    Places {
        course: camp.join("exercises"),
        exercises: hostile.join("exercises"),
        suites: hostile.join("suites"),
        obs: camp.join("crates/obs"),
        cache: camp.join("cache"),
    }
}

/// Programs of a toolchain that everybody may use; gives their folder.
fn toolchain(camp: &Path) -> Result<PathBuf> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).cwd(root()).run()?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.output).trim()).canonicalize()?;
    let to = camp.join("toolchain");
    for part in ["bin", "lib"] {
        let linked = Command::new("cp").args(["-rl"]).arg(sysroot.join(part)).arg(make(&to)?).run()?;
        if !linked.exit.success() {
            let copied = Command::new("cp").args(["-r"]).arg(sysroot.join(part)).arg(&to).run()?;
            ensure!(copied.exit.success(), "{}", runner::text::printable(&copied.stderr));
        }
    }
    Ok(to.join("bin"))
}

fn make(folder: &Path) -> Result<&Path> {
    fs_err::create_dir_all(folder)?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs_err::create_dir_all(to.parent().context("it lies in a folder")?)?;
    let copied = Command::new("cp").args(["-r"]).arg(from).arg(to).run()?;
    ensure!(copied.exit.success(), "{}", runner::text::printable(&copied.stderr));
    Ok(())
}

fn open(folder: &Path) {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
}
