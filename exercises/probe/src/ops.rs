use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Counts what is done with its [values](Ops::value): comparisons, clones, hashes.
///
/// Several counters know nothing of each other. It can be shared between threads. It does not
/// see moves, which no code of a type takes part in.
///
/// ```
/// let ops = probe::Ops::new();
/// let sorted: Vec<_> = (0..1000).map(|n| ops.value(n)).collect();
/// assert!(sorted.binary_search(&ops.value(777)).is_ok());
/// assert!(ops.comparisons() <= 11, "a search in 1000 sorted values needs ten or so");
/// assert_eq!(ops.clones(), 0);
/// ```
#[derive(Debug, Default)]
pub struct Ops {
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    comparisons: AtomicU64,
    clones: AtomicU64,
    hashes: AtomicU64,
}

impl Ops {
    /// A counter that has counted nothing yet.
    ///
    /// It takes one block from the allocator, which is freed when the counter and all its
    /// values are gone: make it before a reading, and keep it until after.
    ///
    /// ```
    /// assert_eq!(probe::Ops::new().comparisons(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An element with the given value, whose operations are counted here. Takes no memory
    /// from the allocator, nor does cloning it.
    ///
    /// ```
    /// let ops = probe::Ops::new();
    /// assert_eq!(ops.value(7).value(), 7);
    /// ```
    #[must_use]
    pub fn value(&self, value: i64) -> Compared {
        Compared {
            value,
            counts: Arc::clone(&self.counts),
        }
    }

    /// How often two values were compared, for equality or for order: once for each use of
    /// `==`, `<`, `cmp` and their like. It is counted for the left one of the two.
    ///
    /// ```
    /// let ops = probe::Ops::new();
    /// let (one, two) = (ops.value(1), ops.value(2));
    /// assert!(one != two && one < two);
    /// assert_eq!(ops.comparisons(), 2);
    /// ```
    #[must_use]
    pub fn comparisons(&self) -> u64 {
        self.counts.comparisons.load(Relaxed)
    }

    /// How often a value was cloned.
    ///
    /// ```
    /// let ops = probe::Ops::new();
    /// let row = vec![ops.value(0); 10]; // nine clones, and the original
    /// assert_eq!(ops.clones(), 9);
    /// # drop(row);
    /// ```
    #[must_use]
    pub fn clones(&self) -> u64 {
        self.counts.clones.load(Relaxed)
    }

    /// How often a value was hashed.
    ///
    /// ```
    /// let ops = probe::Ops::new();
    /// let set = std::collections::HashSet::from([ops.value(1)]);
    /// assert!(!set.contains(&ops.value(2)));
    /// assert_eq!(ops.hashes(), 2);
    /// ```
    #[must_use]
    pub fn hashes(&self) -> u64 {
        self.counts.hashes.load(Relaxed)
    }
}

/// An element that tells its [`Ops`] when it is compared, cloned or hashed. It compares and
/// hashes like its value, and may go to other threads.
///
/// ```
/// let ops = probe::Ops::new();
/// let mut row = [3, 1, 2].map(|n| ops.value(n));
/// row.sort();
/// assert_eq!(row.map(|item| item.value()), [1, 2, 3]);
/// assert!(ops.comparisons() >= 2);
/// ```
pub struct Compared {
    value: i64,
    counts: Arc<Counts>,
}

impl Compared {
    /// The value that it was made with. Looking at it is not counted.
    ///
    /// ```
    /// assert_eq!(probe::Ops::new().value(-1).value(), -1);
    /// ```
    #[must_use]
    pub fn value(&self) -> i64 {
        self.value
    }
}

impl Clone for Compared {
    fn clone(&self) -> Self {
        self.counts.clones.fetch_add(1, Relaxed);
        Self {
            value: self.value,
            counts: Arc::clone(&self.counts),
        }
    }
}

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        self.counts.comparisons.fetch_add(1, Relaxed);
        self.value == other.value
    }
}

impl Eq for Compared {}

impl PartialOrd for Compared {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Compared {
    fn cmp(&self, other: &Self) -> Ordering {
        self.counts.comparisons.fetch_add(1, Relaxed);
        self.value.cmp(&other.value)
    }
}

impl Hash for Compared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.counts.hashes.fetch_add(1, Relaxed);
        self.value.hash(state);
    }
}

impl fmt::Debug for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Compared").field(&self.value).finish()
    }
}
