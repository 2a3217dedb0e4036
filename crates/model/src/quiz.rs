//! Self-check questions: `src/<chapter>/quiz.toml`.

use crate::id::ListingId;
use serde::Deserialize;

/// The questions of a chapter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// In the order in which they are asked.
    #[serde(default)]
    pub question: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable name, so that answers can be compared between editions.
    pub id: String,
    /// The question, in Markdown.
    pub ask: String,
    /// The program it is about.
    #[serde(default)]
    pub listing: Option<ListingId>,
    /// What the right answer says that the program does; compared with the listing.
    #[serde(default)]
    pub result: Option<Claim>,
    /// The choices, in the order in which they are shown.
    pub choice: Vec<Choice>,
}

/// What a question says that a program does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// It dies by SIGABRT.
    Aborts,
    /// It panics.
    Panics,
    /// It ends well, and this line stands in its output.
    Prints(String),
    /// The compiler refuses it with this code.
    Error(String),
}

/// One answer to choose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The answer, in Markdown.
    pub text: String,
    /// Whether it is right.
    #[serde(default)]
    pub right: bool,
    /// Why it is right, or why it is not.
    pub why: String,
}
