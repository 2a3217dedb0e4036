//! Readings of one thread, taken from real blocks.

use probe::{Usage, thread};
use std::alloc::{Layout, alloc, dealloc, realloc};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Takes a block of `bytes` bytes that no compiler removes.
fn block(bytes: usize) -> Vec<u8> {
    black_box(Vec::with_capacity(bytes))
}

#[test]
fn a_program_that_takes_nothing_is_read_as_nothing() {
    let (sum, usage) = thread(|| black_box(1) + black_box(2));
    assert_eq!(sum, 3);
    assert_eq!(usage, Usage::default());
}

#[test]
fn a_box_is_one_block_of_the_size_of_its_value() {
    let (boxed, usage) = thread(|| black_box(Box::new([0_u64; 5])));
    let expected = Usage {
        allocations: 1,
        allocated_bytes: 40,
        peak_bytes: 40,
        largest_bytes: 40,
        ..Usage::default()
    };
    assert_eq!(usage, expected);
    assert_eq!((usage.live_blocks(), usage.live_bytes()), (1, 40));
    drop(boxed);
}

#[test]
fn values_of_size_zero_take_nothing() {
    let ((), usage) = thread(|| {
        let mut units = vec![(); 1000];
        units.resize(2000, ());
        let boxed: Box<dyn Fn() -> i32> = black_box(Box::new(|| 7));
        assert_eq!((units.len(), boxed()), (2000, 7));
    });
    assert_eq!(usage, Usage::default());
}

#[test]
fn zeroed_memory_is_counted_like_any_other_and_is_zero() {
    let (zeros, usage) = thread(|| black_box(vec![0_u8; 100_000]));
    assert!(zeros.iter().all(|&byte| byte == 0));
    assert_eq!((usage.allocations, usage.allocated_bytes), (1, 100_000));
}

#[test]
fn a_block_with_a_large_alignment_counts_its_own_size() {
    #[repr(align(4096))]
    struct Page([u8; 4096]);
    let (page, usage) = thread(|| black_box(Box::new(Page([1; 4096]))));
    assert_eq!(probe::address_of(&*page) % 4096, 0);
    assert_eq!(page.0[4095], 1);
    assert_eq!((usage.allocations, usage.allocated_bytes), (1, 4096));
}

#[test]
fn a_vector_that_grows_is_one_allocation_and_one_reallocation() {
    let (numbers, usage) = thread(|| {
        let mut numbers: Vec<u64> = Vec::with_capacity(4);
        numbers.reserve_exact(8);
        black_box(numbers)
    });
    let expected = Usage {
        allocations: 1,
        reallocations: 1,
        frees: 0,
        allocated_bytes: 64,
        freed_bytes: 0,
        peak_bytes: 64,
        largest_bytes: 64,
        realloc_bytes: 32,
    };
    assert_eq!(usage, expected);
    drop(numbers);
}

#[test]
fn a_vector_that_shrinks_gives_back_the_difference() {
    let mut bytes = block(1000);
    bytes.extend([1, 2, 3]);
    let ((), usage) = thread(|| bytes.shrink_to_fit());
    assert_eq!((usage.reallocations, usage.frees), (1, 0));
    assert_eq!((usage.freed_bytes, usage.live_bytes()), (997, -997));
    assert_eq!(usage.peak_bytes, 0);
    assert_eq!(bytes, [1, 2, 3]);
}

/// Changes the size of a block of 16 bytes and says whether it stayed where it was.
fn resize(new: usize) -> (bool, Usage) {
    let old = Layout::new::<[u64; 2]>();
    thread(|| {
        // SAFETY: no size is zero, and each call has the layout that the block has then.
        unsafe {
            let first = black_box(alloc(old));
            let address = first.addr();
            // Whatever comes after the block is taken, so that it cannot grow far in place.
            let wall = black_box(alloc(old));
            let second = black_box(realloc(first, old, new));
            let stayed = second.addr() == address;
            dealloc(second, Layout::from_size_align_unchecked(new, old.align()));
            dealloc(wall, old);
            stayed
        }
    })
}

#[test]
fn a_block_that_grows_in_place_reads_like_one_that_moves() {
    let (stayed, short) = resize(24);
    let (also_stayed, long) = resize(100_000);
    // 24 bytes is what this allocator has given for 16 already.
    if cfg!(all(
        target_os = "linux",
        target_env = "gnu",
        target_arch = "x86_64"
    )) {
        assert!(stayed && !also_stayed);
    }
    for (new, usage) in [(24, short), (100_000, long)] {
        let expected = Usage {
            allocations: 2,
            reallocations: 1,
            frees: 2,
            allocated_bytes: 16 + new,
            freed_bytes: 16 + new,
            peak_bytes: 16 + new,
            largest_bytes: new,
            realloc_bytes: 16,
        };
        assert_eq!(usage, expected);
    }
}

