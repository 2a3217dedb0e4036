//! fails: text
//! misconception: If nothing was written so far, no part has come yet.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    let between = parts.len().saturating_sub(1);
    let text: usize = parts.iter().map(|part| part.len()).sum();
    let mut joined = String::with_capacity(text + between * separator.len());
    for part in parts {
        if !joined.is_empty() {
            joined.push_str(separator);
        }
        joined.push_str(part);
    }
    joined
}
