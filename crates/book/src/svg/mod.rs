//! Pictures drawn when the book is built, as inline SVG.
//!
//! A picture holds classes and no color: the style sheet colors it, for every theme and for paper.
//! It has a title and a description, text that never overlaps, and a second sign besides each color.

mod bars;
pub mod chart;
mod line;
pub mod memory;
mod scale;
pub mod stack;

use std::fmt;

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// One or two `<svg>` elements on a single line, ready to stand in a figure.
    pub svg: String,
    /// The same numbers as a `<table>`, where the picture shows numbers.
    pub table: Option<String>,
}

/// Why a picture cannot be drawn: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{wrong}; {advice}")]
pub struct Undrawable {
    /// What is wrong.
    pub wrong: String,
    /// What to do next.
    pub advice: String,
}

impl Undrawable {
    fn new(wrong: impl fmt::Display, advice: impl fmt::Display) -> Self {
        Self { wrong: wrong.to_string(), advice: advice.to_string() }
    }
}

/// Escapes text for the content of an element or a double-quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The opening tag of a picture with its title and description, which make it one image to a reader
/// who cannot see it.
fn open(id: &str, classes: &str, (width, height): (f64, f64), title: &str, description: &str) -> String {
    format!(
        concat!(
            r#"<svg class="{}" role="img" aria-labelledby="{id}-title {id}-about" viewBox="0 0 {} {}" "#,
            r#"width="{}" height="{}" xmlns="http://www.w3.org/2000/svg">"#,
            r#"<title id="{id}-title">{}</title><desc id="{id}-about">{}</desc>"#
        ),
        classes,
        round(width),
        round(height),
        round(width),
        round(height),
        escape(title),
        escape(description),
        id = id
    )
}

/// A text element.
fn text(class: &str, (x, y): (f64, f64), anchor: Anchor, words: &str) -> String {
    format!(r#"<text class="{class}" x="{}" y="{}"{}>{}</text>"#, round(x), round(y), anchor.attribute(), escape(words))
}

/// Which part of a text stands at its position.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => r#" text-anchor="middle""#,
            Self::End => r#" text-anchor="end""#,
        }
    }
}

/// A coordinate with at most one digit after the point.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// How wide words are at most, in the units of a picture, when set at `size`.
///
/// The fonts are the reader's, so this errs on the wide side.
pub(crate) fn width_of(words: &str, size: f64) -> f64 {
    words.chars().count() as f64 * size * 0.58
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod escaping {
    use super::*;

    #[test]
    fn text_in_a_picture_cannot_end_it_or_leave_its_line() {
        assert_eq!(escape("a < b & \"c\"\n>"), "a &lt; b &amp; &quot;c&quot; &gt;");
    }
}
