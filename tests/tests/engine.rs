//! The listing engine on programs that misbehave, and on authors who change their minds.

use book::costs::{self, Side};
use book::engine::{Engine, Reuse, Verdict};
use book::library::Library;
use book::scaffold;
use book_tests::{LISTING, SmallBook, root};
use model::id::ListingId;
use std::time::{Duration, Instant};

/// Runs the whole small book and gives the verdict of one of its listings.
fn verdict(book: &SmallBook, name: &str) -> Verdict {
    let library = Library::load(book.root()).expect("the folders can be listed");
    let mut engine = Engine::open(book.root(), &library).expect("the compiler is there");
    let checks = engine.checks(&library, Reuse::Unchanged);
    engine.prepare(&library, checks.iter()).expect("cargo can build the package");
    let check = checks.iter().find(|check| check.id.slug == name).expect("the listing is there");
    engine.verify(&library, check)
}

fn rust(name: &str, text: &str) -> SmallBook {
    let book = SmallBook::with_listing();
    book.write(&format!("listings/heap/src/bin/{name}.rs"), text);
    book.write(&format!("listings/heap/expected/{name}.txt"), "");
    book
}

fn failure(book: &SmallBook, name: &str) -> String {
    match verdict(book, name) {
        Verdict::Failed(message) => message,
        other => panic!("`{name}` should fail, but it {other:?}"),
    }
}

#[test]
fn a_listing_that_does_what_is_recorded_passes_and_is_not_run_again() {
    let book = SmallBook::with_listing();
    assert_eq!(verdict(&book, "grow"), Verdict::Passed);
    assert_eq!(verdict(&book, "grow"), Verdict::Unchanged);
    book.write("listings/heap/src/bin/grow.rs", LISTING.replace("vec![1, 2, 3]", "vec![1, 2, 4]"));
    assert_eq!(verdict(&book, "grow"), Verdict::Passed);
}

#[test]
fn another_golden_or_another_package_makes_a_listing_run_again() {
    let book = SmallBook::with_listing();
    assert_eq!(verdict(&book, "grow"), Verdict::Passed);
    book.write("listings/heap/src/lib.rs", "//! Shared.\n");
    assert_eq!(verdict(&book, "grow"), Verdict::Passed);
    book.write("listings/heap/expected/grow.txt", "capacity 4\n");
    assert!(matches!(verdict(&book, "grow"), Verdict::Failed(_)));
}

#[test]
fn a_difference_is_shown_line_by_line_with_the_command_that_accepts_it() {
    let book = SmallBook::with_listing();
    book.write("listings/heap/expected/grow.txt", "capacity 4\n");
    let message = failure(&book, "grow");
    assert!(message.contains("- capacity 4") && message.contains("+ capacity 3"), "{message}");
    assert!(message.contains("cargo book bless heap/grow"), "{message}");
}

