//! `extern`, `mod` and `use`.

use super::walk::{Place, Walk, is, plain};
use super::{NESTING, names, quoted};
use proc_macro2::{Span, TokenTree};
use std::path::Path;

/// Crates that every program has.
const STANDARD: [&str; 4] = ["alloc", "core", "std", "self"];
const FOREIGN: &str = "declares foreign functions, which cannot be judged";

impl Walk<'_> {
    /// What follows `extern`: a crate, a block, or a function with the conventions of another language, which
    /// is harmless as long as its symbol keeps its own name.
    pub(super) fn external(&mut self, span: Span, after: &[TokenTree], place: &Place) {
        let after = match after {
            [TokenTree::Literal(_), rest @ ..] => rest,
            _ => after,
        };
        match after {
            [keyword, TokenTree::Ident(name), ..] if is(keyword, "crate") => {
                let name = plain(name);
                let listed = |known: &String| known.replace('-', "_") == name;
                if !STANDARD.contains(&name.as_str()) && !self.file.exercise.crates.iter().any(listed) {
                    let what = quoted(&format!("extern crate {name}"));
                    self.fault(span, what, "names a crate that this exercise does not have");
                }
            }
            [keyword, ..] if is(keyword, "fn") => {}
            [TokenTree::Group(_), ..] => self.fault(span, "an `extern` block", FOREIGN),
            _ if place.free => self.fault(span, "`extern` in a macro", FOREIGN),
            _ => {}
        }
    }

    /// What follows `mod`: a body, or the name of a file that must be listed.
    pub(super) fn module(&mut self, span: Span, after: &[TokenTree], place: &Place) {
        match after {
            [TokenTree::Ident(_), TokenTree::Group(_), ..] => {}
            [dollar, TokenTree::Ident(_), TokenTree::Group(_), ..] if is(dollar, "$") => {}
            [TokenTree::Ident(name), end, ..] if is(end, ";") && !place.free => {
                let name = plain(name);
                if !self.is_listed(&name, place) {
                    let what = quoted(&format!("mod {name};"));
                    self.fault(span, what, "names a file that this exercise does not have; write the module here");
                }
            }
            // The macro could put `#[path]` in front of it, from pieces.
            _ if place.free => {
                self.fault(span, "`mod` in a macro", "takes a module from a file that the macro chooses")
            }
            _ => {}
        }
    }

    /// Whether one of the two files that a module may stand in is listed.
    fn is_listed(&self, name: &str, place: &Place) -> bool {
        let file = Path::new(self.file.name);
        let (folder, stem) = (file.parent().unwrap_or(Path::new("")), file.file_stem().unwrap_or_default());
        let mut folder = folder.to_owned();
        // Only these own the folder that they lie in.
        if !["lib", "main", "mod"].iter().any(|owner| stem == *owner) {
            folder.push(stem);
        }
        folder.extend(&place.modules);
        let files = [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")];
        files.iter().any(|file| self.file.exercise.files.iter().any(|listed| Path::new(listed) == file))
    }

    /// What follows `use`, and how many tokens it is: under another name, a macro that is refused would not be
    /// seen.
    pub(super) fn import(&mut self, after: &[TokenTree], depth: usize) -> usize {
        for (index, token) in after.iter().enumerate() {
            match token {
                TokenTree::Group(group) if depth < NESTING => {
                    self.import(&group.stream().into_iter().collect::<Vec<_>>(), depth + 1);
                }
                TokenTree::Punct(_) if is(token, ";") => return index,
                TokenTree::Ident(ident) if after.get(index + 1).is_some_and(|next| is(next, "as")) => {
                    let name = plain(ident);
                    if let Some(why) = names::renamed(&name) {
                        self.fault(ident.span(), quoted(&format!("use {name} as")), why);
                    }
                }
                _ => {}
            }
        }
        after.len()
    }
}
