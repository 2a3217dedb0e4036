//! fails: text
//! misconception: Quotes come in pairs of two strokes; an apostrophe means nothing to a browser.

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
    // What was not copied yet begins at `from`.
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = written(byte) {
            escaped.push_str(&text[from..at]);
            escaped.push_str(entity);
            from = at + 1;
        }
    }
    escaped.push_str(&text[from..]);
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
        _ => None,
    }
}
