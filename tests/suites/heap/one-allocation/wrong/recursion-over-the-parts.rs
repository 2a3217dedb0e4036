//! fails: many
//! misconception: A function that calls itself last needs no more stack than a loop.

/// Appends the parts, the first one, then the rest.
fn append(joined: &mut String, parts: &[&str], separator: &str) {
    let Some((first, rest)) = parts.split_first() else {
        return;
    };
    joined.push_str(first);
    if !rest.is_empty() {
        joined.push_str(separator);
        append(joined, rest, separator);
    }
}

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    let between = parts.len().saturating_sub(1);
    let text: usize = parts.iter().map(|part| part.len()).sum();
    let mut joined = String::with_capacity(text + between * separator.len());
    append(&mut joined, parts, separator);
    joined
}
