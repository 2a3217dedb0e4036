//! A recorded run as one file of HTML: it needs no server and no network, and lets nothing in.

use super::scene::View;
use super::{encode, fallback};
use crate::render::escape;

const COLORS: &str = include_str!("../../../../theme/css/colors.css");
const STEPPER: &str = include_str!("../../../../theme/widgets/memory-stepper/memory-stepper.css");
const PAGE: &str = include_str!("alone.css");
const HIGHLIGHTER: &str = include_str!("../../../../theme/highlight.js");
const SCRIPTS: [&str; 2] = [
    include_str!("../../../../theme/widgets/memory-stepper/memory-picture.mjs"),
    include_str!("../../../../theme/widgets/memory-stepper/memory-stepper.mjs"),
];
/// The highlighter is there for the listing alone.
const HIGHLIGHT: &str = "document.querySelectorAll('pre > code').forEach((code) => hljs.highlightElement(code));";
const FIGURE: &str = "run";

/// The file. `name` is that of the program's source.
///
/// The policy in its head allows the scripts and styles that carry the file's own number, which is made from
/// everything in it, and no request at all: what the recorded program has printed can run nothing.
pub fn page(name: &str, view: &View, compiler: &str) -> String {
    let (fallback, data) = (fallback::html(FIGURE, view, fullest(view)), encode::json(view));
    let hash = blake3::hash(format!("{name}{data}{STEPPER}{}", SCRIPTS.concat()).as_bytes()).to_hex();
    let nonce = &hash[..32];
    let name = escape(name);
    let compiler = escape(compiler);
    let modules: String =
        SCRIPTS.map(|script| format!("<script type=\"module\" nonce=\"{nonce}\">\n{script}</script>\n")).concat();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'nonce-{nonce}'; \
         style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>The memory of {name}</title>\n\
         <style nonce=\"{nonce}\">\n{COLORS}\n{STEPPER}\n{PAGE}</style>\n</head>\n<body class=\"content\">\n<main>\n\
         <h1>The memory of <code>{name}</code></h1>\n<figure class=\"trace\" id=\"{FIGURE}\">\
         <memory-stepper figure=\"{FIGURE}\" first=\"0\">{fallback}\
         <script type=\"application/json\">{data}</script></memory-stepper>\
         <figcaption>A recorded run of a debug build, compiled by {compiler}.</figcaption></figure>\n</main>\n\
         <script nonce=\"{nonce}\">\n{HIGHLIGHTER}\n{HIGHLIGHT}\n</script>\n{modules}</body>\n</html>\n"
    )
}

/// The first of the scenes that show most.
pub fn fullest(view: &View) -> usize {
    let most = view.scenes.iter().map(|scene| scene.parts().count()).max().unwrap_or(0);
    view.scenes.iter().position(|scene| scene.parts().count() == most).unwrap_or(0)
}
