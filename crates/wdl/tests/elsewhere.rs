//! What `teaching/` holds for other places to grade, tried as far as it can be without them.

#[cfg(not(all(feature = "grader", target_os = "linux", target_arch = "x86_64")))]
fn main() {}

#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
fn main() -> std::process::ExitCode {
    trials::run()
}

#[cfg(all(feature = "grader", target_os = "linux", target_arch = "x86_64"))]
mod trials {
    use anyhow::{Context, Result, ensure};
    use grader::set::SetFolder;
    use grader::task::Places;
    use libtest_mimic::{Arguments, Failed, Trial};
    use runner::{Command, Exit, Limits, Outcome};
    use serde_json::Value;
    use std::fs;
    use std::io::Cursor;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use std::time::Duration;
    use tempfile::TempDir;
    use wdl::console::Console;
    use zip::ZipArchive;

    /// A test, and the programs without which it cannot be made.
    type Test = (&'static str, &'static [&'static str], fn() -> Result<()>);

    const TESTS: [Test; 4] = [
        ("the_ready_sets_hold_every_exercise_of_their_chapter", &[], ready_sets),
        ("an_autograder_for_gradescope_holds_book_and_set_and_no_class_list", &["git"], gradescope_archive),
        ("gradescope_s_runner_grades_without_a_network", &["git", "unshare"], gradescope_run),
        ("classroom_50_gets_a_result_with_the_time_of_the_commit", &["git", "python3"], classroom50),
    ];

    pub(super) fn run() -> ExitCode {
        let arguments = Arguments::from_args();
        let all_required = std::env::var_os("WDL_REQUIRE_ALL").is_some_and(|value| value == "1");
        let (mut trials, mut gaps) = (Vec::new(), Vec::new());
        for (name, programs, test) in TESTS {
            let missing: Vec<&str> =
                programs.iter().copied().filter(|program| runner::tool::find(program).is_none()).collect();
            let trial = Trial::test(name, move || test().map_err(|error| Failed::from(format!("{error:#}"))));
            trials.push(trial.with_ignored_flag(!missing.is_empty() && !all_required));
            gaps.extend(
                missing.iter().map(|program| format!("not tested: {name}, because {program} is not installed")),
            );
        }
        let conclusion = libtest_mimic::run(&arguments, trials);
        if !arguments.list {
            gaps.iter().for_each(|gap| Console::new(true).say(gap));
        }
        conclusion.exit_code()
    }

    fn root() -> Result<PathBuf> {
        Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?)
    }

    /// A folder that jailed users may enter.
    fn open_folder() -> Result<TempDir> {
        let folder = tempfile::Builder::new().prefix("elsewhere-").tempdir()?;
        fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755))?;
        Ok(folder)
    }

    fn succeed(command: Command) -> Result<Outcome> {
        let outcome = command.limits(Limits { wall: Duration::from_secs(300), ..Limits::tool() }).run()?;
        let said = String::from_utf8_lossy(&outcome.stderr);
        ensure!(outcome.exit == Exit::Exited(0), "it {}:\n{said}", outcome.exit);
        Ok(outcome)
    }

    fn ready_sets() -> Result<()> {
        let root = root()?;
        let places = Places::of_repository(&root);
        let mut seen = 0;
        for entry in fs::read_dir(root.join("teaching/sets"))? {
            let path = entry?.path();
            let set = SetFolder::load(&path, &places)?;
            let chapter = path.file_name().context("a folder has a name")?.to_string_lossy().into_owned();
            let mut held: Vec<&str> = set.tasks.iter().map(|task| task.name.as_str()).collect();
            held.sort_unstable();
            let all = places.tasks()?;
            let wanted: Vec<&str> =
                all.iter().map(String::as_str).filter(|name| name.starts_with(&format!("{chapter}/"))).collect();
            ensure!(held == wanted, "{}: it holds {held:?}, and the chapter has {wanted:?}", path.display());
            seen += set.tasks.len();
        }
        ensure!(seen == places.tasks()?.len(), "every chapter with exercises has a set");
        Ok(())
    }

    /// A set with a class list, whose student nobody else should know.
    fn set(folder: &Path) -> Result<()> {
        let set = "id = 'two'\ntitle = 'Two'\nvisibility = 'message'\n\
            [[exercise]]\nid = 'stack-limits/big-buffer'\nweight = 2\n[[exercise]]\nid = 'heap/one-allocation'\n";
        fs::create_dir_all(folder)?;
        fs::write(folder.join("set.toml"), set)?;
        fs::write(folder.join("students.csv"), "id,name\ns1,Ann Example\n")?;
        Ok(fs::write(folder.join("secret"), "a secret that is always the same\n")?)
    }

    /// What a student handed in: one exercise solved, the other not begun.
    fn hand_in(folder: &Path) -> Result<()> {
        let root = root()?;
        for (exercise, from) in [
            ("big-buffer", "tests/suites/stack-limits/big-buffer/solution.rs"),
            ("one-allocation", "exercises/heap/one-allocation/src/lib.rs"),
        ] {
            let source = folder.join(exercise).join("src");
            fs::create_dir_all(&source)?;
            fs::copy(root.join(from), source.join("lib.rs"))?;
        }
        Ok(())
    }

    fn packed(room: &Path) -> Result<ZipArchive<Cursor<Vec<u8>>>> {
        set(&room.join("set"))?;
        let (archive, make) = (room.join("autograder.zip"), root()?.join("teaching/gradescope/make.sh"));
        succeed(Command::new(make).arg(room.join("set")).arg(&archive))?;
        Ok(ZipArchive::new(Cursor::new(fs::read(archive)?))?)
    }

    fn gradescope_archive() -> Result<()> {
        let room = open_folder()?;
        let archive = packed(room.path())?;
        let names: Vec<String> = archive.file_names().map(|name| Ok(name?.into_owned())).collect::<Result<_>>()?;
        for wanted in [
            "setup.sh",
            "run_autograder",
            "set/set.toml",
            "set/secret",
            "book/Cargo.lock",
            "book/exercises/course.toml",
        ] {
            ensure!(names.iter().any(|name| name == wanted), "it has no {wanted}");
        }
        ensure!(
            !names.iter().any(|name| name.starts_with("set/") && name.ends_with(".csv")),
            "it holds the class list"
        );
        Ok(())
    }

    fn gradescope_run() -> Result<()> {
        let room = open_folder()?;
        let place = room.path().join("autograder");
        packed(room.path())?.extract(place.join("source"))?;
        hand_in(&place.join("submission"))?;
        fs::create_dir_all(place.join("results"))?;
        let programs = Path::new(env!("CARGO_BIN_EXE_wdl")).parent().context("a program lies in a folder")?;
        let path = std::env::var("PATH")?;
        // As root a network can be cut off without giving up to be root.
        let cut: &[&str] = if runner::jail::is_root() { &["--net"] } else { &["--net", "--map-current-user"] };
        let command = Command::new("unshare")
            .args(cut)
            .arg(place.join("source/run_autograder"))
            .env("PATH", format!("{}:{path}", programs.display()))
            .env("AUTOGRADER", &place)
            .env("WDL_CACHE", room.path().join("cache"));
        succeed(command)?;
        let results: Value = serde_json::from_slice(&fs::read(place.join("results/results.json"))?)?;
        ensure!(results["score"] == 24, "twice the points of a whole exercise: {results:#}");
        let tests = results["tests"].as_array().context("there are tests")?;
        ensure!(tests.iter().any(|test| test["status"] == "failed"), "the exercise that was not begun fails");
        Ok(())
    }

    fn classroom50() -> Result<()> {
        let room = open_folder()?;
        set(&room.path().join("set"))?;
        let checkout = room.path().join("checkout");
        hand_in(&checkout)?;
        let time = "2026-11-20T18:30:00+01:00";
        let git = |words: &[&str]| {
            let who = ["-c", "user.name=Ann", "-c", "user.email=ann@uni.example"];
            let command = Command::new("git").args(who).args(words).cwd(&checkout);
            succeed(command.env("GIT_COMMITTER_DATE", time).env("GIT_AUTHOR_DATE", time))
        };
        git(&["init", "--quiet"])?;
        git(&["add", "."])?;
        git(&["commit", "--quiet", "--message", "Hand in"])?;
        let programs = Path::new(env!("CARGO_BIN_EXE_wdl")).parent().context("a program lies in a folder")?;
        let address = "https://github.com/uni/memory-week-ann";
        let mut command = Command::new("python3")
            .arg(root()?.join("teaching/classroom50/autograder.py"))
            .cwd(&checkout)
            .env("PATH", format!("{}:{}", programs.display(), std::env::var("PATH")?))
            .env("WDL_BOOK", root()?)
            .env("WDL_SET", room.path().join("set"))
            .env("XDG_CACHE_HOME", room.path().join("cache"));
        for (name, value) in [
            ("CLASSROOM", "memory"),
            ("ASSIGNMENT", "week"),
            ("ASSIGNMENT_TYPE", "individual"),
            ("OWNER", "ann"),
            ("SUBMISSION_TAG", "submit/2026-11-20T17-30-00Z-abcdef0"),
            ("COMMIT_URL", address),
            ("RELEASE_URL", address),
        ] {
            command = command.env(name, value);
        }
        succeed(command)?;
        let result: Value = serde_json::from_slice(&fs::read(checkout.join("result.json"))?)?;
        ensure!(result["datetime"] == "2026-11-20T17:30:00Z", "the time is the commit's: {result:#}");
        ensure!(result["score"] == 24 && result["owner"] == "ann" && result["review"] == address, "{result:#}");
        Ok(())
    }
}
