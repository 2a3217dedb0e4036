//! Strings joined in one block that is exactly as large as the result.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    // SOLUTION
    let between = parts.len().saturating_sub(1);
    let text: usize = parts.iter().map(|part| part.len()).sum();
    let mut joined = String::with_capacity(text + between * separator.len());
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part);
    }
    joined
    // STARTER
    // todo!("join {} parts with {separator:?}", parts.len())
    // END
}
