//! The jail, tried with programs that mean harm; each trap that was found by measuring is a test.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use runner::jail::{Cell, Grant, Jail, LAUNCHER, Level, PRISONER, Profile, Right, Trial, missing};
use runner::{Command, Exit, Limits, Outcome};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;
use tempfile::TempDir;

/// Programs compiled for these tests, in a folder that everybody may enter.
struct Yard {
    folder: Folder,
}

enum Folder {
    Ours(TempDir),
    Made(PathBuf),
}

/// Says where everything is compiled already: for the same tests by another user, who may have no compiler.
const MADE: &str = "RUNNER_TEST_YARD";

static YARD: LazyLock<Yard> = LazyLock::new(|| {
    if let Some(made) = std::env::var_os(MADE) {
        return Yard { folder: Folder::Made(made.into()) };
    }
    let yard = Yard { folder: Folder::Ours(tempfile::tempdir().expect("a temporary folder can be made")) };
    open(yard.path(""), 0o755);
    yard.compile("launch", LAUNCHER);
    yard.compile("prisoner", PRISONER);
    std::fs::create_dir(yard.path("hidden")).expect("folders can be made");
    open(yard.path("hidden"), 0o777);
    std::fs::write(yard.path("hidden/secret"), "secret").expect("files can be written");
    for (name, source) in PROGRAMS {
        yard.compile(name, source);
    }
    yard
});

fn open(path: PathBuf, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
}

impl Yard {
    fn path(&self, name: &str) -> PathBuf {
        match &self.folder {
            Folder::Ours(folder) => folder.path().join(name),
            Folder::Made(folder) => folder.join(name),
        }
    }

    fn compile(&self, name: &str, source: &str) -> PathBuf {
        let (program, text) = (self.path(name), self.path(&format!("{name}.rs")));
        std::fs::write(&text, source).expect("files can be written");
        let flags = ["--edition=2024", "-Copt-level=1", "-Ctarget-feature=+crt-static", "-o"];
        let outcome = Command::new("rustc").args(flags).arg(&program).arg(text).run().expect("rustc is there");
        assert!(outcome.exit.success(), "{}", String::from_utf8_lossy(&outcome.stderr));
        program
    }

    fn jail(&self, level: Level) -> Jail {
        let user = rustix::process::geteuid().is_root().then_some(60_900);
        Jail::new(level, self.path("launch"), user).expect("bubblewrap is installed")
    }
}

/// The levels that can be tried here; CI has what all of them need.
fn levels() -> Vec<Level> {
    let all = std::env::var_os("WDL_REQUIRE_ALL").is_some();
    Level::ALL.into_iter().filter(|level| all || missing(*level).is_none()).collect()
}

fn limits() -> Limits {
    Limits {
        wall: Duration::from_secs(20),
        grace: Duration::ZERO,
        cpu_seconds: Some(10),
        address_space: None,
        data: Some(256 << 20),
        file_size: 0,
        ..Limits::listing()
    }
}

fn run(level: Level, program: &str, limits: Limits) -> Outcome {
    let program = YARD.path(program);
    let cell = Cell { profile: Profile::Run, view: vec![Grant::new(&program, Right::Execute)], tasks: 16 };
    YARD.jail(level).run(&Command::new(program).limits(limits), &cell).expect("the jail can be entered")
}

fn said(outcome: &Outcome) -> String {
    String::from_utf8_lossy(&outcome.output).into_owned()
}

