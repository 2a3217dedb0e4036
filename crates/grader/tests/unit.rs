//! One submission, one verdict, one file: what it depends on, and what becomes of it.

mod small;

use grader::unit::{self, Seed, Store};
use model::graded::Graded;
use model::report::Outcome;
use small::{Small, write};
use std::path::PathBuf;
use tempfile::TempDir;

const RIGHT: &str = "pub fn double(n: u64) -> u64 {\n    n + n\n}\n";

/// A grader, a store, and what was handed in.
struct Desk {
    small: Small,
    place: TempDir,
}

impl Desk {
    fn new(source: &str) -> Self {
        let desk = Self { small: Small::new(), place: tempfile::tempdir().expect("a temporary folder can be made") };
        desk.hand_in(source);
        desk
    }

    fn handed_in(&self) -> PathBuf {
        self.place.path().join("handed-in")
    }

    fn hand_in(&self, source: &str) {
        write(&self.handed_in().join("src/lib.rs"), source);
    }

    fn store(&self) -> Store {
        Store::new(self.place.path().join("store"))
    }

    fn grade(&self, seed: &Seed) -> anyhow::Result<Graded> {
        unit::grade(&self.small.grader, "heap/double", &self.handed_in(), seed, &self.store())
    }

    fn with_secret(&self) -> Graded {
        let secret = Seed::of_secret(&self.store().secret()).expect("the store can be written");
        self.grade(&secret).expect("the grader does its work")
    }

    fn kept(&self) -> usize {
        let Ok(entries) = std::fs::read_dir(self.place.path().join("store")) else { return 0 };
        let entries = entries.flatten();
        entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json")).count()
    }
}

#[test]
fn the_same_inputs_are_graded_once_and_give_the_same_bytes() {
    let desk = Desk::new(RIGHT);
    let first = desk.with_secret();
    assert_eq!((first.report.outcome, desk.kept()), (Outcome::Passed, 1));
    let path = desk.store().path(&first.key);
    let bytes = fs_err::read(&path).expect("it was kept");
    assert_eq!(desk.with_secret(), first);
    fs_err::remove_file(&path).expect("it is ours");
    desk.with_secret();
    assert_eq!(fs_err::read(&path).expect("it was made again"), bytes);
}

#[test]
fn a_verdict_that_was_cut_off_while_it_was_written_is_made_again() {
    let desk = Desk::new(RIGHT);
    let path = desk.store().path(&desk.with_secret().key);
    fs_err::write(&path, "{\"key\": ").expect("it is ours");
    assert_eq!(desk.with_secret().report.outcome, Outcome::Passed);
    assert!(fs_err::read_to_string(&path).expect("it was made again").ends_with("}\n"));
}

#[test]
fn nobody_can_know_the_seed_before_the_submission_is_made() {
    let desk = Desk::new(RIGHT);
    let first = desk.with_secret().report.seed;
    desk.hand_in(&format!("{RIGHT}// another\n"));
    let second = desk.with_secret().report.seed;
    assert_ne!(first, second);
    let other = desk.grade(&Seed::Secret(b"of another set".to_vec())).expect("the grader does its work");
    assert_ne!(second, other.report.seed);
    assert_eq!(desk.grade(&Seed::Given(7)).expect("the grader does its work").report.seed, 7);
    assert_eq!(desk.kept(), 4);
}

#[test]
fn another_suite_gives_another_key() {
    let desk = Desk::new(RIGHT);
    let first = desk.with_secret();
    let criteria = desk.small.folder().join("suites/heap/double/criteria.toml");
    let text = fs_err::read_to_string(&criteria).expect("the suite is there").replace("size = 5", "size = 6");
    write(&criteria, &text);
    let second = desk.with_secret();
    assert_ne!((first.key, first.suite), (second.key, second.suite));
}

#[test]
fn what_is_missing_is_a_verdict_and_what_was_left_out_is_listed() {
    let desk = Desk::new(RIGHT);
    write(&desk.handed_in().join("build.rs"), "fn main() {}");
    assert_eq!(desk.with_secret().ignored.len(), 1);
    fs_err::remove_file(desk.handed_in().join("src/lib.rs")).expect("it is ours");
    let graded = desk.with_secret();
    assert_eq!((graded.report.outcome, graded.report.points, graded.report.of), (Outcome::BuildError, 0, 3));
    assert!(graded.report.message.contains("src/lib.rs"), "{}", graded.report.message);
}

#[test]
fn when_the_suite_is_at_fault_nothing_is_kept_and_it_can_be_tried_again() {
    let desk = Desk::new(RIGHT);
    let hidden = desk.small.folder().join("suites/heap/double/hidden.rs");
    let text = fs_err::read_to_string(&hidden).expect("the suite is there");
    write(&hidden, &text.replace("let n = o.below(9);", "let n = o.below(9); assert!(n > 9);"));
    let error = desk.grade(&Seed::Given(1)).expect_err("the reference panics").to_string();
    assert!(error.contains("could not be graded") && desk.kept() == 0, "{error}");
    write(&hidden, &text);
    assert_eq!(desk.grade(&Seed::Given(1)).expect("it is mended").report.outcome, Outcome::Passed);
}

#[test]
fn the_visible_tests_say_what_does_not_fit_and_the_hidden_ones_never_do() {
    let desk = Desk::new("pub fn double(n: u32) -> u32 {\n    n + n\n}\n");
    let message = || desk.grade(&Seed::Given(1)).expect("the grader does its work").report.message;
    assert!(message().contains("E0308") && !message().contains("hidden"), "{}", message());
    write(
        &desk.small.folder().join("exercises/heap/double/tests/visible.rs"),
        "#[test]\nfn one() {\n    assert_eq!(double::double(1u64), 2u64);\n}\n",
    );
    fs_err::remove_dir_all(desk.place.path().join("store")).expect("it is ours");
    assert!(message().contains("visible.rs:3"), "{}", message());
}
