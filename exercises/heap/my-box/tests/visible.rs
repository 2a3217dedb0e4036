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
    let mut boxed = MyBox::new(String::from("heap"));
    boxed.push('!');
    let text: String = boxed.into_inner();
    assert_eq!(text, "heap!");
}

#[test]
fn try_new_makes_a_box() {
    let boxed = MyBox::try_new(7_u64).expect("there is memory");
    assert_eq!(*boxed, 7);
}

#[test]
fn a_leaked_value_stays() {
    let leaked: &mut u64 = MyBox::new(7).leak();
    let other = MyBox::new(20_u64);
    *leaked += 1;
    assert_eq!(*leaked, 8, "the leaked value was 7, and 1 was added");
    assert_eq!(*other, 20, "the other box has a block of its own");
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
fn a_box_is_one_word() {
    assert_eq!(size_of::<MyBox<[u64; 9]>>(), size_of::<usize>());
    assert_eq!(
        probe::words::<MyBox<u8>>(),
        1,
        "the address of the block, and nothing else"
    );
}

#[test]
fn a_box_of_nothing_is_a_box() {
    let boxed = MyBox::new(());
    assert_eq!(*boxed, ());
    boxed.into_inner();
}
