//! Parts and separators in one chain, which is walked twice: for its length, and for
//! its text.

/// Puts the parts into one string, with the separator between each two of them.
pub fn join(parts: &[&str], separator: &str) -> String {
    let pieces = || {
        let rest = parts.iter().skip(1).flat_map(|part| [separator, part]);
        parts.iter().copied().take(1).chain(rest)
    };
    let mut joined = String::new();
    joined.reserve_exact(pieces().map(str::len).sum());
    joined.extend(pieces());
    joined
}
