//! Readings of rain in a vector, in a list in order, and in a list whose order was lost.

use measure::Seeded;
use std::collections::LinkedList;

/// The readings 0, 1, 2 and so on, in a vector.
#[must_use]
pub fn vector(count: usize) -> Vec<u64> {
    (0..count as u64).collect()
}

/// The same readings in a list that was made from front to back.
#[must_use]
pub fn list(count: usize) -> LinkedList<u64> {
    (0..count as u64).collect()
}

/// The same readings in a list whose nodes come in an order that has nothing to do with their
/// addresses.
#[must_use]
pub fn shuffled_list(count: usize) -> LinkedList<u64> {
    let mut nodes: Vec<LinkedList<u64>> =
        (0..count as u64).map(|n| LinkedList::from([n])).collect();
    Seeded::new(3).shuffle(&mut nodes);
    let mut list = LinkedList::new();
    for node in &mut nodes {
        list.append(node);
    }
    list
}

/// The sum of readings, wherever they are.
#[inline(never)]
#[must_use]
pub fn sum<'a>(readings: impl IntoIterator<Item = &'a u64>) -> u64 {
    readings.into_iter().fold(0, |sum, n| sum.wrapping_add(*n))
}
