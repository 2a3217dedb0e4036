//! The rules of the repository, each with its reason. An exception is named where it is allowed.

use book_tests::root;
use fs_err as fs;
use regex::Regex;
use runner::{Command, Limits};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every file that git tracks or would track.
fn files() -> Vec<PathBuf> {
    let outcome = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .cwd(root())
        .limits(Limits::tool())
        .run()
        .expect("git lists the files of the repository");
    let names: Vec<PathBuf> = String::from_utf8_lossy(&outcome.output).lines().map(PathBuf::from).collect();
    assert!(names.len() > 50, "git lists only {} files", names.len());
    names.into_iter().filter(|name| root().join(name).is_file()).collect()
}

/// Hostile submissions are no software of ours: to break rules is what they are for.
fn rust_files() -> Vec<(PathBuf, String)> {
    let software = |path: &PathBuf| {
        path.extension().is_some_and(|e| e == "rs")
            && (path.starts_with("crates") || path.starts_with("tests"))
            && !path.starts_with("tests/hostile/submissions")
    };
    files().into_iter().filter(software).map(|path| (path.clone(), read(&path))).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).expect("a tracked file can be read")
}

/// Code outside of `#[cfg(test)]` modules.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// Lines that hold `needle` in code, not in a comment or in a string.
fn code_lines<'a>(text: &'a str, needle: &Regex) -> Vec<&'a str> {
    let strings = Regex::new(r#""(?:[^"\\]|\\.)*""#).expect("the pattern is fixed");
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//") && needle.is_match(&strings.replace_all(line, "")))
        .collect()
}

fn offenders(pattern: &str, allowed: &[&str]) -> Vec<String> {
    let needle = Regex::new(pattern).expect("the pattern is fixed");
    let mut found = Vec::new();
    for (path, text) in rust_files() {
        if allowed.iter().any(|allowed| path.starts_with(allowed)) {
            continue;
        }
        found.extend(
            code_lines(without_tests(&text), &needle)
                .into_iter()
                .map(|line| format!("{}: {}", path.display(), line.trim())),
        );
    }
    found
}

/// A process that the runner does not own is one that nobody limits, groups or kills.
/// Exceptions: the runner itself; skeptic's generated tests spawn rustc on their own.
#[test]
fn only_the_runner_starts_processes() {
    let found = offenders(r"process::Command|std::process::\{[^}]*Command|libc::fork|execv", &["crates/runner"]);
    assert!(found.is_empty(), "{found:#?}");
}

/// Output that comes from everywhere can be neither redirected nor tested.
/// Exceptions: the consoles; the build script, whose output cargo reads; the text of a new listing; tests
/// of the runner, whose children print on purpose, and its prisoner, which is such a child; programs of hidden
/// suites, which stand for a student's; programs that the recorder's tests record, and that the server's tests send.
#[test]
fn only_the_console_prints() {
    let found = offenders(
        r"\b(e?print(ln)?!|dbg!|io::stdout\(\)|io::stderr\(\))",
        &[
            "crates/book/src/console.rs",
            "crates/wdl/src/console.rs",
            "crates/book/build.rs",
            "crates/book/tests/programs",
            "crates/book/src/scaffold.rs",
            "crates/runner/tests",
            "crates/runner/src/bin/prisoner.rs",
            "crates/trace/tests",
            "tests/suites",
        ],
    );
    assert!(found.is_empty(), "{found:#?}");
}

/// A library that exits takes the decision from its caller, and skips every destructor.
/// Exceptions: `main`, also that of drivers, which `obs` is; tests of the runner, whose children exit on
/// purpose, and its prisoner; programs that the recorder's tests record.
#[test]
fn only_main_exits() {
    let found = offenders(
        r"process::exit|process::abort",
        &[
            "crates/book/src/main.rs",
            "crates/wdl/src/main.rs",
            "crates/obs/src/lib.rs",
            "crates/trace/tests",
            "crates/runner/tests",
            "crates/runner/src/bin/prisoner.rs",
        ],
    );
    assert!(found.is_empty(), "{found:#?}");
}

/// The model is what everything shares; were it to read files, nothing could be tested without them.
#[test]
fn the_model_does_no_input_or_output() {
    let needle = Regex::new(r"std::(fs|io|net|process|env)|fs_err").expect("the pattern is fixed");
    for (path, text) in rust_files().into_iter().filter(|(path, _)| path.starts_with("crates/model")) {
        assert_eq!(code_lines(&text, &needle), [""; 0], "{}", path.display());
    }
}

