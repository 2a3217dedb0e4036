use crate::allocator::quietly;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

/// Keeps a tally of [values](Tally::value): how many were made, cloned and dropped, which of
/// them twice, and in what order.
///
/// What it needs for itself is hidden from every reading of the allocator and never refused, so
/// it may be used inside of [`thread`](crate::thread) and [`failing_after`](crate::failing_after).
/// Its values may go to other threads. Values that are left when it is dropped are no longer
/// counted.
///
/// ```
/// let tally = probe::Tally::new();
/// let mut line = vec![tally.value(1), tally.value(2), tally.value(3)];
/// line.remove(1);
/// assert_eq!((tally.alive(), tally.dropped()), (2, 1));
/// drop(line);
/// assert_eq!(tally.order(), [1, 0, 2]);
/// assert_eq!(tally.dropped_twice(), 0);
/// ```
#[derive(Debug)]
pub struct Tally {
    number: u64,
}

/// What is known of the values of one tally; their ids are their places in `drops`.
#[derive(Default)]
struct Record {
    drops: Vec<u32>,
    clones: u64,
    order: Vec<u64>,
}

/// The records of all tallies, by number. They are kept here, not in the values: a value that is
/// dropped twice must have nothing that the first drop destroyed.
static RECORDS: Mutex<BTreeMap<u64, Record>> = Mutex::new(BTreeMap::new());

/// The id of a value whose tally is gone.
const UNKNOWN: u64 = u64::MAX;

fn with_records<R>(act: impl FnOnce(&mut BTreeMap<u64, Record>) -> R) -> R {
    quietly(|| act(&mut RECORDS.lock().unwrap_or_else(PoisonError::into_inner)))
}

impl Tally {
    /// A tally without values.
    ///
    /// ```
    /// assert_eq!(probe::Tally::new().created(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Relaxed);
        with_records(|records| records.insert(number, Record::default()));
        Self { number }
    }

    /// Makes an element with the given value. Its [id](Counted::id) is the number of values
    /// that this tally has made before it.
    ///
    /// ```
    /// let tally = probe::Tally::new();
    /// let seven = tally.value(7);
    /// assert_eq!((seven.value(), seven.id()), (7, 0));
    /// ```
    #[must_use]
    pub fn value(&self, value: i64) -> Counted {
        Counted::register(self.number, value, false)
    }

    /// Values that were made, clones included.
    ///
    /// ```
    /// let tally = probe::Tally::new();
    /// let row = vec![tally.value(0); 10];
    /// assert_eq!(tally.created(), 10);
    /// # drop(row);
    /// ```
    #[must_use]
    pub fn created(&self) -> u64 {
        self.read(|record| record.drops.len() as u64)
    }

    /// Values that were made by cloning another.
    ///
    /// ```
    /// let tally = probe::Tally::new();
    /// let row = vec![tally.value(0); 10]; // nine clones, and the original
    /// assert_eq!(tally.cloned(), 9);
    /// # drop(row);
    /// ```
    #[must_use]
    pub fn cloned(&self) -> u64 {
        self.read(|record| record.clones)
    }

    /// Values that were made and not dropped. Where nothing holds them any more, they are
    /// leaked.
    ///
    /// ```
    /// let tally = probe::Tally::new();
    /// std::mem::forget(tally.value(7));
    /// assert_eq!(tally.alive(), 1);
    /// ```
    #[must_use]
    pub fn alive(&self) -> u64 {
        self.read(|record| record.values(|drops| drops == 0))
    }

    /// Values that were dropped. One that was dropped twice counts once.
    ///
    /// ```
    /// let tally = probe::Tally::new();
    /// drop(tally.value(7));
    /// assert_eq!(tally.dropped(), 1);
    /// ```
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.read(|record| record.values(|drops| drops > 0))
    }

    /// Values that were dropped more than once: a fault of `unsafe` code, as a copy that was
    /// read through a pointer while the original stayed in its place.
    ///
    /// The second drop of a [`Counted`] destroys nothing, so the test can go on and tell. It is
    /// seen as long as the memory still holds the value. Code that drops what lies in freed or
    /// uninitialized memory has undefined behavior, and no count here is worth anything.
    ///
    /// ```
    /// let tally = probe::Tally::new();
    /// let original = tally.value(7);
    /// // SAFETY: a `Counted` may be dropped twice.
    /// let copy = unsafe { std::ptr::read(&original) };
    /// drop(original);
    /// drop(copy);
    /// assert_eq!(tally.dropped_twice(), 1);
    /// ```
    #[must_use]
    pub fn dropped_twice(&self) -> u64 {
        self.read(|record| record.values(|drops| drops > 1))
    }

    /// The ids of the values that were dropped, in the order of their drops. One that was
    /// dropped twice is there twice.
    ///
    /// ```
    /// let tally = probe::Tally::new();
    /// {
    ///     let _first = tally.value(10);
    ///     let _second = tally.value(20);
    /// }
    /// assert_eq!(tally.order(), [1, 0]);
    /// ```
    #[must_use]
    pub fn order(&self) -> Vec<u64> {
        // The list belongs to the caller, who frees it for every reading to see; so it must be
        // allocated here, where it is seen, and only filled out of sight.
        let length = self.read(|record| record.order.len());
        let mut order = Vec::with_capacity(length);
        self.read(|record| order.extend_from_slice(&record.order[..length]));
        order
    }

    fn read<R>(&self, look: impl FnOnce(&Record) -> R) -> R {
        // The record is there as long as the tally; `drop` alone removes it.
        with_records(|records| look(&records[&self.number]))
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        with_records(|records| drop(records.remove(&self.number)));
    }
}

