//! fails: exact
//! misconception: There are as many separators as there are parts.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    let between = parts.len();
    let text: usize = parts.iter().map(|part| part.len()).sum();
    let mut joined = String::with_capacity(text + between * separator.len());
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part);
    }
    joined
}
