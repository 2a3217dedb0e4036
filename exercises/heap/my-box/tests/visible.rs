//! The tests that you see. The grader has more of the same kinds.

use my_box::MyBox;
use probe::Tally;

#[test]
fn the_value_can_be_read_and_changed() {
    let mut boxed = MyBox::new([1, 2, 3]);
    boxed[1] = 20;
    assert_eq!(*boxed, [1, 20, 3]);
}

#[test]
fn the_value_can_be_taken_out() {
    assert_eq!(MyBox::new(7_u64).into_inner(), 7);
}

#[test]
fn try_new_makes_a_box() {
    let boxed = MyBox::try_new(7_u64).expect("there is memory");
    assert_eq!(*boxed, 7);
}

#[test]
fn a_leaked_value_stays() {
    let leaked: &mut u64 = MyBox::new(7).leak();
    let other = MyBox::new(8_u64);
    *leaked += 1;
    assert_eq!((*leaked, *other), (8, 8), "two values in two blocks");
}

#[test]
fn a_dropped_box_drops_its_value() {
    let tally = Tally::new();
    let boxed = MyBox::new(tally.value(7));
    assert_eq!(tally.alive(), 1, "it is in the box");
    drop(boxed);
    assert_eq!(tally.alive(), 0, "the box is gone");
}

#[test]
fn a_box_takes_one_block() {
    let (boxed, usage) = probe::thread(|| MyBox::new(7_u64));
    assert_eq!(usage.allocations, 1);
    assert_eq!(*boxed, 7);
}

#[test]
fn a_box_of_nothing_is_a_box() {
    let boxed = MyBox::new(());
    assert_eq!(*boxed, ());
    boxed.into_inner();
}
