//! What the standard library has for it.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    parts.join(separator)
}
