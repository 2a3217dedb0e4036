//! The built pages, as they are sent, and what every page gets besides: word of a new build, and the way to this computer.

use super::guard::Token;
use std::path::{Path, PathBuf};

/// What is sent for a path: status, kind, bytes.
pub fn find(pages: &Path, path: &str, token: &Token) -> (u16, &'static str, Vec<u8>) {
    let found = local_file(pages, path).and_then(|file| Some((std::fs::read(&file).ok()?, file)));
    let Some((mut bytes, file)) = found else {
        return (404, HTML, std::fs::read(pages.join("404.html")).unwrap_or_default());
    };
    let kind = kind_of(&file);
    if kind == HTML {
        bytes.extend_from_slice(RELOAD.as_bytes());
        bytes.extend_from_slice(THIS_COMPUTER.replace("TOKEN", token.text()).as_bytes());
    }
    (200, kind, bytes)
}

/// The file that a path names, if it lies below the pages.
fn local_file(pages: &Path, path: &str) -> Option<PathBuf> {
    let mut file = pages.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part == ".." || part.contains(['\\', ':', '\0']) {
            return None;
        }
        file.push(part);
    }
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

const HTML: &str = "text/html; charset=utf-8";

fn kind_of(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => HTML,
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        _ => "text/plain; charset=utf-8",
    }
}

/// Tells the scripts of the page that programs and tests can be run here. See `theme/widgets/code-runner/`.
const THIS_COMPUTER: &str = r#"<script type="application/json" id="this-computer">{"token":"TOKEN"}</script>"#;

/// Asks for the next build, loads the page again when it is there, and shows what a failed one says.
const RELOAD: &str = r#"<script type="module">
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const ask = async (query) => (await fetch("/__news" + query)).json();
const box = document.createElement("pre");
box.setAttribute("role", "alert");
box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:1em;background:#fff;color:#a00;border-top:3px solid #a00;z-index:999";
for (let seen = null; ; ) {
  try {
    const news = await ask(seen === null ? "" : "?after=" + seen);
    if (seen !== null && news.version !== seen && !news.fault) location.reload();
    box.textContent = news.fault;
    if (news.fault) document.body.append(box); else box.remove();
    seen = news.version;
  } catch {
    await wait(1000);
  }
}
</script>"#;
