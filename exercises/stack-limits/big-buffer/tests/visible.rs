//! The tests that you see. The grader has more of the same kinds.

use big_buffer::{filled, zeroed};

const SMALL_STACK: usize = 64 * 1024;
const MEGABYTE: usize = 1_000_000;

#[test]
fn zeros_are_zero() {
    let mut buffer: Box<[u8; 100]> = zeroed();
    assert_eq!(*buffer, [0; 100]);
    buffer[99] = 7;
    assert_eq!(buffer[99], 7);
}

#[test]
fn values_are_in_their_places() {
    let squares: Box<[usize; 5]> = filled(|place| place * place);
    assert_eq!(*squares, [0, 1, 4, 9, 16]);
    let words: Box<[String; 3]> = filled(|place| "ab".repeat(place));
    assert_eq!(*words, ["", "ab", "abab"]);
}

#[test]
fn a_megabyte_of_zeros_in_a_small_stack() {
    let sum = probe::with_stack(SMALL_STACK, || {
        let buffer = zeroed::<MEGABYTE>();
        buffer.iter().map(|&byte| u64::from(byte)).sum::<u64>()
    });
    assert_eq!(sum, 0);
}

#[test]
fn a_megabyte_of_values_in_a_small_stack() {
    let last = probe::with_stack(SMALL_STACK, || {
        filled::<u8, MEGABYTE>(|place| (place % 10) as u8)[MEGABYTE - 1]
    });
    assert_eq!(last, 9, "the last place is 999 999");
}
