//! The solutions of the course itself keep the rules, and so do its wrong answers: each of those is wrong for
//! a reason of its own.

use super::*;
use grader::intake::Submission;
use grader::intake::policy;
use grader::task::{Places, Task};

#[test]
fn every_solution_and_every_other_answer_keeps_the_rules() {
    let places = Places::of_repository(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    if !places.suites.is_dir() {
        return;
    }
    let mut checked = 0;
    for name in places.tasks().expect("the suites can be listed") {
        let task = Task::load(&places, &name).expect("the exercise is whole");
        let mut texts = vec![task.solution.clone()];
        for kind in ["alternatives", "wrong"] {
            let paths = task.variants(kind).expect("the suite can be listed");
            texts.extend(paths.iter().map(|path| fs_err::read_to_string(path).expect("it is text")));
        }
        texts.push(fs_err::read_to_string(task.folder.join("src/lib.rs")).expect("there is a starter"));
        checked += texts.len();
        for text in texts {
            let faults = policy::faults(&Submission::of_text(text), &task.exercise).expect("the check works");
            assert_eq!(policy::message(&faults), "", "{name}");
        }
    }
    assert!(checked > 50, "only {checked}");
}
