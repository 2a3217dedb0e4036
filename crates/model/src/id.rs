//! Names of chapters and listings.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The name of a listing: its chapter and its slug, written `chapter/slug`.
///
/// The slug alone is unique in the whole book; the chapter is part of the name because it says where
/// the file lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ListingId {
    /// Folder under `src/` and `listings/`.
    pub chapter: String,
    /// File name without its extension.
    pub slug: String,
}

impl ListingId {
    /// Joins a chapter and a slug that are already known to be well formed.
    pub fn new(chapter: impl Into<String>, slug: impl Into<String>) -> Self {
        Self { chapter: chapter.into(), slug: slug.into() }
    }
}

impl fmt::Display for ListingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.chapter, self.slug)
    }
}

/// Why a text is not a [`ListingId`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not of the form `chapter/slug` in lower-case letters, digits and hyphens")]
pub struct BadId(pub String);

impl FromStr for ListingId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.split_once('/') {
            Some((chapter, slug)) if is_slug(chapter) && is_slug(slug) => Ok(Self::new(chapter, slug)),
            _ => Err(BadId(text.to_owned())),
        }
    }
}

impl TryFrom<String> for ListingId {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<ListingId> for String {
    fn from(id: ListingId) -> Self {
        id.to_string()
    }
}

/// Whether `text` may name a chapter, a listing or a figure: kebab-case, starting with a letter.
pub fn is_slug(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_chapter_and_a_slug() {
        assert_eq!("heap/grow".parse(), Ok(ListingId::new("heap", "grow")));
        for bad in ["heap", "heap/", "/grow", "Heap/grow", "heap/grow/more", "heap/-grow", "heap/a--b", "1/a"] {
            assert_eq!(bad.parse::<ListingId>(), Err(BadId(bad.into())), "{bad}");
        }
    }
}
