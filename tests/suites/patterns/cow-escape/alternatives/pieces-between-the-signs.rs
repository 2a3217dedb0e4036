//! The text is split at the signs; each piece is written with its sign.

use std::borrow::Cow;

const ENTITIES: [(char, &str); 5] = [
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
    ('\'', "&#39;"),
];

/// Writes `text` so that a browser shows it as it is: `&`, `<`, `>`, `"` and `'` become
/// `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&#39;`.
///
/// A text without any of the five is borrowed.
pub fn escape(text: &str) -> Cow<'_, str> {
    let is_sign = |one: char| ENTITIES.iter().any(|(sign, _)| *sign == one);
    if !text.contains(is_sign) {
        return text.into();
    }
    let entity = |sign: &str| {
        let found = ENTITIES.iter().find(|(one, _)| sign.starts_with(*one));
        found.map_or("", |(_, entity)| *entity)
    };
    let more = |sign: &str| entity(sign).len() - 1;
    let more: usize = text.matches(is_sign).map(more).sum();
    let mut escaped = String::with_capacity(text.len() + more);
    for piece in text.split_inclusive(is_sign) {
        let plain = piece.trim_end_matches(is_sign);
        escaped.push_str(plain);
        escaped.push_str(entity(&piece[plain.len()..]));
    }
    escaped.into()
}
