//! Crates that an exercise may use: where they come from, who sees them, and what is said when one is not to be had.

mod small;

use grader::grade::{Grader, Options, Submission};
use grader::room::Trust;
use grader::task::{Places, Task};
use model::report::{Outcome, Report};
use runner::jail::{Level, missing};
use small::{Small, write};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::LazyLock;

/// `heap/double`, and `heap/inline`, whose answers are values of another crate's type.
static SMALL: LazyLock<Small> = LazyLock::new(|| {
    let small = Small::new();
    for (path, text) in INLINE {
        write(&small.folder().join(path), text);
    }
    // Whoever is jailed goes through it.
    fs_err::set_permissions(small.folder(), PermissionsExt::from_mode(0o755)).expect("it is ours");
    small
});

const ANSWER: &str = "use smallvec::SmallVec;\n\npub fn few(n: u64) -> SmallVec<[u64; 4]> {\n    (0..n).collect()\n}\n";

fn places() -> Places {
    SMALL.grader.places().clone()
}

fn inline(grader: &Grader) -> Task {
    grader.task("heap/inline").expect("the exercise is whole")
}

fn graded(grader: &Grader, task: &Task, source: &str) -> Report {
    let options = Options { seed: 5, reversed: false };
    grader.grade(task, &Submission::of_text(source), options).expect("the grader does its work")
}

/// The compiled crate, in the build of that name.
fn compiled(flavor: &str) -> PathBuf {
    let mut folders = fs_err::read_dir(places().cache).expect("it can be listed").flatten().map(|entry| entry.path());
    let crates =
        folders.find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("crates-")));
    let mut built = fs_err::read_dir(crates.expect("crates were compiled").join(flavor)).expect("it can be listed");
    let of_smallvec = |path: &PathBuf| path.to_string_lossy().contains("/smallvec-");
    let folder = built.by_ref().flatten().map(|entry| entry.path()).find(of_smallvec);
    folder.expect("the crate is there").join("libsmallvec.rlib")
}

#[test]
fn an_exercise_uses_the_crates_that_it_names_in_every_build() {
    let report = graded(&SMALL.grader, &inline(&SMALL.grader), ANSWER);
    assert_eq!((report.outcome, report.points, report.of), (Outcome::Passed, 4, 4), "{report:#?}");
    let larger = graded(&SMALL.grader, &inline(&SMALL.grader), &ANSWER.replace("(0..n)", "(0..n * n)"));
    let outcomes: Vec<Outcome> = larger.criteria.iter().map(|criterion| criterion.outcome).collect();
    assert_eq!(outcomes, [Outcome::Failed, Outcome::Failed, Outcome::Failed, Outcome::Passed], "{larger:#?}");
}

#[test]
fn what_a_crate_is_made_of_is_compiled_once_for_each_flavor() {
    inline(&SMALL.grader);
    let made = |flavor: &str| {
        fs_err::metadata(compiled(flavor)).expect("it was compiled").modified().expect("files have a time")
    };
    let before = ["plain", "cost", "asan"].map(made);
    let again = Grader::open(places(), Trust::Author).expect("the kit is there");
    assert_eq!(graded(&again, &inline(&again), ANSWER).outcome, Outcome::Passed);
    assert_eq!(["plain", "cost", "asan"].map(made), before);
}

#[test]
fn a_name_that_is_not_in_the_lock_is_a_fault_of_the_exercise_with_its_line() {
    let text = INLINE[0].1.replace("id = \"inline\"", "id = \"unknown\"");
    let text = text.replace("crates = [\"smallvec\"]", "crates = [\n    \"smallvec\",\n    \"smalvec\",\n]");
    let path = SMALL.folder().join("exercises/heap/unknown/exercise.toml");
    write(&path, &text);
    let error = format!("{:#}", Task::load(&places(), "heap/unknown").expect_err("there is no such crate"));
    let line = 1 + text.lines().position(|line| line.contains("\"smalvec\"")).expect("it stands there");
    assert!(error.starts_with(&format!("{}:{line}: crate `smalvec` is not in ", path.display())), "{error}");
    assert!(error.contains("Cargo.lock; in it ") && error.contains("`smallvec`"), "{error}");
}

