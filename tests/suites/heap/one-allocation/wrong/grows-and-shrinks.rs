//! fails: one-request
//! misconception: What counts is the block that is left at the end.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    let mut joined = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part);
    }
    joined.shrink_to_fit();
    joined
}
