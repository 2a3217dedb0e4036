//! The element that runs a listing, or the tests of an exercise, from its page. Without scripts it shows nothing.

use super::{Context, escape};
use crate::library::excerpt::Excerpt;
use crate::library::listing::{Kind, Listing};
use serde::Serialize;

/// What the script must know of a listing: see `theme/widgets/code-runner/`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    /// Names the place where a reader's changes are kept.
    name: &'a str,
    /// Tells whether the listing is still the one that was changed.
    hash: String,
    before: &'a str,
    part: &'a str,
    after: &'a str,
    indent: usize,
    release: bool,
    fails: bool,
}

/// The element of a listing of which `part` is shown; nothing where it cannot be run from a page.
pub fn listing(context: &Context, listing: &Listing, name: &str, anchor: Option<&str>, part: &str) -> String {
    let crates = context.library.crates.get(&listing.id.chapter);
    if !listing.runs_alone(crates.map_or(&[], Vec::as_slice)) {
        return String::new();
    }
    let Excerpt { before, indent, after } = listing.excerpt(anchor);
    let whole = format!("{before}\0{part}\0{after}");
    let data = Data {
        name,
        hash: blake3::hash(whole.as_bytes()).to_hex()[..12].to_owned(),
        before: &before,
        part,
        after: &after,
        indent,
        release: listing.is_optimized(),
        fails: listing.kind == Kind::MustFail,
    };
    let data = serde_json::to_string(&data).expect("a listing is text");
    // No tag begins in it, and no directive.
    let data = data.replace('<', "\\u003c").replace("{{", "{\\u007b");
    format!("<code-runner><script type=\"application/json\">{data}</script></code-runner>")
}

/// The element that runs the visible tests of an exercise where the reader's own files can be reached.
pub fn exercise(name: &str) -> String {
    format!("<code-runner exercise=\"{}\"></code-runner>", escape(name))
}
