//! A smaller toolbox.

// ---- largest ----
/// The largest of some numbers.
pub fn largest(numbers: &[i64]) -> Option<i64> {
    todo!("the largest of {numbers:?}")
}

// ---- names ----
/// The first letters of all words.
pub fn initials(name: &str) -> String {
    todo!("the initials of {name}")
}
