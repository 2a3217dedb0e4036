//! The tests that you see. The grader has more of the same kinds.

use my_vec::MyVec;
use probe::Tally;

fn filled(values: impl IntoIterator<Item = u64>) -> MyVec<u64> {
    let mut vec = MyVec::new();
    values.into_iter().for_each(|value| vec.push(value));
    vec
}

#[test]
fn a_new_array_is_empty() {
    assert!(MyVec::<u64>::new().is_empty());
}

#[test]
fn values_come_back_the_last_one_first() {
    let mut vec = filled(1..=3);
    assert_eq!(vec.as_slice(), [1, 2, 3]);
    let popped = [vec.pop(), vec.pop(), vec.pop(), vec.pop()];
    assert_eq!(popped, [Some(3), Some(2), Some(1), None]);
}

#[test]
fn it_can_be_used_like_a_slice() {
    let mut vec = filled([30, 10, 20]);
    vec[0] += 1;
    vec.sort();
    assert_eq!(vec.iter().copied().collect::<Vec<_>>(), [10, 20, 31]);
}

#[test]
fn try_push_puts_a_value_at_the_end() {
    let mut vec = MyVec::new();
    assert_eq!(vec.try_push(7), Ok(()), "there is memory");
    assert_eq!(vec.as_slice(), [7]);
}

#[test]
fn words_can_be_pushed_and_popped() {
    let mut vec = MyVec::new();
    for word in ["one", "two", "three", "four", "five"] {
        vec.push(word);
    }
    vec.pop();
    assert_eq!(vec.join(" "), "one two three four");
}

#[test]
fn a_dropped_array_drops_its_values() {
    let tally = Tally::new();
    let mut vec = MyVec::new();
    (0..10).for_each(|value| vec.push(tally.value(value)));
    drop(vec.pop());
    assert_eq!(tally.alive(), 9, "10 values were pushed and one was popped");
    drop(vec);
    assert_eq!(tally.alive(), 0, "the array is gone");
}

#[test]
fn the_capacity_doubles() {
    let mut vec = MyVec::new();
    let capacities: Vec<usize> = (0_u64..9)
        .map(|value| {
            vec.push(value);
            vec.capacity()
        })
        .collect();
    assert_eq!(capacities, [4, 4, 4, 4, 8, 8, 8, 8, 16]);
}

#[test]
fn with_capacity_makes_room() {
    let vec: MyVec<u64> = MyVec::with_capacity(10);
    assert_eq!((vec.len(), vec.capacity()), (0, 10));
}

#[test]
fn values_without_a_size_are_counted() {
    let mut vec = MyVec::new();
    (0..100).for_each(|_| vec.push(()));
    assert_eq!(vec.pop(), Some(()));
    assert_eq!((vec.len(), vec.capacity()), (99, usize::MAX));
}
