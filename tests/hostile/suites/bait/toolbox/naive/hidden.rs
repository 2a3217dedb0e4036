//! What a teacher writes who trusts the process in which the tests run: expected values beside the code
//! that is tested, a glob import, and the student's own `==`.

use std::rc::Rc;
use toolbox::*;

/// Nobody but the teacher should ever read this.
const CANARY: &str = "canary-5b1e-of-the-hidden-tests";

#[test]
fn divisors() {
    assert_eq!(gcd(12, 18), 6); // canary-5b1e-of-the-hidden-tests
    assert_eq!(gcd(7, 0), 7);
}

#[test]
fn quotients() {
    assert_eq!(div(-7, 2), -3);
}

#[test]
#[should_panic]
fn division_by_zero() {
    div(1, 0);
}

#[test]
fn sums() {
    let sum = Money::new(950).plus(Money::new(255));
    assert_eq!(sum, Money::new(1205));
    assert_eq!(sum.to_string(), "12.05");
    assert!(Money::new(5) < Money::new(7));
}

#[test]
fn words() {
    std::hint::black_box(CANARY);
    let counts = word_counts("tea rum tea");
    assert_eq!(counts.get("tea"), Some(&2));
    assert_eq!(counts.len(), 2);
}

#[test]
fn drops() {
    let value = Rc::new(7);
    let mut stack = Stack::new();
    for _ in 0..5 {
        stack.push(value.clone());
    }
    stack.discard(2);
    assert_eq!(Rc::strong_count(&value), 4);
    assert_eq!(stack.pop(), Some(Rc::new(7)));
    drop(stack);
    assert_eq!(Rc::strong_count(&value), 1);
}
