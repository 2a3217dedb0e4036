//! The tests that you see. The grader has more of the same kinds.

use drop_list::List;
use probe::Tally;

const SMALL_STACK: usize = 64 * 1024;
const MANY: u64 = 10_000;

fn list_of(values: impl IntoIterator<Item = u64>) -> List<u64> {
    let mut list = List::new();
    values.into_iter().for_each(|value| list.push(value));
    list
}

fn values(list: &List<u64>) -> Vec<u64> {
    list.iter().copied().collect()
}

#[test]
fn truncate_keeps_the_newest() {
    let mut list = list_of(1..=5);
    list.truncate(2);
    assert_eq!(
        values(&list),
        [5, 4],
        "the list was 5, 4, 3, 2, 1 and was cut to 2"
    );
}

#[test]
fn truncate_to_more_than_there_is_changes_nothing() {
    let mut list = list_of(1..=3);
    list.truncate(3);
    list.truncate(9);
    assert_eq!(values(&list), [3, 2, 1]);
}

#[test]
fn a_clone_holds_the_same_in_the_same_order() {
    let list = list_of(1..=4);
    assert_eq!(values(&list.clone()), [4, 3, 2, 1]);
    assert_eq!(values(&list), [4, 3, 2, 1], "the original is as it was");
}

#[test]
fn a_long_list_is_dropped_in_a_small_stack() {
    let list = list_of(0..MANY);
    probe::with_stack(SMALL_STACK, move || drop(list));
}

#[test]
fn a_long_list_is_cloned_in_a_small_stack() {
    let list = list_of(0..MANY);
    let length = probe::with_stack(SMALL_STACK, move || list.clone().iter().count());
    assert_eq!(length as u64, MANY);
}

#[test]
fn what_is_cut_off_is_dropped_at_once() {
    let tally = Tally::new();
    let mut list = List::new();
    (0..10).for_each(|value| list.push(tally.value(value)));
    list.truncate(4);
    assert_eq!(
        tally.alive(),
        4,
        "10 values were pushed, then the list was cut to 4"
    );
}
