//! The tests that you see. The grader has more of the same kinds.

use one_allocation::join;

#[test]
fn three_parts_are_joined() {
    assert_eq!(
        join(&["stack", "heap", "static"], ", "),
        "stack, heap, static"
    );
}

#[test]
fn an_empty_part_is_a_part() {
    assert_eq!(join(&["a", "", "b"], "-"), "a--b");
}

#[test]
fn nothing_joined_is_nothing() {
    assert_eq!(join(&[], ", "), "");
}

#[test]
fn one_call_is_one_allocation() {
    let (joined, usage) = probe::thread(|| join(&["stack", "heap", "static"], ", "));
    assert_eq!(joined.len(), 19);
    assert_eq!(
        (usage.allocations, usage.reallocations),
        (1, 0),
        "one block, and it never grows"
    );
}

#[test]
fn there_is_no_room_to_spare() {
    let joined = join(&["where ", "data ", "lives"], "");
    assert_eq!(joined.capacity(), 16, "{joined:?} has 16 bytes");
}