impl Record {
    fn values(&self, belongs: impl Fn(u32) -> bool) -> u64 {
        self.drops.iter().filter(|&&drops| belongs(drops)).count() as u64
    }
}

/// An element whose life is kept account of by its [`Tally`]. It compares and hashes like its
/// value, so a clone equals its original; a clone has an id of its own.
///
/// ```
/// let tally = probe::Tally::new();
/// let original = tally.value(7);
/// let clone = original.clone();
/// assert_eq!(original, clone);
/// assert_ne!(original.id(), clone.id());
/// assert!(clone < tally.value(8));
/// ```
pub struct Counted {
    // Numbers only: see `RECORDS`.
    tally: u64,
    id: u64,
    value: i64,
}

impl Counted {
    /// The value that it was made with.
    ///
    /// ```
    /// assert_eq!(probe::Tally::new().value(7).value(), 7);
    /// ```
    #[must_use]
    pub fn value(&self) -> i64 {
        self.value
    }

    /// Its number in its tally, counted from zero in the order in which values were made. A
    /// clone that was made after the tally was dropped has the id `u64::MAX`.
    ///
    /// ```
    /// let tally = probe::Tally::new();
    /// let ids = [tally.value(7), tally.value(7)].map(|value| value.id());
    /// assert_eq!(ids, [0, 1]);
    /// ```
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    fn register(tally: u64, value: i64, clone: bool) -> Self {
        let id = with_records(|records| {
            let record = records.get_mut(&tally)?;
            record.drops.push(0);
            record.clones += u64::from(clone);
            Some(record.drops.len() as u64 - 1)
        });
        Self {
            tally,
            id: id.unwrap_or(UNKNOWN),
            value,
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        with_records(|records| {
            let record = records.get_mut(&self.tally)?;
            let drops = record.drops.get_mut(usize::try_from(self.id).ok()?)?;
            *drops = drops.saturating_add(1);
            record.order.push(self.id);
            Some(())
        });
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        Self::register(self.tally, self.value, true)
    }
}

impl PartialEq for Counted {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Counted {}

impl PartialOrd for Counted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Counted {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl Hash for Counted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Counted").field(&self.value).finish()
    }
}
