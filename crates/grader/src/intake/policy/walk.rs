//! A way through the tokens of a file, with what is known of the place.

use super::{NESTING, PolicyFault, names, quoted};
use model::exercise::{Exercise, UnsafeCode};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use std::collections::BTreeSet;

/// Words after which `!` and a bracket are a negation, not a macro call.
const KEYWORDS: [&str; 6] = ["if", "while", "match", "return", "in", "break"];

/// What is known of a file before its tokens are looked at.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) exercise: &'a Exercise,
    /// Names that may mean a macro of the submission; `*` for any.
    pub(super) shadowed: &'a BTreeSet<String>,
}

/// Where tokens stand.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// At the top of a file.
    pub(super) root: bool,
    /// In a macro's definition, or in the call of a macro that may do anything with them.
    pub(super) free: bool,
    /// The modules around, from the file's own inwards.
    pub(super) modules: Vec<String>,
    depth: usize,
}

/// The walk, and what it found.
pub(super) struct Walk<'a> {
    pub(super) file: File<'a>,
    faults: Vec<PolicyFault>,
}

impl<'a> Walk<'a> {
    /// The faults in the tokens of a file.
    pub(super) fn through(file: File<'a>, tokens: TokenStream) -> Vec<PolicyFault> {
        let mut walk = Self { file, faults: Vec::new() };
        walk.tokens(tokens, &Place { root: true, free: false, modules: Vec::new(), depth: 0 });
        walk.faults
    }

    pub(super) fn fault(&mut self, span: Span, what: impl Into<String>, why: &'static str) {
        let (file, line) = (self.file.name.to_owned(), span.start().line);
        self.faults.push(PolicyFault { file, line, what: what.into(), why });
    }

    fn tokens(&mut self, stream: TokenStream, place: &Place) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut imported = 0;
        for (index, token) in tokens.iter().enumerate() {
            let (before, after) = (&tokens[..index], &tokens[index + 1..]);
            // Up to the semicolon once, however many `use` stand before it.
            if index >= imported && is(token, "use") {
                imported = index + self.import(after, place.depth);
            }
            match token {
                TokenTree::Group(group) => self.group(group, before, place),
                TokenTree::Ident(ident) => self.ident(ident, after, place),
                TokenTree::Punct(punct) if punct.as_char() == '#' => self.hash(punct.span(), after, place),
                TokenTree::Punct(punct) if punct.as_char() == '$' => self.dollar(punct.span(), after),
                _ => {}
            }
        }
    }

    fn group(&mut self, group: &Group, before: &[TokenTree], place: &Place) {
        let mut inner = Place { root: false, depth: place.depth + 1, ..place.clone() };
        if inner.depth > NESTING {
            let what = format!("brackets nest more than {NESTING} deep");
            return self.fault(group.span_open(), what, "and could end the compiler");
        }
        match before {
            [.., keyword, TokenTree::Ident(name)] if is(keyword, "mod") && group.delimiter() == Delimiter::Brace => {
                inner.modules.push(plain(name));
            }
            [.., definition, bang, TokenTree::Ident(_)] if is(definition, "macro_rules") && is(bang, "!") => {
                inner.free = true;
            }
            [.., TokenTree::Ident(name), bang] if is(bang, "!") => {
                inner.free |= self.does_anything(&plain(name));
            }
            _ => {}
        }
        self.tokens(group.stream(), &inner);
    }

    /// Whether the macro of this name may make anything out of what it is called with.
    fn does_anything(&self, name: &str) -> bool {
        let shadowed = self.file.shadowed;
        let known = names::is_known(name) && !shadowed.contains(name) && !shadowed.contains("*");
        !known && !KEYWORDS.contains(&name)
    }

    fn ident(&mut self, ident: &Ident, after: &[TokenTree], place: &Place) {
        let name = plain(ident);
        let is_call = matches!(after, [bang, next, ..] if is(bang, "!") && !is(next, "="));
        if let Some(why) = names::macro_call(&name).filter(|_| is_call) {
            self.fault(ident.span(), quoted(&format!("{name}!")), why);
        } else if let Some(why) = names::anywhere(&name).filter(|_| place.free) {
            self.fault(ident.span(), format!("{} in a macro", quoted(&name)), why);
        }
        // A raw name is never a keyword.
        match ident.to_string().as_str() {
            "unsafe" if self.file.exercise.unsafe_code == UnsafeCode::Forbidden => {
                self.fault(ident.span(), "`unsafe`", "is not allowed in this exercise");
            }
            "extern" => self.external(ident.span(), after, place),
            "mod" => self.module(ident.span(), after, place),
            _ => {}
        }
    }

    /// A macro whose name another macro fills in may be any.
    fn dollar(&mut self, span: Span, after: &[TokenTree]) {
        if let [TokenTree::Ident(name), bang, next, ..] = after
            && is(bang, "!")
            && !is(next, "=")
        {
            let what = quoted(&format!("${name}!"));
            self.fault(span, what, "calls a macro whose name another macro fills in; write the name");
        }
    }
}

/// Notes every name under which a macro of the submission may be called: its own, or one that is imported
/// under another name.
pub(super) fn shadowed(stream: TokenStream, depth: usize, names: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match (token, &tokens[..index]) {
            (TokenTree::Group(group), _) if depth < NESTING => shadowed(group.stream(), depth + 1, names),
            (TokenTree::Ident(name), [.., definition, bang]) if is(definition, "macro_rules") && is(bang, "!") => {
                names.insert(plain(name));
            }
            (TokenTree::Ident(name), [.., renamed]) if is(renamed, "as") => {
                names.insert(plain(name));
            }
            (TokenTree::Punct(_), [.., definition, bang])
                if is(token, "$") && is(definition, "macro_rules") && is(bang, "!") =>
            {
                names.insert("*".to_owned());
            }
            _ => {}
        }
    }
}

/// A name without the mark of a raw one.
pub(super) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// Whether a token is this word or this character.
pub(super) fn is(token: &TokenTree, text: &str) -> bool {
    match token {
        TokenTree::Ident(ident) => ident == text,
        TokenTree::Punct(punct) => text.chars().eq([punct.as_char()]),
        _ => false,
    }
}
