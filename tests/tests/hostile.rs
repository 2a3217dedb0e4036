//! The corpus of hostile submissions is whole, and each of them is worth defending against. No hostile submission runs here.

use book_tests::gate::SEEDS;
use book_tests::hostile::{archives, corpus, places};
use book_tests::naive::{Results, are_current};
use book_tests::root;
use grader::grade::{Grader, Options, Submission};
use grader::intake;
use grader::room::Trust;
use model::report::Outcome;
use std::collections::BTreeSet;

#[test]
fn every_hostile_submission_and_archive_fools_or_harms_a_naive_grader() {
    let (corpus, archives) = (corpus().unwrap(), archives::all().unwrap());
    are_current(&Results::load(&root()).unwrap(), &corpus, &archives).unwrap_or_else(|error| panic!("{error:#}"));
}

#[test]
fn the_corpus_is_large_enough_and_holds_honest_submissions_too() {
    let (corpus, archives) = (corpus().unwrap(), archives::all().unwrap());
    let honest = corpus.iter().filter(|submission| submission.honest).count();
    assert!(corpus.len() - honest >= 70, "only {} hostile submissions", corpus.len() - honest);
    assert!(honest >= 6, "only {honest} honest submissions");
    assert!(archives.len() >= 14, "only {} archives", archives.len());
}

#[test]
fn every_submission_can_be_laid_out() {
    for submission in corpus().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        submission.lay_out(folder.path()).unwrap_or_else(|error| panic!("`{}`: {error:#}", submission.name));
        assert!(folder.path().join("src/lib.rs").symlink_metadata().is_ok(), "`{}` has no source", submission.name);
    }
}

#[test]
fn no_two_archives_have_the_same_name_or_the_same_bytes() {
    let archives = archives::all().unwrap();
    let names: BTreeSet<&str> = archives.iter().map(|archive| archive.name).collect();
    let bytes: BTreeSet<String> = archives.iter().map(|archive| archive.hash()).collect();
    assert_eq!((names.len(), bytes.len()), (archives.len(), archives.len()));
}

#[test]
fn the_grader_passes_solutions_and_honest_submissions_and_fails_starters() {
    let grader = Grader::open(places(), Trust::Author).unwrap();
    for name in ["toolbox", "toolbox-safe"] {
        let task = grader.task(&format!("bait/{name}")).unwrap();
        let graded = |submission: &Submission| {
            grader.grade(&task, submission, Options { seed: SEEDS[0], reversed: false }).unwrap()
        };
        let solution = graded(&Submission::of_text(task.solution.as_str()));
        assert!(solution.passed(), "{solution:#?}");
        let marked = fs_err::read_to_string(task.secret.join("solution.rs")).unwrap();
        let starter = model::starter::starter(&marked).unwrap();
        assert_eq!(fs_err::read_to_string(task.folder.join("src/lib.rs")).unwrap(), starter, "of `{name}`");
        assert_eq!(graded(&Submission::of_text(starter)).outcome, Outcome::Failed);
        for honest in corpus().unwrap().into_iter().filter(|one| one.honest && one.exercise == name) {
            let folder = tempfile::tempdir().unwrap();
            honest.lay_out(folder.path()).unwrap();
            let intake = intake::read(folder.path(), &task.exercise).unwrap().expect("nothing in it is refused");
            let report = graded(&intake.submission);
            assert!(report.passed(), "`{}`: {report:#?}", honest.name);
        }
    }
}

#[test]
fn the_drivers_of_the_corpus_keep_the_rules() {
    for name in ["toolbox", "toolbox-safe"] {
        let text = fs_err::read_to_string(book_tests::hostile::suite(name).join("hidden.rs")).unwrap();
        assert_eq!(grader::lint::driver(&text), Vec::<String>::new(), "of `{name}`");
    }
}
