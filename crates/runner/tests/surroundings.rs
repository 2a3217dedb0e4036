//! What a child finds around it: environment, limits, addresses.

#![cfg(unix)]

mod common;

use std::collections::BTreeSet;
use std::env;

use common::{output, run, shell};
use runner::{Capture, Command, Exit, FIXED, Limits, NETWORK, PASSED, Signal, TAG};

fn names(environment: &str) -> BTreeSet<&str> {
    environment.lines().filter_map(|line| Some(line.split_once('=')?.0)).collect()
}

fn is_set(name: &&&str) -> bool {
    env::var_os(name).is_some()
}

#[test]
fn the_environment_contains_exactly_the_allowed_names() {
    let environment = output(&Command::new("env"));
    let expected: BTreeSet<&str> =
        FIXED.iter().map(|(name, _)| *name).chain(PASSED.iter().filter(is_set).copied()).chain([TAG]).collect();
    assert_eq!(names(&environment), expected);
    for line in ["LC_ALL=C\n", "LANG=C\n", "TZ=UTC\n"] {
        assert!(environment.contains(line), "{line} is not in {environment}");
    }
}

#[test]
fn variables_that_a_caller_adds_or_lets_through_are_there() {
    let command =
        Command::new("env").env("SHELF", "3").env("TZ", "Asia/Tokyo").pass(["CARGO_MANIFEST_DIR", "NOT_SET_ANYWHERE"]);
    let environment = output(&command);
    assert!(environment.contains("SHELF=3\n"));
    assert!(environment.contains("TZ=Asia/Tokyo\n"));
    assert!(environment.contains("CARGO_MANIFEST_DIR="), "cargo test sets it for us");
    assert!(!environment.contains("NOT_SET_ANYWHERE"));
    let with_network = output(&Command::new("env").pass(NETWORK));
    let expected: BTreeSet<&str> = NETWORK.iter().filter(is_set).copied().collect();
    assert!(names(&with_network).is_superset(&expected));
}

/// Run by the test below, in a process whose environment it chose.
#[test]
#[ignore = "a part of another test"]
fn part_that_shows_the_environment_of_its_child() {
    run(&Command::new("env").capture(Capture::Inherit));
}

#[test]
fn what_our_own_environment_says_about_backtraces_flags_and_packages_does_not_reach_a_child() {
    let ours = ["RUST_BACKTRACE", "RUSTFLAGS", "CARGO_PKG_NAME", "CARGO_TARGET_DIR", "MALLOC_ARENA_MAX"];
    let mut command = Command::new(env::current_exe().expect("we have a file")).args([
        "--ignored",
        "--nocapture",
        "--exact",
        "part_that_shows_the_environment_of_its_child",
    ]);
    for name in ours {
        command = command.env(name, "1");
    }
    let text = output(&command);
    assert!(text.contains("TZ=UTC\n"), "{text}");
    for name in ours {
        assert!(!names(&text).contains(name), "{name} came through: {text}");
    }
}

#[test]
fn the_tag_differs_from_run_to_run_and_keeps_its_length() {
    let tag = || output(&shell(&format!("echo ${TAG}")));
    let (first, second) = (tag(), tag());
    assert_ne!(first, second);
    assert_eq!(first.len(), second.len());
}

#[test]
fn the_stack_limit_is_what_was_asked_for() {
    assert_eq!(output(&shell("ulimit -s")), "8192\n");
    let limits = Limits { stack: 1 << 20, ..Limits::listing() };
    assert_eq!(output(&shell("ulimit -s").limits(limits)), "1024\n");
}

#[test]
fn open_files_file_size_and_core_files_are_limited() {
    assert_eq!(output(&shell("ulimit -n; ulimit -c")), "1024\n0\n");
    let directory = tempfile::tempdir().expect("a directory of ours");
    let limits = Limits { file_size: 1 << 20, ..Limits::listing() };
    let outcome = run(&shell("exec head -c 2000000 /dev/zero > large").cwd(directory.path()).limits(limits));
    assert_eq!(outcome.exit.to_string(), "was killed by SIGXFSZ (25)");
    let written = directory.path().join("large").metadata().expect("it began").len();
    assert_eq!(written, 1 << 20);
}

#[test]
fn a_child_that_dies_leaves_no_core_file() {
    let directory = tempfile::tempdir().expect("a directory of ours");
    let outcome = run(&shell("kill -SEGV $$").cwd(directory.path()));
    assert_eq!(Signal::from_name("SIGSEGV").map(Exit::Signaled), Some(outcome.exit));
    assert_eq!(directory.path().read_dir().expect("it is there").count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_address_space_limit_binds() {
    assert_eq!(output(&shell("ulimit -v")), "2097152\n");
    let block = "exec dd if=/dev/zero of=/dev/null bs=200M count=1";
    assert!(run(&shell(block)).exit.success());
    let limits = Limits { address_space: Some(100 << 20), ..Limits::listing() };
    assert_eq!(run(&shell(block).limits(limits)).exit, Exit::Exited(1));
}

#[test]
fn tools_have_no_limit_of_address_space() {
    assert_eq!(output(&shell("ulimit -v").limits(Limits::tool())), "unlimited\n");
}

#[cfg(target_os = "linux")]
#[test]
fn addresses_repeat_without_randomization_and_differ_with_it() {
    if Limits::unsupported().iter().any(|missing| missing.limit == "aslr") {
        return;
    }
    let addresses = |aslr| {
        let limits = Limits { aslr, ..Limits::listing() };
        let command = Command::new("grep").args(["-E", "stack|heap|grep", "/proc/self/maps"]);
        output(&command.limits(limits))
    };
    assert!(addresses(false).contains("[stack]"));
    assert_eq!(addresses(false), addresses(false));
    let random = std::fs::read_to_string("/proc/sys/kernel/randomize_va_space");
    if random.is_ok_and(|setting| setting.trim() == "2") {
        assert_ne!(addresses(true), addresses(true));
    }
}

#[test]
fn a_program_sees_the_name_by_which_it_was_called() {
    assert_eq!(output(&shell("echo $0")), "sh\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_leads_a_group_of_its_own() {
    let text = output(&shell("cut -d' ' -f5 /proc/self/stat; echo $$"));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], lines[1]);
}

#[test]
fn an_exact_limit_above_the_systems_is_our_failure_and_says_so() {
    let part = "part_that_asks_for_a_large_stack";
    let ours = env::current_exe().expect("we have a file");
    let script = format!("ulimit -s 4096; exec \"$0\" --ignored --nocapture --exact {part}");
    let text = output(&shell(&script).arg(ours).limits(Limits::tool()));
    assert!(text.contains("1 passed"), "{text}");
}

/// Run by the test above, with a hard limit of 4 MiB.
#[test]
#[ignore = "a part of another test"]
fn part_that_asks_for_a_large_stack() {
    let error = shell("true").run().expect_err("8 MiB are more than 4 MiB");
    assert_eq!(
        error.to_string(),
        "cannot give `sh` a stack limit of 8388608 bytes: the hard limit is 4194304; raise it \
         (`ulimit -Hs`) and run again"
    );
}
