//! fails: exact
//! misconception: Very small blocks are not worth asking for, so a minimum does no harm.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    let between = parts.len().saturating_sub(1);
    let text: usize = parts.iter().map(|part| part.len()).sum();
    let length = text + between * separator.len();
    let mut joined = String::with_capacity(length.max(16));
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part);
    }
    joined
}
