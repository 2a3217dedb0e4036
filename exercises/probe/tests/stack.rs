//! Threads with a stack of a given size.

use probe::with_stack;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

#[test]
fn it_runs_in_another_thread_and_may_borrow_from_this_one() {
    let mut names = vec!["Ada"];
    let here = std::thread::current().id();
    let there = with_stack(64 * 1024, || {
        names.push("Grace");
        std::thread::current().id()
    });
    assert_ne!(here, there);
    assert_eq!(names, ["Ada", "Grace"]);
}

#[test]
fn a_panic_arrives_with_what_it_carried() {
    let caught = catch_unwind(AssertUnwindSafe(|| {
        with_stack(64 * 1024, || resume_unwind(Box::new(42)))
    }));
    assert_eq!(caught.unwrap_err().downcast_ref(), Some(&42));
}

#[test]
fn a_stack_smaller_than_the_least_is_rounded_up() {
    assert_eq!(with_stack(0, || 7), 7);
    assert_eq!(with_stack(1, || 7), 7);
}

#[test]
fn small_stacks_can_be_nested() {
    let inner = || with_stack(128 * 1024, || 3) + 4;
    assert_eq!(with_stack(64 * 1024, inner), 7);
}

#[test]
fn a_reading_inside_sees_what_the_closure_takes() {
    let ((), usage) = with_stack(64 * 1024, || {
        probe::thread(|| drop(std::hint::black_box(Box::new(7_u64))))
    });
    assert_eq!((usage.allocations, usage.allocated_bytes), (1, 8));
}

#[cfg(target_os = "linux")]
#[test]
fn a_stack_that_the_system_cannot_give_is_a_panic_that_names_its_size() {
    let bytes = 1_usize << 60;
    let message = catch_unwind(|| with_stack(bytes, || ())).unwrap_err();
    let message = message.downcast_ref::<String>().unwrap();
    assert!(message.contains("1152921504606846976 bytes"), "{message}");
}