#[test]
fn a_listing_that_loops_is_ended_at_its_time() {
    let book =
        rust("loops", "//@ timeout: 0.5 s\n\nfn main() {\n    loop {\n        std::hint::spin_loop();\n    }\n}\n");
    let begun = Instant::now();
    let message = failure(&book, "loops");
    assert!(message.contains("timed out") || message.contains("time"), "{message}");
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_listing_that_floods_its_output_is_ended() {
    let book =
        rust("floods", "fn main() {\n    loop {\n        println!(\"{}\", \"water \".repeat(1000));\n    }\n}\n");
    let message = failure(&book, "floods");
    assert!(message.contains("it wrote too much"), "{message}");
}

#[test]
fn a_listing_that_forks_without_end_leaves_no_process() {
    let source = "use std::process::Command;\n\nfn main() {\n    let me = std::env::current_exe().unwrap();\n    for _ in 0..2 {\n        let _ = Command::new(&me).spawn();\n    }\n    std::thread::sleep(std::time::Duration::from_secs(30));\n}\n";
    let book = rust("forks", source);
    let message = failure(&book, "forks");
    assert!(message.contains("process"), "{message}");
    assert_eq!(processes_of(&book), 0);
}

#[test]
fn a_listing_that_ignores_sigterm_is_ended_all_the_same() {
    let source = "//@ tool: python3 3.0..4.0\nimport signal, time\n\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint(\"deaf\", flush=True)\ntime.sleep(60)\n".replace("//@", "#@");
    let book = SmallBook::with_listing();
    book.write("listings/heap/other/deaf.py", format!("#@ timeout: 0.5 s\n{source}"));
    book.write("listings/heap/expected/deaf.txt", "deaf\n");
    if runner::tool::find("python3").is_none() {
        return;
    }
    let message = failure(&book, "deaf");
    assert!(message.contains("deaf"), "{message}");
    assert_eq!(processes_of(&book), 0);
}

/// Running processes whose program or script lies in the small book.
fn processes_of(book: &SmallBook) -> usize {
    let needle = book.root().to_string_lossy().into_owned();
    let entries = fs_err::read_dir("/proc").expect("this test runs on Linux").flatten();
    entries
        .filter(|entry| {
            std::fs::read(entry.path().join("cmdline"))
                .is_ok_and(|line| String::from_utf8_lossy(&line).contains(&needle))
        })
        .count()
}

#[test]
fn a_missing_interpreter_is_a_gap_that_says_what_to_install() {
    let book = SmallBook::with_listing();
    book.write("listings/heap/other/odd.js", "//@ tool: no-such-node 1.0..2.0\nconsole.log(1);\n");
    book.write("listings/heap/expected/odd.txt", "1\n");
    match verdict(&book, "odd") {
        Verdict::Gap(reason) => assert!(reason.contains("no-such-node"), "{reason}"),
        other => panic!("expected a gap, got {other:?}"),
    }
}

#[test]
fn another_ending_than_the_header_says_is_a_failure_with_the_output() {
    let book = rust(
        "panics",
        "fn main() {\n    let shelf: [u8; 0] = [];\n    println!(\"{}\", shelf[std::env::args().count()]);\n}\n",
    );
    let message = failure(&book, "panics");
    assert!(message.contains("101") && message.contains("index out of bounds"), "{message}");
}

#[test]
fn a_listing_that_does_not_compile_is_a_failure_with_the_compilers_words() {
    let book = rust("broken", "fn main() {\n    let n: u8 = \"three\";\n}\n");
    let message = failure(&book, "broken");
    assert!(message.contains("mismatched types"), "{message}");
    assert_eq!(verdict(&book, "grow"), Verdict::Passed);
}

#[test]
fn a_warning_must_be_expected() {
    let source = "fn main() {\n    let idle = 1;\n}\n";
    let message = failure(&rust("warned", source), "warned");
    assert!(message.contains("unused_variables"), "{message}");
    assert_eq!(verdict(&rust("warned", &format!("//@ warns: unused_variables\n{source}")), "warned"), Verdict::Passed);
}

#[test]
fn a_program_that_must_not_compile_fails_with_that_error_on_that_line() {
    let right = "fn main() {\n    let n: u8 = \"three\"; //~ E0308\n}\n";
    let book = SmallBook::with_listing();
    let at = |text: &str| {
        book.write("listings/heap/fail/wrong-type.rs", text);
        failure(&book, "wrong-type")
    };
    assert!(at(right).contains("never recorded"));
    assert!(at(&right.replace("E0308", "E0382")).contains("E0308 on line 2"));
    assert!(at("fn main() {\n    let n: u8 = 3; //~ E0308\n    let _ = n;\n}\n").contains("no error"));
    assert!(at("fn main() { //~ E0308\n    let n: u8 = \"three\";\n}\n").contains("E0308 on line 2"));
}

#[test]
fn a_number_outside_its_declared_range_is_a_failure() {
    let source = "//@ varies count: count (\\d+) in 1..5\n\nfn main() {\n    println!(\"count 7\");\n}\n";
    let message = failure(&rust("counts", source), "counts");
    assert!(message.contains("`count` is 7"), "{message}");
}

#[test]
fn recording_writes_one_file_for_builds_that_agree_and_two_for_builds_that_do_not() {
    let book = SmallBook::with_listing();
    let source = "//@ profiles: debug, release\n\nfn main() {\n    println!(\"checked: {}\", cfg!(debug_assertions) || std::env::args().count() > 9);\n}\n";
    let same = source.replace("cfg!(debug_assertions) || ", "");
    let goldens = |text: &str| {
        book.write("listings/heap/src/bin/builds.rs", text);
        let library = Library::load(book.root()).expect("the folders can be listed");
        let mut engine = Engine::open(book.root(), &library).expect("the compiler is there");
        let checks = engine.checks(&library, Reuse::Nothing);
        engine.prepare(&library, checks.iter()).expect("cargo can build the package");
        let check = checks.iter().find(|check| check.id.slug == "builds").expect("the listing is there");
        engine.bless(&library, check).expect("it runs");
        let mut names: Vec<String> = fs_err::read_dir(book.root().join("listings/heap/expected"))
            .expect("goldens are there")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with("builds"))
            .collect();
        names.sort();
        names
    };
    assert_eq!(goldens(source), ["builds.debug.txt", "builds.release.txt"]);
    assert_eq!(goldens(&same), ["builds.txt"]);
}

/// What `cargo book new` writes must stand up to the checks that everything else must pass.
#[test]
fn a_new_listing_of_a_new_chapter_can_be_recorded_and_passes() {
    let book = SmallBook::new();
    let ours = fs_err::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    let shared = ours.find("[workspace.package]").expect("listings inherit from the workspace");
    let absolute = format!("path = \"{}/crates", root().display());
    let manifest = ours[shared..].replace("path = \"crates", &absolute);
    book.write("Cargo.toml", format!("[workspace]\nresolver = \"3\"\nmembers = [\"listings/cache\"]\n\n{manifest}"));
    book.write("Cargo.lock", fs_err::read(root().join("Cargo.lock")).expect("the lock file is there"));
    let id: ListingId = "cache/first-line".parse().expect("this is the name of a listing");
    scaffold::chapter(book.root(), "cache").expect("there is no such chapter");
    scaffold::listing(book.root(), &id).expect("there is no such listing");
    let library = Library::load(book.root()).expect("the folders can be listed");
    let mut engine = Engine::open(book.root(), &library).expect("the compiler is there");
    let checks = engine.checks(&library, Reuse::Nothing);
    let check = checks.iter().find(|check| check.id == id).expect("the listing is there");
    engine.prepare(&library, std::iter::once(check)).expect("cargo can build the package");
    engine.bless(&library, check).expect("it compiles without a warning and runs");
    assert_eq!(verdict(&book, "first-line"), Verdict::Passed);
    assert!(scaffold::listing(book.root(), &id).is_err(), "nothing is overwritten");
}

/// What the costs are compared with must go on working while listings come to use other crates.
#[test]
fn listings_compile_and_run_by_direct_calls_as_well() {
    let side = Side::Bare { filter: "instruments/".to_owned() };
    costs::compared(&root(), &side).expect("every listing of the appendix compiles and runs");
}
