//! Elements that are kept account of, in containers of the standard library and in wrong ones.

use probe::{Compared, Counted, Ops, Tally, Usage, process, thread};
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

#[test]
fn every_value_of_a_container_is_dropped_once() {
    let tally = Tally::new();
    let mut queue: VecDeque<Counted> = (0..10).map(|n| tally.value(n)).collect();
    queue.rotate_left(3);
    queue.truncate(4);
    assert_eq!(
        (tally.created(), tally.alive(), tally.dropped()),
        (10, 4, 6)
    );
    drop(queue);
    assert_eq!((tally.alive(), tally.dropped_twice()), (0, 0));
    assert_eq!(tally.order(), [7, 8, 9, 0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_value_that_is_dropped_three_times_counts_once_and_is_listed_three_times() {
    let tally = Tally::new();
    let mut value = ManuallyDrop::new(tally.value(1));
    let _other = tally.value(2);
    for twice in [0, 1, 1] {
        // SAFETY: a `Counted` may be dropped more than once.
        unsafe { ManuallyDrop::drop(&mut value) };
        assert_eq!(tally.dropped_twice(), twice);
    }
    assert_eq!(
        (tally.dropped(), tally.dropped_twice(), tally.alive()),
        (1, 1, 1)
    );
    assert_eq!(tally.order(), [0, 0, 0]);
}

#[test]
fn a_leaked_value_stays_alive() {
    let tally = Tally::new();
    std::mem::forget(vec![tally.value(1), tally.value(2)]);
    assert_eq!((tally.alive(), tally.dropped()), (2, 0));
}

#[test]
fn clones_are_equal_and_have_ids_of_their_own() {
    let tally = Tally::new();
    let original = tally.value(5);
    let clone = original.clone();
    assert_eq!(original, clone);
    assert_eq!((original.id(), clone.id()), (0, 1));
    assert_eq!((tally.created(), tally.cloned()), (2, 1));
}

#[test]
fn values_are_compared_hashed_and_shown_like_what_they_hold() {
    let (tally, other) = (Tally::new(), Tally::new());
    assert_eq!(tally.value(3), other.value(3));
    assert!(tally.value(-1) < other.value(0));
    let set: HashSet<Counted> = [1, 2, 1].map(|n| tally.value(n)).into();
    assert_eq!(set.len(), 2);
    assert_eq!(format!("{:?}", tally.value(-7)), "Counted(-7)");
    let ops = Ops::new();
    assert_eq!(format!("{:?}", ops.value(-7)), "Compared(-7)");
}

#[test]
fn tallies_know_nothing_of_each_other() {
    let (first, second) = (Tally::new(), Tally::new());
    drop(first.value(1));
    assert_eq!(
        (first.dropped(), second.dropped(), second.created()),
        (1, 0, 0)
    );
}

#[test]
fn values_that_outlive_their_tally_do_no_harm() {
    let tally = Tally::new();
    let value = tally.value(1);
    drop(tally);
    let clone = value.clone();
    assert_eq!(clone.id(), u64::MAX);
    let next = Tally::new();
    drop((value, clone));
    assert_eq!(next.dropped(), 0);
}

#[test]
fn values_dropped_by_a_panic_are_counted() {
    let tally = Tally::new();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let _values = [tally.value(1), tally.value(2)];
        resume_unwind(Box::new(()));
    }));
    assert!(caught.is_err());
    assert_eq!(tally.order(), [0, 1]);
}

#[test]
fn values_may_go_to_other_threads() {
    let tally = Tally::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let values: Vec<_> = (0..500).map(|n| tally.value(n)).collect();
                scope.spawn(|| drop(values));
            });
        }
    });
    assert_eq!(
        (tally.created(), tally.alive(), tally.dropped_twice()),
        (2000, 0, 0)
    );
    let mut order = tally.order();
    order.sort_unstable();
    assert!(order.into_iter().eq(0..2000));
}