#[test]
fn a_request_that_the_system_refuses_is_not_counted() {
    let most = isize::MAX as usize - 4096;
    let (refused, usage) = thread(|| black_box(Vec::<u8>::new()).try_reserve_exact(most));
    assert!(refused.is_err());
    assert_eq!(usage, Usage::default());
    let mut bytes = block(8);
    let (refused, usage) = thread(|| bytes.try_reserve_exact(most));
    assert!(refused.is_err());
    assert_eq!(usage, Usage::default());
}

#[test]
fn the_peak_is_the_most_that_was_live_at_once_above_the_start() {
    let old = block(5000);
    let ((), usage) = thread(|| {
        drop(old);
        drop((block(300), block(400)));
        drop(block(600));
    });
    // 5000 bytes went first, so the level never came back to that of the start.
    assert_eq!((usage.peak_bytes, usage.live_bytes()), (0, -5000));
    let ((), usage) = thread(|| {
        drop((block(300), block(400)));
        drop(block(600));
    });
    assert_eq!((usage.peak_bytes, usage.largest_bytes), (700, 600));
}

#[test]
fn an_outer_reading_sees_all_that_inner_ones_see() {
    let (inner, outer) = thread(|| {
        let kept = block(100);
        let (_, first) = thread(|| drop(block(1000)));
        drop(kept);
        let (_, second) = thread(|| thread(|| drop(block(50))));
        drop(block(20));
        (first, second)
    });
    assert_eq!((inner.0.allocations, inner.0.peak_bytes), (1, 1000));
    assert_eq!((inner.1.allocations, inner.1.peak_bytes), (1, 50));
    assert_eq!((outer.allocations, outer.frees), (4, 4));
    assert_eq!((outer.peak_bytes, outer.largest_bytes), (1100, 1000));
    assert_eq!((outer.allocated_bytes, outer.freed_bytes), (1170, 1170));
}

#[test]
fn a_panic_ends_the_inner_reading_and_leaves_the_outer_one_right() {
    let kept = block(10);
    let (caught, usage) = thread(|| {
        let caught = catch_unwind(AssertUnwindSafe(|| {
            thread(|| {
                let _lost = block(1 << 20);
                resume_unwind(Box::new(()));
            })
        }));
        drop(kept);
        drop(block(7));
        caught.is_err()
    });
    assert!(caught);
    assert_eq!((usage.live_bytes(), usage.live_blocks()), (-10, -1));
    assert!(usage.peak_bytes >= 1 << 20);
    assert_eq!(usage.largest_bytes, 1 << 20);
    assert_eq!(thread(|| ()).1, Usage::default());
}

#[test]
fn a_thread_does_not_see_what_another_one_takes() {
    let (send, receive) = std::sync::mpsc::channel::<()>();
    let (ready, wait) = std::sync::mpsc::channel::<()>();
    let other = std::thread::spawn(move || {
        receive.recv().unwrap();
        let taken = thread(|| drop(block(1 << 20))).1;
        drop(ready);
        taken
    });
    let ((), here) = thread(|| {
        send.send(()).unwrap();
        assert!(wait.recv().is_err());
    });
    let there = other.join().unwrap();
    assert!(here.largest_bytes < 1 << 20, "{here:?}");
    assert_eq!((there.allocations, there.largest_bytes), (1, 1 << 20));
}

#[test]
fn a_block_that_another_thread_frees_stays_live_here() {
    let (bytes, here) = thread(|| block(333));
    let there = std::thread::spawn(move || thread(|| drop(bytes)).1);
    let there = there.join().unwrap();
    assert_eq!((here.live_blocks(), here.live_bytes()), (1, 333));
    assert_eq!((there.live_blocks(), there.live_bytes()), (-1, -333));
}

#[test]
fn a_thread_that_is_taken_apart_still_allocates_and_can_be_read() {
    use std::sync::mpsc::{Sender, channel};
    struct Last(Sender<Usage>);
    impl Drop for Last {
        fn drop(&mut self) {
            let ((), usage) = thread(|| drop(block(77)));
            self.0.send(usage).unwrap();
        }
    }
    thread_local! {
        static LAST: std::cell::RefCell<Option<Last>> = const { std::cell::RefCell::new(None) };
    }
    let (send, receive) = channel();
    std::thread::spawn(move || LAST.set(Some(Last(send))))
        .join()
        .unwrap();
    let usage = receive.recv().unwrap();
    assert_eq!(
        (usage.allocations, usage.frees, usage.peak_bytes),
        (1, 1, 77)
    );
}
