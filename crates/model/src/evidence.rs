//! The ledger: every statement that popular texts make, judged, and how the book proves its own.

use crate::id::ListingId;
use serde::{Deserialize, Serialize};

/// How a popular statement was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verdict {
    /// May be taught as it stands.
    True,
    /// Right in spirit, wrong or incomplete as usually put.
    Nuance,
    /// Was true once.
    Outdated,
    /// Must be contradicted.
    Wrong,
    /// A subject that popular texts leave out and this book treats.
    Subject,
}

impl Verdict {
    /// The verdict in words, as the appendices print it.
    pub fn words(self) -> &'static str {
        match self {
            Self::True => "right",
            Self::Nuance => "half right",
            Self::Outdated => "outdated",
            Self::Wrong => "wrong",
            Self::Subject => "left out",
        }
    }
}

/// The file `data/evidence.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Its rows, in the order of the file.
    #[serde(default)]
    pub row: Vec<Row>,
}

/// One statement and its proof.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Ledger number, `5.04`, or a slug for a subject.
    pub id: String,
    /// The judgment.
    pub verdict: Verdict,
    /// What popular texts say, in our words.
    pub claim: String,
    /// What is so.
    pub statement: String,
    /// A listing that holds a proof mark for this row.
    #[serde(default)]
    pub listing: Option<ListingId>,
    /// A series of measurements, `chapter/series`.
    #[serde(default)]
    pub measured: Option<String>,
    /// Keys of sources.
    #[serde(default)]
    pub cited: Vec<String>,
    /// The page that treats it: `chapter/file`, without extension.
    pub page: String,
}
