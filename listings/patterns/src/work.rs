//! The work of which the chapter takes the time.

use smallvec::SmallVec;
use std::fmt::Write;
use std::hint::black_box;

/// Room for eight tags.
pub type Tags = SmallVec<[u32; 8]>;

/// Eight-byte numbers by push, into a vector that begins with room for `room`.
pub fn push(count: u64, room: usize) {
    let mut numbers = Vec::with_capacity(room);
    for number in 0..count {
        numbers.push(black_box(number));
    }
    black_box(numbers);
}

/// A hundred lines, each in a string of its own first.
pub fn formatted() {
    let mut line = String::with_capacity(32);
    for number in 0..100 {
        line.clear();
        line.push_str(&format!("article {number}"));
        black_box(&line);
    }
}

/// A hundred lines, written where they are wanted.
pub fn written() {
    let mut line = String::with_capacity(32);
    for number in 0..100 {
        line.clear();
        // A string takes whatever is written to it.
        let _ = write!(line, "article {number}");
        black_box(&line);
    }
}

/// The first byte of a borrowed text.
#[inline(never)]
pub fn look(text: &str) -> Option<u8> {
    black_box(text).bytes().next()
}

/// The first byte of a copy.
#[inline(never)]
pub fn look_at_copy(text: &str) -> Option<u8> {
    black_box(text.to_owned()).bytes().next()
}

/// The first byte of a copy in a string that has room.
#[inline(never)]
pub fn look_at_kept(text: &String, kept: &mut String) -> Option<u8> {
    kept.clone_from(text);
    black_box(kept).bytes().next()
}

/// Tags in a vector that grows.
pub fn grown_tags(count: u32) -> u32 {
    let mut tags = Vec::new();
    for tag in 0..count {
        tags.push(black_box(tag));
    }
    black_box(tags).iter().sum()
}

/// Tags in a vector that asked once.
pub fn reserved_tags(count: u32) -> u32 {
    let mut tags = Vec::with_capacity(count as usize);
    for tag in 0..count {
        tags.push(black_box(tag));
    }
    black_box(tags).iter().sum()
}

/// Tags in a small vector.
pub fn small_tags(count: u32) -> u32 {
    let mut tags = Tags::new();
    for tag in 0..count {
        tags.push(black_box(tag));
    }
    black_box(tags).iter().sum()
}
