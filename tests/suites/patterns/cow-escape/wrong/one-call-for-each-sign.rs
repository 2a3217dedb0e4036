//! fails: cost
//! misconception: A function that calls itself last needs no more stack than a loop.

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
    append(&mut escaped, text);
    Cow::Owned(escaped)
}

/// Writes up to the first sign that changes, then the rest.
fn append(escaped: &mut String, text: &str) {
    let Some(at) = text.bytes().position(|byte| written(byte).is_some()) else {
        escaped.push_str(text);
        return;
    };
    escaped.push_str(&text[..at]);
    escaped.push_str(written(text.as_bytes()[at]).unwrap_or_default());
    append(escaped, &text[at + 1..]);
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