/// The arrows of ARCHITECTURE.md: what may depend on what inside the workspace.
#[test]
fn crates_depend_only_on_those_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("model", &[][..]),
        ("measure", &[]),
        ("obs", &[]),
        ("runner", &["model"]),
        ("trace", &["model", "runner"]),
        ("book", &["model", "runner", "trace"]),
        ("grader", &["model", "obs", "runner"]),
        ("wdl", &["model", "runner", "grader"]),
    ]);
    let members: BTreeSet<&str> = allowed.keys().copied().collect();
    let mut seen = BTreeSet::new();
    for entry in fs::read_dir(root().join("crates")).expect("crates can be listed").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let manifest: toml::Table =
            toml::from_str(&read(&Path::new("crates").join(&name).join("Cargo.toml"))).expect("a manifest is TOML");
        let depends =
            manifest.get("dependencies").and_then(|table| table.as_table()).into_iter().flat_map(|table| table.keys());
        let may = allowed.get(name.as_str()).unwrap_or_else(|| panic!("crate `{name}` is not in the list of arrows"));
        for other in depends.filter(|other| members.contains(other.as_str())) {
            assert!(may.contains(&other.as_str()), "`{name}` must not depend on `{other}`");
        }
        seen.insert(name);
    }
    assert_eq!(seen.len(), allowed.len(), "the list of arrows names crates that do not exist");
}

/// Code that is read aloud must fit into a breath: files mostly under 400 lines.
#[test]
fn source_files_stay_short() {
    let long: Vec<String> = rust_files()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 450)
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "each of these holds more than one concern: {long:#?}");
}

/// A map that names what does not exist is worse than none.
#[test]
fn every_path_that_the_documents_name_exists() {
    let path = Regex::new(r"`((?:crates|src|listings|data|theme|tests|\.ci|\.cargo)/[A-Za-z0-9_./-]*)`")
        .expect("the pattern is fixed");
    for document in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"] {
        let text = read(Path::new(document));
        for found in path.captures_iter(&text) {
            let exists = root().join(&found[1]).exists();
            assert!(exists, "{document} names `{}`, which does not exist", &found[1]);
        }
    }
}

/// Numbers in names have to be changed when something is put in between.
#[test]
fn chapters_and_listings_are_named_without_numbers_and_the_trees_are_parallel() {
    let folders = |parent: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(root().join(parent)).expect("the tree can be listed").flatten();
        entries
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    };
    let (text, listings) = (folders("src"), folders("listings"));
    assert_eq!(text, listings, "src/ and listings/ have the same chapters");
    let numbered = Regex::new(r"(^|/)(ch)?[0-9]+[-_]").expect("the pattern is fixed");
    let found: Vec<PathBuf> = files()
        .into_iter()
        .filter(|path| {
            (path.starts_with("src") || path.starts_with("listings")) && numbered.is_match(&path.to_string_lossy())
        })
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

/// The theme adds to mdBook's; a copy of its templates would tie the book to one version of them.
#[test]
fn the_theme_overrides_no_template() {
    for name in ["index.hbs", "book.js", "toc.js.hbs", "redirect.hbs"] {
        assert!(!root().join("theme").join(name).exists(), "theme/{name} must not exist");
    }
}

/// A dependency that may change under us makes a build that passed yesterday fail today.
#[test]
fn every_dependency_is_pinned_to_one_version() {
    let manifest: toml::Table = toml::from_str(&read(Path::new("Cargo.toml"))).expect("the manifest is TOML");
    let table = manifest["workspace"]["dependencies"].as_table().expect("the workspace has dependencies");
    for (name, value) in table {
        let version = value.as_str().or_else(|| value.get("version").and_then(|version| version.as_str()));
        let local = value.get("path").is_some();
        assert!(local || version.is_some_and(|version| version.starts_with('=')), "`{name}` is not pinned with `=`");
    }
}

/// Links of a lock file that name a registry's host would fail where another registry serves.
#[test]
fn the_lock_file_of_the_browser_tests_names_no_host() {
    let lock = read(Path::new("tests/browser/package-lock.json"));
    assert!(!lock.contains("\"resolved\": \"http"), "run npm install with the project's .npmrc");
}

/// What readers are told to copy must be what CI runs.
#[test]
fn ci_calls_the_test_command_of_the_readme() {
    let command = "cargo test";
    assert!(read(Path::new("README.md")).contains(command));
    assert!(read(Path::new(".ci/run")).lines().any(|line| line.trim().starts_with(command)));
}

/// One style, so that a difference in a diff is a difference in meaning.
#[test]
fn the_code_is_formatted() {
    let outcome = Command::new("cargo")
        .args(["fmt", "--all", "--check"])
        .cwd(root())
        .limits(Limits::tool())
        .run()
        .expect("cargo runs");
    let missing = String::from_utf8_lossy(&outcome.stderr).contains("not installed");
    assert!(
        outcome.exit.success() || (missing && !book_tests::require_all()),
        "run `cargo fmt`:\n{}",
        runner::text::printable(&outcome.output)
    );
}
