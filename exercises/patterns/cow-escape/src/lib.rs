//! Text made safe for a page, without a copy where it is safe already.

use std::borrow::Cow;

/// Writes `text` so that a browser shows it as it is: `&`, `<`, `>`, `"` and `'` become
/// `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&#39;`.
///
/// A text without any of the five is borrowed.
pub fn escape(text: &str) -> Cow<'_, str> {
    todo!("escape {text}, and borrow it where nothing changes")
}
