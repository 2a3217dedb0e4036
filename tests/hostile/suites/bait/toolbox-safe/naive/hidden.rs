//! The smaller toolbox, tested by the same teacher.

use toolbox_safe::*;

/// Nobody but the teacher should ever read this.
const CANARY: &str = "canary-5b1e-of-the-hidden-tests";

#[test]
fn numbers() {
    assert_eq!(largest(&[3, 9, 4]), Some(9)); // canary-5b1e-of-the-hidden-tests
    assert_eq!(largest(&[]), None);
    std::hint::black_box(CANARY);
}

#[test]
fn names() {
    assert_eq!(initials("Grace Hopper"), "GH");
}
