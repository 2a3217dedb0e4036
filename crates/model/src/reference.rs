//! Sources and terms: `data/sources.toml` and `data/glossary.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Every source that the book cites, by key.
pub type Sources = BTreeMap<String, Source>;

/// One document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title of the document or page.
    pub title: String,
    /// Who wrote it: persons, or the project.
    pub author: String,
    /// Journal, conference, site or manual.
    #[serde(rename = "in", default)]
    pub container: Option<String>,
    /// Year of the edition that was read.
    #[serde(default)]
    pub year: Option<u16>,
    /// Where it can be read.
    #[serde(default)]
    pub url: Option<String>,
    /// Page or section, when the whole document is meant by it.
    #[serde(default)]
    pub section: Option<String>,
    /// One sentence about what it is good for.
    #[serde(default)]
    pub note: Option<String>,
}

/// The file `data/glossary.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Its terms.
    #[serde(default)]
    pub term: Vec<Term>,
}

/// One word of the trade.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The word, in the singular.
    pub name: String,
    /// Its plural, where the text uses one.
    #[serde(default)]
    pub plural: Option<String>,
    /// Other forms under which the text may link to it.
    #[serde(default)]
    pub forms: Vec<String>,
    /// What it means, in one or two sentences of Markdown.
    pub text: String,
}

impl Term {
    /// The fragment of its entry on the glossary page.
    pub fn anchor(&self) -> String {
        self.name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-")
    }

    /// Whether `word` is this term in one of its forms, upper and lower case alike.
    pub fn is(&self, word: &str) -> bool {
        std::iter::once(&self.name).chain(&self.plural).chain(&self.forms).any(|form| form.eq_ignore_ascii_case(word))
    }
}
