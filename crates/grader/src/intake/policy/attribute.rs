//! Attributes: `#[...]` and `#![...]`, also inside of `cfg_attr(...)` and `unsafe(...)`.

use super::walk::{Place, Walk, is, plain};
use super::{names, quoted};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};

const FILLED_IN: &str = "is an attribute whose name a macro fills in; write the name";

impl Walk<'_> {
    /// What follows a `#`.
    pub(super) fn hash(&mut self, span: Span, after: &[TokenTree], place: &Place) {
        let (inner, after) = match after {
            [bang, rest @ ..] if is(bang, "!") => (true, rest),
            _ => (false, after),
        };
        match after {
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Bracket => {
                self.attribute(group, inner && place.root);
            }
            // Outside of macros, the compiler refuses it.
            _ if place.free => self.fault(span, "`#`", FILLED_IN),
            _ => {}
        }
    }

    fn attribute(&mut self, group: &Group, of_crate: bool) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        self.meta(&tokens, group.span_open(), of_crate, 0);
    }

    /// The inside of an attribute: a path, of which the last name counts, and what belongs to it.
    fn meta(&mut self, tokens: &[TokenTree], span: Span, of_crate: bool, depth: usize) {
        if tokens.first().is_some_and(|first| is(first, "$")) {
            self.fault(span, "`#[$...]`", FILLED_IN);
        }
        let (path, rest) = path(tokens);
        let Some(last) = path.last() else { return };
        let (name, span) = (plain(last), last.span());
        if let Some(why) = names::attribute(&name) {
            self.fault(span, quoted(&name), why);
        } else if name == "cfg_attr" || name == "unsafe" {
            self.nested(&name, rest, span, of_crate, depth);
        } else if of_crate && !names::may_begin_a_crate(&name) {
            self.fault(span, quoted(&format!("#![{name}]")), "is an attribute of the whole crate");
        }
    }

    /// The attributes inside of `cfg_attr(condition, ...)` or `unsafe(...)`.
    fn nested(&mut self, name: &str, rest: &[TokenTree], span: Span, of_crate: bool, depth: usize) {
        match rest {
            [TokenTree::Group(group)] if depth < super::NESTING => {
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                let conditions = usize::from(name == "cfg_attr");
                for meta in tokens.split(|token| is(token, ",")).skip(conditions) {
                    self.meta(meta, group.span_open(), of_crate, depth + 1);
                }
            }
            [first, ..] if is(first, "$") => self.fault(span, quoted(&format!("{name} $...")), FILLED_IN),
            _ => {}
        }
    }
}

/// The names of a path at the beginning, and the tokens behind it.
fn path(tokens: &[TokenTree]) -> (Vec<&Ident>, &[TokenTree]) {
    let mut names = Vec::new();
    let mut rest = tokens;
    loop {
        match rest {
            [colon, after @ ..] if is(colon, ":") => rest = after,
            [TokenTree::Ident(name), after @ ..] => {
                names.push(name);
                rest = after;
            }
            _ => return (names, rest),
        }
    }
}
