//! The tests that you see. The grader has more of the same kinds.

use cow_escape::escape;
use std::borrow::Cow;

#[test]
fn five_characters_are_escaped() {
    assert_eq!(escape("<b>"), "&lt;b&gt;");
    assert_eq!(escape("\"it's\""), "&quot;it&#39;s&quot;");
    assert_eq!(escape("&"), "&amp;");
}

#[test]
fn other_letters_stay_as_they_are() {
    assert_eq!(escape("naïve < 日本"), "naïve &lt; 日本");
    assert_eq!(escape(""), "");
}

#[test]
fn a_plain_text_is_borrowed() {
    let (escaped, usage) = probe::thread(|| escape("nothing to do, plain reader"));
    assert!(matches!(escaped, Cow::Borrowed(_)));
    assert_eq!(usage.allocations, 0);
}

#[test]
fn one_change_is_one_block() {
    let (escaped, usage) = probe::thread(|| escape("1 < 2, and so on"));
    assert!(matches!(escaped, Cow::Owned(_)));
    assert_eq!((usage.allocations, usage.reallocations), (1, 0));
}