#[test]
fn a_tally_hides_its_own_memory_from_readings() {
    let ((), usage) = thread(|| {
        let tally = Tally::new();
        for n in 0..1000 {
            drop(tally.value(n).clone());
        }
        assert_eq!(tally.alive(), 0);
    });
    assert_eq!(usage, Usage::default());
    let tally = Tally::new();
    let (values, usage) = thread(|| Vec::from([tally.value(1), tally.value(2)]));
    assert_eq!(usage.allocated_bytes, 2 * size_of::<Counted>() as u64);
    drop(values);
}

#[test]
fn the_list_that_a_tally_returns_is_memory_of_the_caller() {
    let tally = Tally::new();
    drop([tally.value(1), tally.value(2)]);
    let ((), usage) = thread(|| drop(tally.order()));
    assert_eq!((usage.allocations, usage.allocated_bytes), (1, 16));
    assert_eq!(usage.live_blocks(), 0);
}

#[test]
#[expect(
    clippy::mutable_key_type,
    reason = "what changes in a `Compared` takes no part in its order or its hash"
)]
fn the_operations_of_containers_are_counted() {
    let ops = Ops::new();
    let values: Vec<Compared> = (0..100).rev().map(|n| ops.value(n)).collect();
    assert_eq!((ops.comparisons(), ops.clones(), ops.hashes()), (0, 0, 0));
    let copy = values.clone();
    assert_eq!(ops.clones(), 100);
    assert!(values == copy);
    assert_eq!(ops.comparisons(), 100);
    let set: HashSet<Compared> = copy.into_iter().collect();
    assert!(ops.hashes() >= 100);
    assert!(set.contains(&ops.value(99)));
    let before = ops.comparisons();
    let tree: BTreeSet<Compared> = values.into_iter().collect();
    assert!(ops.comparisons() - before >= 99);
    assert_eq!(tree.first().map(Compared::value), Some(0));
}

#[test]
fn each_way_to_compare_counts_once() {
    let (ops, other) = (Ops::new(), Ops::new());
    let (one, two) = (ops.value(1), other.value(2));
    assert!(one < two && one <= two && one != two);
    assert!(one.partial_cmp(&two).is_some() && one.cmp(&two).is_lt());
    assert_eq!((ops.comparisons(), other.comparisons()), (5, 0));
}

#[test]
fn operations_in_several_threads_are_all_counted() {
    let ops = Ops::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let value = ops.value(1);
            scope.spawn(move || (0..1000).for_each(|_| drop(value.clone())));
        }
    });
    assert_eq!(ops.clones(), 4000);
}

#[test]
fn elements_that_count_operations_take_no_memory() {
    let ops = Ops::new();
    let ((), usage) = thread(|| drop(ops.value(1).clone()));
    assert_eq!(usage, Usage::default());
}

#[test]
fn elements_and_counters_can_be_shared_between_threads() {
    fn shareable<T: Send + Sync>() {}
    shareable::<Counted>();
    shareable::<Compared>();
    shareable::<Tally>();
    shareable::<Ops>();
}

#[test]
fn a_reading_of_the_process_may_run_beside_those_of_threads() {
    let ((_, here), all) = process(|| thread(|| drop(std::hint::black_box(Box::new(1)))));
    assert_eq!(here.allocations, 1);
    assert!(all.allocations >= 1);
}

#[test]
fn sizes_are_counted_in_words_and_rounded_up() {
    assert_eq!(probe::words::<[usize; 5]>(), 5);
    assert_eq!(probe::words::<[u8; size_of::<usize>() + 1]>(), 2);
    assert_eq!(probe::words::<Option<Box<u8>>>(), 1);
    assert_eq!(probe::words::<[(); 9]>(), 0);
}

#[test]
fn an_address_is_that_of_the_first_byte_also_of_an_unsized_value() {
    let bytes = [1_u8, 2, 3];
    let first = probe::address_of(&bytes);
    assert_eq!(probe::address_of(&bytes[..]), first);
    assert_eq!(probe::address_of(&bytes[2]), first + 2);
}
