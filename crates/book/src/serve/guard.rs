//! Who may ask, and for what.
//!
//! What is served here includes a compiler. Any page that a browser shows can send requests to a loopback address, under any name
//! that somebody's name server gives it. So a request must use this machine's own name; and one that runs something must also come
//! from a page of this very server, which is known by its origin and by a token that stands in no other page.

use super::http::{Refusal, Request};
use anyhow::{Context, Result};
use std::io::Read;

/// The header that carries the token. A request with such a header is one that browsers ask about before they send it for
/// another origin, and they are told no.
pub const TOKEN: &str = "x-book-token";

/// Names of this machine that nobody else can give it.
const LOOPBACK: [&str; 2] = ["127.0.0.1", "localhost"];

/// Drawn when the server begins.
#[derive(Clone, Debug)]
pub struct Token(String);

impl Token {
    /// A token that nobody can guess.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw() -> Result<Self> {
        let mut bytes = [0; 32];
        fill(&mut bytes).context("no random token can be drawn")?;
        Ok(Self(blake3::hash(&bytes).to_hex()[..32].to_owned()))
    }

    /// As it stands in a page.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Compared in a time that does not tell how much of it is right.
    fn is(&self, other: &str) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(other.as_bytes())
    }
}

#[cfg(unix)]
fn fill(bytes: &mut [u8]) -> std::io::Result<()> {
    std::fs::File::open("/dev/urandom")?.read_exact(bytes)
}

/// The keys of the standard library's hash maps come from the system's source of randomness.
#[cfg(not(unix))]
fn fill(bytes: &mut [u8]) -> std::io::Result<()> {
    use std::hash::{BuildHasher, RandomState};
    let mut words = bytes.chunks_exact_mut(8).map(|word| (word, RandomState::new().hash_one(0)));
    Ok(words.try_for_each(|(word, random)| (&random.to_le_bytes()[..]).read_exact(word))?)
}

/// Whether a request uses a name of this machine.
///
/// # Errors
/// When it does not.
pub fn is_local(request: &Request) -> Result<(), Refusal> {
    let host = request.header("host")?.unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if is_port(port) { name } else { "" });
    if LOOPBACK.contains(&name) {
        return Ok(());
    }
    Err(Refusal::new(403, "This book is only for the machine that it is on: use 127.0.0.1 or localhost."))
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a request may run something: asked by a script of a page of this server, as JSON.
///
/// # Errors
/// When it may not, and why.
pub fn may_run(request: &Request, token: &Token) -> Result<(), Refusal> {
    is_local(request)?;
    if request.method != "POST" {
        return Err(Refusal::new(405, "Programs are run with POST."));
    }
    let (host, origin) = (request.header("host")?.unwrap_or_default(), request.header("origin")?);
    if origin != Some(format!("http://{host}").as_str()) {
        return Err(Refusal::new(403, "Only a page of this book may run programs here."));
    }
    if !request.header(TOKEN)?.is_some_and(|sent| token.is(sent)) {
        return Err(Refusal::new(403, "The book was started again since this page was loaded: load the page again."));
    }
    let kind = request.header("content-type")?.unwrap_or_default();
    if kind.split(';').next().unwrap_or_default().trim() != "application/json" {
        return Err(Refusal::new(415, "What is to be run is sent as application/json."));
    }
    Ok(())
}
