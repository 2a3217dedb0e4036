//! The hints of the real course, where learners said what they lacked.

use std::path::Path;
use wdl::course::Course;

fn hints(id: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises");
    let course = Course::load(folder).expect("the course can be read");
    course.entry(id).expect("the exercise is in it").hints().expect("it has hints")
}

#[test]
fn whoever_writes_a_box_or_an_array_by_hand_is_shown_the_tools_in_steps() {
    for id in ["my-box", "my-vec"] {
        let hints = hints(id);
        assert!((3..=5).contains(&hints.len()), "{id} has {} hints", hints.len());
        let tools =
            ["NonNull::as_ref", "as_mut", "NonNull::as_ptr", "ptr::read", "handle_alloc_error", "the same `Layout`"];
        for tool in tools {
            assert!(hints.iter().any(|hint| hint.contains(tool)), "no hint of {id} names {tool}");
        }
    }
}

#[test]
fn no_hint_gives_the_answer_away() {
    for id in ["my-box", "my-vec"] {
        for hint in hints(id) {
            let block = hint.contains("```") || hint.contains("unsafe {") || hint.contains(": Send");
            assert!(!block, "code of {id} belongs to the learner:\n{hint}");
        }
    }
}
