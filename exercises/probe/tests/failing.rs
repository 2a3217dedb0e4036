//! Code that is refused memory, and code around it that is not.

use probe::{Tally, Usage, failing_after, thread};
use std::alloc::{Layout, alloc, alloc_zeroed, dealloc, realloc};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Asks for memory and gives it back; says whether it was there.
fn there_is_memory() -> bool {
    black_box(Vec::<u8>::new()).try_reserve_exact(10).is_ok()
}

#[test]
fn the_first_requests_are_granted_and_the_others_refused() {
    let (answers, refused) = failing_after(3, || [(); 5].map(|()| there_is_memory()));
    assert_eq!(answers, [true, true, true, false, false]);
    assert_eq!(refused, 2);
    assert!(there_is_memory());
}

#[test]
fn raw_requests_get_null_and_are_not_counted() {
    let layout = Layout::new::<[u64; 4]>();
    // SAFETY: the size is not zero, and null is all that comes back.
    let ask = || unsafe { [black_box(alloc(layout)), black_box(alloc_zeroed(layout))] };
    let ((blocks, usage), refused) = failing_after(0, || thread(ask));
    assert!(blocks.iter().all(|block| block.is_null()));
    assert_eq!(usage, Usage::default());
    assert_eq!(refused, 2);
}

#[test]
fn a_block_that_may_not_grow_stays_as_it_was() {
    let layout = Layout::new::<[u8; 4]>();
    // SAFETY: the block has the same layout all the time, because the growth fails.
    unsafe {
        let block = alloc(layout);
        block.write_bytes(7, 4);
        let (grown, refused) = failing_after(0, || realloc(block, layout, 4000));
        assert!(grown.is_null());
        assert_eq!(refused, 1);
        assert_eq!(block.cast::<[u8; 4]>().read(), [7; 4]);
        dealloc(block, layout);
    }
}

#[test]
fn shrinking_and_giving_back_always_work() {
    let mut numbers = Vec::with_capacity(100);
    numbers.push(1);
    let (length, refused) = failing_after(0, || {
        numbers.shrink_to_fit();
        numbers.len()
    });
    assert_eq!((length, numbers.capacity(), refused), (1, 1, 0));
    let ((), refused) = failing_after(0, || drop(numbers));
    assert_eq!(refused, 0);
}

#[test]
fn values_of_size_zero_need_no_memory() {
    let (length, refused) = failing_after(0, || vec![(); 1000].len());
    assert_eq!((length, refused), (1000, 0));
}

#[test]
fn an_inner_limit_decides_alone_and_the_outer_one_goes_on_where_it_was() {
    let (answers, refused) = failing_after(2, || {
        let first = there_is_memory();
        let inner = failing_after(1, || [(); 3].map(|()| there_is_memory()));
        (first, inner, there_is_memory(), there_is_memory())
    });
    assert_eq!(answers, (true, ([true, false, false], 2), true, false));
    assert_eq!(refused, 1);
}

#[test]
fn a_panic_can_say_its_message_and_leaves_no_limit_behind() {
    let value = 7;
    let caught = catch_unwind(|| failing_after(0, || assert_eq!(value, 8, "refused")));
    let message = caught.unwrap_err();
    assert!(
        message
            .downcast_ref::<String>()
            .unwrap()
            .contains("refused")
    );
    assert!(there_is_memory());
}

#[test]
fn a_panic_that_is_caught_inside_does_not_lift_the_limit() {
    let (answer, refused) = failing_after(0, || {
        let caught = catch_unwind(AssertUnwindSafe(|| panic!("with {} words", 3)));
        assert!(caught.is_err());
        there_is_memory()
    });
    assert_eq!((answer, refused), (false, 1));
}

#[test]
fn other_threads_are_not_touched() {
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    let (limited, done) = (AtomicBool::new(false), AtomicBool::new(false));
    let wait = |flag: &AtomicBool| {
        while !flag.load(SeqCst) {
            std::thread::yield_now();
        }
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            wait(&limited);
            let answer = there_is_memory();
            done.store(true, SeqCst);
            answer
        });
        let (here, _) = failing_after(0, || {
            limited.store(true, SeqCst);
            wait(&done);
            there_is_memory()
        });
        assert!(!here);
        assert!(other.join().unwrap());
    });
}

#[test]
fn a_tally_goes_on_counting_without_memory() {
    let tally = Tally::new();
    let ((), refused) = failing_after(0, || {
        for n in 0..1000 {
            drop(tally.value(n).clone());
        }
    });
    assert_eq!((tally.dropped(), refused), (2000, 0));
}
