//! fails: many
//! misconception: Where in a string one writes makes no difference, as long as there is room.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    let between = parts.len().saturating_sub(1);
    let text: usize = parts.iter().map(|part| part.len()).sum();
    let mut joined = String::with_capacity(text + between * separator.len());
    for (index, part) in parts.iter().enumerate().rev() {
        joined.insert_str(0, part);
        if index > 0 {
            joined.insert_str(0, separator);
        }
    }
    joined
}