#[test]
fn a_prisoner_gets_nowhere_and_can_still_compute() {
    for level in levels() {
        let trial = Trial { prisoner: YARD.path("prisoner"), secret: YARD.path("hidden/secret") };
        for profile in [Profile::Compile, Profile::Run, Profile::Sanitized] {
            trial.hold(&YARD.jail(level), profile).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

/// Programs that go to their limits, each by one means.
const PROGRAMS: [(&str, &str); 8] = [
    ("loop", "fn main() { loop {} }"),
    ("sleep", "fn main() { loop { std::thread::park() } }"),
    ("flood", "fn main() { loop { println!(\"{:1000}\", 1) } }"),
    ("environment", "fn main() { for (name, _) in std::env::vars() { println!(\"{name}\") } }"),
    ("abort", "fn main() { std::process::abort() }"),
    (
        "threads",
        "fn main() { let mut n = 0; while std::thread::Builder::new().stack_size(16384).spawn(|| std::thread::park()).is_ok() && n < 4000 { n += 1 } println!(\"{n}\") }",
    ),
    (
        "memory",
        "fn main() { let mut all = vec![]; let hold = |all: &mut Vec<Vec<u8>>| { let mut one = Vec::new(); let room = one.try_reserve_exact(1 << 20).is_ok(); if room { one.resize(1 << 20, 1u8); all.push(one) } room }; std::thread::spawn(|| ()).join().unwrap(); while hold(&mut all) {} println!(\"{}\", all.len()) }",
    ),
    ("touch", "fn main() { let mut all = vec![]; loop { all.push(vec![1u8; 1 << 20]) } }"),
];

#[test]
fn outside_of_the_jail_the_prisoner_manages_nearly_everything() {
    let input = format!("{}\n{}\n1\n", YARD.path("hidden/secret").display(), YARD.path("hidden").display());
    let said =
        said(&Command::new(YARD.path("prisoner")).stdin(input).limits(Limits::listing()).run().expect("it runs"));
    for attempt in [
        "read a hidden file",
        "read another's environment",
        "read /etc/passwd",
        "write a file",
        "make a socket",
        "fork",
        "start a program",
    ] {
        assert!(said.contains(attempt), "{said}");
    }
    std::fs::remove_file(YARD.path("hidden/prisoner")).expect("it wrote one");
}

#[test]
fn an_endless_loop_and_an_endless_sleep_end_at_their_limits() {
    for level in levels() {
        let short = || Limits { wall: Duration::from_millis(1500), cpu_seconds: Some(1), ..limits() };
        assert!(matches!(run(level, "loop", short()).exit, Exit::OutOfCpu | Exit::TimedOut), "{level}");
        assert_eq!(run(level, "sleep", short()).exit, Exit::TimedOut, "{level}");
    }
}

#[test]
fn a_program_that_is_not_wanted_any_more_is_ended_before_its_limits() {
    for level in levels() {
        let program = YARD.path("loop");
        let cell = Cell { profile: Profile::Run, view: vec![Grant::new(&program, Right::Execute)], tasks: 16 };
        let start = || YARD.jail(level).start(&Command::new(&program).limits(limits()), &cell);
        let begun = std::time::Instant::now();
        let inmate = start().expect("the jail can be entered");
        std::thread::sleep(Duration::from_millis(500));
        assert!(!inmate.is_finished(), "{level}");
        inmate.cancel();
        assert_eq!(inmate.wait().expect("it was in the jail").exit, Exit::Canceled, "{level}");
        drop(start().expect("the jail can be entered"));
        assert!(begun.elapsed() < Duration::from_secs(10), "{level}");
    }
}

#[test]
fn a_flood_of_output_is_stopped() {
    for level in levels() {
        let outcome = run(level, "flood", Limits { output: 1 << 10, flood: 1 << 20, ..limits() });
        assert_eq!((outcome.exit, outcome.output.len()), (Exit::TooMuchOutput, 1 << 10), "{level}");
    }
}

#[test]
fn nothing_of_our_environment_is_seen() {
    for level in levels() {
        let said = said(&run(level, "environment", limits()));
        let foreign = |name: &&str| !["LC_ALL", "LANG", "TZ", "WDL_RUN", "PWD"].contains(name);
        assert_eq!(said.lines().filter(foreign).collect::<Vec<_>>(), [""; 0], "{level}");
    }
}

#[test]
fn an_abort_is_seen_as_its_signal_through_every_wrapping() {
    for level in levels() {
        let exit = run(level, "abort", limits()).exit;
        assert!(matches!(exit, Exit::Signaled(signal) if signal.name() == Some("SIGABRT")), "{level}: {exit}");
    }
}

/// RLIMIT_NPROC does not bind root, and for an ordinary user it counts everything of that user: so the jail has
/// a user of its own, or a namespace; where it has neither, RLIMIT_DATA binds.
#[test]
fn threads_are_bounded() {
    for level in levels() {
        let count: usize = said(&run(level, "threads", limits())).trim().parse().expect("it prints a number");
        let is_counted = YARD.jail(level).user().is_some() || level == Level::Bubblewrap;
        assert!((1..if is_counted { 16 } else { 4000 }).contains(&count), "{level}: {count}");
    }
}

/// RLIMIT_AS would leave a program that started a thread a fifth of it: the C library reserves addresses.
#[test]
fn nearly_all_of_the_memory_that_is_allowed_can_be_used_by_a_program_with_threads() {
    for level in levels() {
        let mib: usize = said(&run(level, "memory", limits())).trim().parse().expect("it prints a number");
        assert!((230..256).contains(&mib), "{level}: {mib}");
    }
}

#[test]
fn memory_that_no_limit_of_the_kernel_counts_is_watched() {
    for level in levels() {
        let limits = Limits { data: None, resident: Some(128 << 20), ..limits() };
        assert_eq!(run(level, "touch", limits).exit, Exit::TooMuchMemory, "{level}");
    }
}

/// What is left in the process table counts as a task of its user, dead or not.
#[test]
fn nothing_is_left_in_the_process_table() {
    if !rustix::process::geteuid().is_root() {
        return; // Then nobody but us runs as the user.
    }
    for level in levels() {
        let (jail, program) =
            (Jail::new(level, YARD.path("launch"), Some(60_902)).expect("it was made before"), YARD.path("abort"));
        for _ in 0..5 {
            let cell = Cell { profile: Profile::Run, view: vec![Grant::new(&program, Right::Execute)], tasks: 16 };
            jail.run(&Command::new(&program).limits(limits()), &cell).expect("the jail can be entered");
        }
        let entries = std::fs::read_dir("/proc").expect("/proc is mounted").flatten();
        let of_user = |entry: &std::fs::DirEntry| entry.metadata().is_ok_and(|about| about.uid() == 60_902);
        assert_eq!(entries.filter(of_user).count(), 0, "{level}");
    }
}

#[test]
fn a_program_that_is_not_granted_is_our_failure_and_not_its_own() {
    for level in levels() {
        let cell = Cell { profile: Profile::Run, view: Vec::new(), tasks: 16 };
        let error = YARD.jail(level).run(&Command::new(YARD.path("abort")).limits(limits()), &cell);
        assert!(error.expect_err("nothing can run").to_string().contains("could not be jailed"), "{level}");
    }
}

/// Whoever grades at home is not root. The tests above, by somebody else.
#[test]
fn an_ordinary_user_has_the_same_jail() {
    if !rustix::process::geteuid().is_root() {
        return; // Then all tests ran as one.
    }
    let tests = YARD.path("tests");
    std::fs::copy(std::env::current_exe().expect("we are a file"), &tests).expect("files can be copied");
    open(tests.clone(), 0o755);
    let outcome = Command::new(tests)
        .args(["--skip", "an_ordinary_user", "--skip", "outside_of"])
        .env(MADE, YARD.path(""))
        .pass(["WDL_REQUIRE_ALL"])
        .cwd("/")
        .user(60_901)
        .run()
        .expect("it runs");
    assert!(outcome.exit.success(), "{}", said(&outcome));
    assert!(said(&outcome).contains("11 passed"), "{}", said(&outcome));
}
