//! Readings of the whole process. They have their own `main`, because nothing else may run.

use probe::{Usage, process, thread};
use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

fn main() {
    // What the standard library takes once, at the first thread, is taken before any reading.
    std::thread::spawn(|| ()).join().unwrap();
    let tests: [(&str, fn()); 8] = [
        ("nothing_else_runs_here", nothing_else_runs_here),
        (
            "what_a_thread_takes_and_frees_is_seen",
            what_a_thread_takes_and_frees_is_seen,
        ),
        (
            "a_block_freed_by_another_thread_is_not_live",
            a_block_freed_by_another_thread_is_not_live,
        ),
        (
            "no_block_of_many_threads_is_lost",
            no_block_of_many_threads_is_lost,
        ),
        ("readings_may_be_nested", readings_may_be_nested),
        (
            "readings_of_two_threads_may_overlap",
            readings_of_two_threads_may_overlap,
        ),
        ("a_panic_closes_its_reading", a_panic_closes_its_reading),
        (
            "one_reading_too_many_is_refused",
            one_reading_too_many_is_refused,
        ),
    ];
    for (name, test) in tests {
        test();
        println!("test {name} ... ok");
    }
}

fn block(bytes: usize) -> Vec<u8> {
    black_box(Vec::with_capacity(bytes))
}

fn nothing_else_runs_here() {
    let ((), usage) = process(|| drop(block(10)));
    let expected = Usage {
        allocations: 1,
        frees: 1,
        allocated_bytes: 10,
        freed_bytes: 10,
        peak_bytes: 10,
        largest_bytes: 10,
        ..Usage::default()
    };
    assert_eq!(usage, expected);
}

fn what_a_thread_takes_and_frees_is_seen() {
    let (((), here), usage) = process(|| {
        thread(|| std::thread::spawn(|| drop(block(1 << 20))).join().unwrap())
    });
    assert!(here.largest_bytes < 1 << 20);
    assert_eq!(usage.largest_bytes, 1 << 20);
    assert!(usage.peak_bytes >= 1 << 20);
    assert_eq!((usage.live_blocks(), usage.live_bytes()), (0, 0));
}

fn a_block_freed_by_another_thread_is_not_live() {
    let ((), usage) = process(|| {
        let bytes = block(5000);
        std::thread::spawn(move || drop(bytes)).join().unwrap();
    });
    assert_eq!((usage.live_blocks(), usage.live_bytes()), (0, 0));
    let (kept, usage) = process(|| std::thread::spawn(|| block(5000)).join().unwrap());
    assert_eq!((usage.live_blocks(), usage.live_bytes()), (1, 5000));
    drop(kept);
}

fn no_block_of_many_threads_is_lost() {
    let work = || {
        for size in 1..=1000 {
            let mut bytes = block(size);
            bytes.reserve_exact(2 * size);
            drop(black_box(bytes));
        }
    };
    let start = |threads: usize| {
        let handles: Vec<_> = (0..threads).map(|_| std::thread::spawn(work)).collect();
        handles
            .into_iter()
            .for_each(|handle| handle.join().unwrap());
    };
    let ((), usage) = process(|| start(4));
    assert_eq!(usage.reallocations, 4 * 1000);
    assert_eq!(usage.realloc_bytes, 4 * 500_500);
    assert_eq!(usage.largest_bytes, 2000);
    assert!((4000..4100).contains(&usage.allocations), "{usage:?}");
    assert_eq!((usage.live_blocks(), usage.live_bytes()), (0, 0));
}

fn readings_may_be_nested() {
    let ((first, second), outer) = process(|| {
        let kept = block(100);
        let ((), first) = process(|| drop(block(1000)));
        drop(kept);
        let ((), second) = process(|| drop(block(50)));
        (first, second)
    });
    assert_eq!((first.allocations, first.peak_bytes), (1, 1000));
    assert_eq!((second.allocations, second.peak_bytes), (1, 50));
    assert_eq!((outer.allocations, outer.peak_bytes), (3, 1100));
    assert_eq!((outer.largest_bytes, outer.live_bytes()), (1000, 0));
}

fn readings_of_two_threads_may_overlap() {
    use std::sync::mpsc::channel;
    let (opened, is_open) = channel();
    let (finish, may_finish) = channel::<()>();
    let other = std::thread::spawn(move || {
        let reading = process(|| {
            opened.send(()).unwrap();
            may_finish.recv().unwrap();
        });
        reading.1
    });
    is_open.recv().unwrap();
    let ((), here) = process(|| {
        drop(block(1 << 20));
        finish.send(()).unwrap();
    });
    let there = other.join().unwrap();
    assert_eq!(
        (here.largest_bytes, there.largest_bytes),
        (1 << 20, 1 << 20)
    );
}

fn a_panic_closes_its_reading() {
    for _ in 0..100 {
        let caught =
            catch_unwind(AssertUnwindSafe(|| process(|| resume_unwind(Box::new(())))));
        assert!(caught.is_err());
    }
    nothing_else_runs_here();
}

fn one_reading_too_many_is_refused() {
    fn open(more: u32) -> u64 {
        match more {
            0 => 0,
            _ => process(|| open(more - 1)).0 + 1,
        }
    }
    assert_eq!(open(16), 16);
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| ()));
    let message = catch_unwind(|| open(17)).unwrap_err();
    std::panic::set_hook(quiet);
    let message = message.downcast_ref::<String>().unwrap();
    assert!(message.starts_with("16 readings"), "{message}");
    nothing_else_runs_here();
}
