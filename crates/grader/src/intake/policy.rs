//! What a submission may not hold, found in its tokens.
//!
//! Tokens, not a syntax tree: a rule must also hold inside of macros, whose bodies and arguments are
//! nothing but tokens, and a list of tokens is as deep as its brackets, however long a chain of operators
//! is. Comments and strings are no tokens, so they are never mistaken for code.
//!
//! These rules keep honest mistakes and simple tricks away from the compiler, with a line to look at. They
//! are not what a verdict rests on: student code decides nothing, whatever it does.
//!
//! - `walk` goes through the tokens; `attribute` and `item` know the forms that are refused;
//! - `names` are the names that are refused, and why;
//! - `words` looks at a file that cannot be split into tokens.

mod attribute;
mod item;
mod names;
mod walk;
mod words;

use super::{Submission, name};
use anyhow::{Context, Result, anyhow};
use model::exercise::Exercise;
use proc_macro2::TokenStream;
use std::collections::BTreeSet;
use std::fmt;
use std::thread;
use walk::{File, Walk};

/// How deep brackets may nest. Programs need twenty; with very many, the compiler ends by a crash.
pub const NESTING: usize = 200;
/// How many faults are told at once.
const SHOWN: usize = 20;

/// Something that a submission may not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyFault {
    /// The file, as the exercise lists it.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
    /// What stands there.
    pub what: String,
    /// Why it is refused.
    pub why: &'static str,
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} {}", self.file, self.line, self.what, self.why)
    }
}

/// All faults as a message for the author, one line for each.
pub fn message(faults: &[PolicyFault]) -> String {
    let mut lines: Vec<String> = faults.iter().take(SHOWN).map(ToString::to_string).collect();
    if faults.len() > SHOWN {
        lines.push(format!("and {} more", faults.len() - SHOWN));
    }
    lines.join("\n")
}

/// Everything in a submission that its exercise does not allow, by file and line. A file that does not parse
/// has no fault for that: the compiler tells it better.
///
/// # Errors
/// When the check itself fails.
pub fn faults(submission: &Submission, exercise: &Exercise) -> Result<Vec<PolicyFault>> {
    // Positions of tokens are kept for as long as the thread lives, so it is a thread of its own.
    thread::scope(|scope| {
        let check = thread::Builder::new().name("policy".to_owned());
        let check = check.spawn_scoped(scope, || all(submission, exercise)).context("no thread can be started")?;
        check.join().map_err(|_| anyhow!("the policy check failed"))
    })
}

fn all(submission: &Submission, exercise: &Exercise) -> Vec<PolicyFault> {
    let views: Vec<(&str, String)> = submission
        .files
        .iter()
        .flat_map(|(file, text)| views(text).into_iter().map(|view| (file.as_str(), view)))
        .collect();
    let lexed: Vec<Option<TokenStream>> = views.iter().map(|(_, view)| view.parse().ok()).collect();
    let mut shadowed = BTreeSet::new();
    lexed.iter().flatten().for_each(|tokens| walk::shadowed(tokens.clone(), 0, &mut shadowed));
    let mut faults = Vec::new();
    for ((file, view), tokens) in views.iter().zip(lexed) {
        let about = File { name: file, exercise, shadowed: &shadowed };
        match tokens {
            Some(tokens) => faults.extend(Walk::through(about, tokens)),
            None => faults.extend(words::faults(file, view)),
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

/// What the compiler may take the text for. A first line that begins with `#!` may be for a shell, which the
/// compiler then drops; and it may hold the beginning of a comment that hides what follows from us alone.
fn views(text: &str) -> Vec<String> {
    match text.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => {
            let after = text.find('\n').map_or("", |end| &text[end..]);
            vec![text.to_owned(), after.to_owned()]
        }
        _ => vec![text.to_owned()],
    }
}

/// A piece of code as it is quoted in a fault.
fn quoted(code: &str) -> String {
    format!("`{}`", name::printable(code.as_bytes()))
}

#[cfg(test)]
mod tests;
