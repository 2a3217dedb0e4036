//! What a drawn figure shows: `src/<chapter>/figures.toml`, one table a figure.

use serde::Deserialize;

/// A figure, told apart by its `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum FigureSpec {
    /// A stack with the addresses that a listing printed.
    Stack(StackSpec),
    /// A diagram of structure (never of memory), written in Mermaid.
    Mermaid(MermaidSpec),
}

/// A picture of a stack, drawn from the recorded output of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StackSpec {
    /// `<chapter>/<slug>` of the listing.
    pub listing: String,
    /// Which build's output, `debug` or `release`; needed where the two differ.
    #[serde(default)]
    pub profile: Option<String>,
    /// What to notice, printed below the picture.
    pub caption: String,
    /// The picture in words, for those who cannot see it.
    pub description: String,
    /// Which parts of the output are frames: a regular expression with the groups `name` and
    /// `address` (hexadecimal) and, where the program prints it, `size` (bytes). Without a size, a
    /// frame is taken to reach down to the next one, and the newest has none.
    pub frame: String,
    /// Where the guard page is, if the output says so: groups `address` (its lowest byte) and,
    /// optionally, `size`.
    #[serde(default)]
    pub guard: Option<String>,
}

/// A Mermaid diagram.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MermaidSpec {
    /// The file beside `figures.toml`, ending in `.mmd`.
    pub file: String,
    /// What to notice, printed below the picture; also its description.
    pub caption: String,
}

impl FigureSpec {
    /// What to notice.
    pub fn caption(&self) -> &str {
        match self {
            Self::Stack(spec) => &spec.caption,
            Self::Mermaid(spec) => &spec.caption,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_decides_which_keys_are_known() {
        let stack = r#"{"kind":"stack","listing":"a/b","caption":"c","description":"d","frame":"(?P<name>f)"}"#;
        assert!(matches!(serde_json::from_str(stack), Ok(FigureSpec::Stack(spec)) if spec.guard.is_none()));
        assert!(serde_json::from_str::<FigureSpec>(&stack.replace("\"frame\"", "\"file\"")).is_err());
        assert!(serde_json::from_str::<FigureSpec>(&stack.replace("\"kind\"", "\"tint\":1,\"kind\"")).is_err());
        let mermaid = r#"{"kind":"mermaid","file":"a.mmd","caption":"c"}"#;
        assert_eq!(serde_json::from_str::<FigureSpec>(mermaid).unwrap().caption(), "c");
    }
}
