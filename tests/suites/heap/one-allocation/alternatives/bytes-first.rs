//! The bytes are collected first; the string takes over their block.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    let Some((first, rest)) = parts.split_first() else {
        return String::new();
    };
    let length = rest.iter().fold(first.len(), |length, part| {
        length + separator.len() + part.len()
    });
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(first.as_bytes());
    for part in rest {
        bytes.extend_from_slice(separator.as_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    String::from_utf8(bytes).expect("text behind text is text")
}
