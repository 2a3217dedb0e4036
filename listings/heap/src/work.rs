//! The work whose time is compared. Every function does what its name says even with
//! optimization: what it makes is looked at.

use std::hint::black_box;
use std::mem::MaybeUninit;

/// Takes `N` bytes of the stack, and writes to one of them.
#[inline(never)]
pub fn touch_stack<const N: usize>() {
    let mut block = [MaybeUninit::<u8>::uninit(); N];
    black_box(&mut block)[N / 2].write(1);
    black_box(&block);
}

/// Takes `N` bytes of the heap, and writes to one of them.
#[inline(never)]
pub fn touch_heap<const N: usize>() {
    let mut block = Vec::<u8>::with_capacity(N);
    black_box(&mut block.spare_capacity_mut())[N / 2].write(1);
    black_box(&block);
}

/// Takes `N` bytes of the stack, and writes to each of them.
#[inline(never)]
pub fn fill_stack<const N: usize>() {
    let mut block = [black_box(1_u8); N];
    black_box(&mut block);
}

/// Takes `N` bytes of the heap, and writes to each of them.
#[inline(never)]
pub fn fill_heap<const N: usize>() {
    let mut block = vec![black_box(1_u8); N];
    black_box(&mut block);
}

/// Asks for `bytes` and gives them back.
pub fn pair(bytes: usize) {
    drop(black_box(Vec::<u8>::with_capacity(black_box(bytes))));
}

/// A thousand numbers that begin where a line of the cache begins, so that the place within a line
/// makes no difference between one array and another.
#[repr(align(64))]
pub struct Numbers(pub [u32; 1000]);

/// Adds up numbers a hundred times.
#[must_use]
pub fn sums(numbers: &[u32]) -> u32 {
    (0..100).map(|_| sum(black_box(numbers))).fold(0, u32::wrapping_add)
}

/// Adds up numbers, wherever they are.
#[inline(never)]
#[must_use]
fn sum(numbers: &[u32]) -> u32 {
    numbers.iter().fold(0, |sum, number| sum.wrapping_add(*number))
}

/// Follows a ring of places: each number is the index of the next one.
#[inline(never)]
#[must_use]
pub fn follow(ring: &[u32], steps: u32) -> u32 {
    (0..steps).fold(0, |place, _| ring[place as usize])
}

/// A ring through all places, in an order that jumps about.
#[must_use]
pub fn ring<const N: usize>() -> [u32; N] {
    // An odd step and a length that is a power of two visit every place.
    assert!(N.is_power_of_two());
    std::array::from_fn(|place| ((place + 389) % N) as u32)
}

/// Asks the system for its smallest service.
#[cfg(unix)]
pub fn system_call() {
    // SAFETY: asks for a number.
    black_box(unsafe { libc::syscall(libc::SYS_getppid) });
}

/// Takes a mapping of `bytes` from the system, writes to its first `pages` pages, and gives it back.
#[cfg(unix)]
pub fn mapping(bytes: usize, pages: usize) {
    use std::ptr::null_mut;
    let access = libc::PROT_READ | libc::PROT_WRITE;
    let kind = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
    // SAFETY: a new mapping, which is written to within its bounds and then given back.
    unsafe {
        let start = libc::mmap(null_mut(), bytes, access, kind, -1, 0);
        assert_ne!(start, libc::MAP_FAILED);
        for page in 0..pages {
            start.cast::<u8>().add(page * 4096).write_volatile(1);
        }
        libc::munmap(start, bytes);
    }
}
