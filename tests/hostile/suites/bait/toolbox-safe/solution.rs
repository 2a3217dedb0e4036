//! A smaller toolbox.

// ---- largest ----
/// The largest of some numbers.
pub fn largest(numbers: &[i64]) -> Option<i64> {
    // SOLUTION
    numbers.iter().copied().max()
    // STARTER
    // todo!("the largest of {numbers:?}")
    // END
}

// ---- names ----
/// The first letters of all words.
pub fn initials(name: &str) -> String {
    // SOLUTION
    name.split_whitespace().filter_map(|word| word.chars().next()).collect()
    // STARTER
    // todo!("the initials of {name}")
    // END
}
