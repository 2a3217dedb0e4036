//! One character after the other, into a block of the right size.

use std::borrow::Cow;

/// Writes `text` so that a browser shows it as it is: `&`, `<`, `>`, `"` and `'` become
/// `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&#39;`.
///
/// A text without any of the five is borrowed.
pub fn escape(text: &str) -> Cow<'_, str> {
    let length: usize = text
        .bytes()
        .map(|byte| written(byte).map_or(1, str::len))
        .sum();
    if length == text.len() {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(length);
    for one in text.chars() {
        match u8::try_from(one).ok().and_then(written) {
            Some(entity) => escaped.push_str(entity),
            None => escaped.push(one),
        }
    }
    Cow::Owned(escaped)
}

/// What stands for a character that may not stand for itself. All five are ASCII, so no
/// byte of another character is one of them.
fn written(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}