#[test]
fn an_answer_that_uses_a_crate_that_its_exercise_does_not_name_is_told_so() {
    let answer = "pub fn double(n: u64) -> u64 {\n    smallvec::smallvec_inline![n; 2].iter().sum()\n}\n";
    for (task, source, told) in [
        (SMALL.task.clone(), answer, "this exercise may use no crates besides the standard library"),
        (
            inline(&SMALL.grader),
            "use bumpalo::Bump;\n",
            "this exercise may use besides the standard library only `smallvec`",
        ),
    ] {
        let report = graded(&SMALL.grader, &task, source);
        assert_eq!((report.outcome, report.points), (Outcome::BuildError, 0));
        assert!(report.message.contains(told), "{}", report.message);
    }
    let mistake = graded(&SMALL.grader, &SMALL.task, "pub fn double(n: u64) -> u64 {\n    n + \"n\"\n}\n");
    assert!(!mistake.message.contains("may use"), "{}", mistake.message);
}

/// In the open there is nothing to hide: this is about the jail.
#[test]
fn in_the_jail_a_compiler_sees_the_build_that_it_links_and_no_other() {
    if missing(Level::Launcher).is_some() && missing(Level::Bubblewrap).is_some() {
        return;
    }
    let jailed = Grader::open(places(), Trust::Nobody).expect("the kit is there");
    let task = inline(&jailed);
    let passed = graded(&jailed, &task, ANSWER);
    assert_eq!(passed.outcome, Outcome::Passed, "{passed:#?}");
    for flavor in ["cost", "asan"] {
        let spy = format!("{ANSWER}\npub const SPY: &[u8] = include_bytes!({:?});\n", compiled(flavor));
        let report = graded(&jailed, &task, &spy);
        assert_eq!(report.outcome, Outcome::BuildError, "{report:#?}");
        assert!(report.message.contains("couldn't read"), "{}", report.message);
    }
}

const INLINE: [(&str, &str); 5] = [
    (
        "exercises/heap/inline/exercise.toml",
        "id = \"inline\"\nchapter = \"heap\"\ntitle = \"Few\"\nstep = \"check\"\nminutes = 1\nfiles = [\"src/lib.rs\"]\ncrates = [\"smallvec\"]\nunsafe = \"allowed\"\nread = \"heap\"\n\n[[criterion]]\nid = \"value\"\ntitle = \"It counts\"\npoints = 1\nwhy = \"A reason.\"\nnext = \"A step.\"\n\n[[criterion]]\nid = \"blocks\"\ntitle = \"It allocates nothing\"\npoints = 1\nwhy = \"A reason.\"\nnext = \"A step.\"\n\n[[criterion]]\nid = \"cost\"\ntitle = \"It is cheap\"\npoints = 1\nwhy = \"A reason.\"\nnext = \"A step.\"\n\n[[criterion]]\nid = \"types\"\ntitle = \"It is a value of its own\"\npoints = 1\nwhy = \"A reason.\"\nnext = \"A step.\"\n",
    ),
    (
        "suites/heap/inline/criteria.toml",
        "[[case]]\nname = \"values\"\ncriterion = \"value\"\nasan = true\n\n[[case]]\nname = \"blocks\"\ncriterion = \"blocks\"\nmeters = { allocations = { most = 0 } }\n\n[[case]]\nname = \"cost\"\ncriterion = \"cost\"\ngrowth = { sizes = [40, 320], meter = \"cost\", band = [3, 12] }\n",
    ),
    (
        "suites/heap/inline/hidden.rs",
        "use inline::few;\nuse obs::Obs;\nuse smallvec::SmallVec;\n\nfn values(o: &mut Obs) {\n    let n = 10 + o.below(9);\n    let values: SmallVec<[u64; 4]> = few(n);\n    o.see::<Vec<u64>>(\"values\", values.to_vec());\n}\n\nfn blocks(o: &mut Obs) {\n    let n = 3 + o.below(2);\n    let (_, usage) = probe::process(|| few(n));\n    o.meter(\"allocations\", usage.allocations);\n}\n\nfn cost(o: &mut Obs) {\n    let n = o.size();\n    let values = o.cost(\"cost\", || few(n));\n    o.see::<bool>(\"none\", values.is_empty());\n}\n\nfn main() {\n    obs::refusals(probe::refused_requests);\n    obs::main(&[(\"values\", values), (\"blocks\", blocks), (\"cost\", cost)])\n}\n",
    ),
    (
        "suites/heap/inline/solution.rs",
        "// SOLUTION\nuse smallvec::SmallVec;\n\npub fn few(n: u64) -> SmallVec<[u64; 4]> {\n    (0..n).collect()\n}\n// STARTER\n// END\n",
    ),
    (
        "suites/heap/inline/refuse/moved.rs",
        "//! code: E0382\n//! criterion: types\n//! tried: using values after they were given away\n\nuse smallvec::SmallVec;\n\nfn main() {\n    let values: SmallVec<[u64; 4]> = inline::few(2);\n    drop(values);\n    drop(values);\n}\n",
    ),
];
