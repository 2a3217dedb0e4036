//! The directives of the text, `{{#name arguments}}`: finding them and reading their arguments.
//!
//! What a directive means is the business of [`crate::render`]; this module only knows their grammar.

use crate::faults::{Fault, Source};
use std::ops::Range;

/// A directive as it stands in a page.
#[derive(Clone, Debug)]
pub struct Directive {
    /// The word after `{{#`.
    pub name: String,
    /// Everything between the name and `}}`.
    pub raw: String,
    /// All of it, braces included.
    pub span: Range<usize>,
    /// Only the name.
    pub name_span: Range<usize>,
    /// Only `raw`.
    pub raw_span: Range<usize>,
}

/// Finds every directive of a page.
///
/// A `{{#` that is never closed, or that is opened again before it is closed, is a fault.
pub fn find(source: &Source) -> (Vec<Directive>, Vec<Fault>) {
    let text = source.text.as_ref();
    let (mut found, mut faults, mut from) = (Vec::new(), Vec::new(), 0);
    while let Some(start) = text[from..].find("{{#").map(|at| at + from) {
        let body = start + 3;
        let close = text[body..].find("}}").map(|at| at + body);
        let reopened = text[body..].find("{{#").map(|at| at + body);
        match close {
            Some(close) if reopened.is_none_or(|next| close < next) => {
                found.push(cut(text, start, close));
                from = close + 2;
            }
            _ => {
                let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
                faults.push(
                    Fault::new(source, start..end, "this directive is never closed")
                        .help("end it with `}}` before the next one begins"),
                );
                from = body;
            }
        }
    }
    (found, faults)
}

fn cut(text: &str, start: usize, close: usize) -> Directive {
    let body = &text[start + 3..close];
    let name = body.split(|c: char| c.is_whitespace()).next().unwrap_or("");
    let name_span = start + 3..start + 3 + name.len();
    let rest = &body[name.len()..];
    let lead = rest.len() - rest.trim_start().len();
    let raw = rest.trim();
    let raw_start = name_span.end + lead;
    Directive {
        name: name.to_owned(),
        raw: raw.to_owned(),
        span: start..close + 2,
        name_span,
        raw_span: raw_start..raw_start + raw.len(),
    }
}

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// `Some("as")` in `as=MiB`.
    pub key: Option<String>,
    /// The word, or the text between quotes.
    pub value: String,
    /// Whether it stood between quotes.
    pub quoted: bool,
    /// Where it stands, key and quotes included.
    pub span: Range<usize>,
}

/// The arguments of a directive, taken one after the other; what is left over is a fault.
pub struct Arguments<'a> {
    source: &'a Source,
    directive: &'a Directive,
    rest: Vec<Argument>,
}

impl<'a> Arguments<'a> {
    /// Splits the arguments at white space outside of quotes.
    ///
    /// # Errors
    /// When a quote is never closed.
    pub fn read(source: &'a Source, directive: &'a Directive) -> Result<Self, Fault> {
        let mut rest = Vec::new();
        let raw = directive.raw.as_str();
        let mut at = 0;
        while let Some(skip) = raw[at..].find(|c: char| !c.is_whitespace()) {
            let start = at + skip;
            let (argument, end) = next(raw, start).ok_or_else(|| {
                let span = directive.raw_span.start + start..directive.raw_span.end;
                Fault::new(source, span, "this quote is never closed")
            })?;
            at = end;
            let span = directive.raw_span.start + start..directive.raw_span.start + end;
            rest.push(Argument { span, ..argument });
        }
        Ok(Self { source, directive, rest })
    }

    /// The next argument that is a plain word.
    ///
    /// # Errors
    /// When there is none; `what` says what was expected.
    pub fn word(&mut self, what: &str) -> Result<Argument, Fault> {
        self.take(|argument| argument.key.is_none() && !argument.quoted).ok_or_else(|| self.missing(what))
    }

    /// The next argument between quotes.
    ///
    /// # Errors
    /// When there is none; `what` says what was expected.
    pub fn quoted(&mut self, what: &str) -> Result<Argument, Fault> {
        self.optional_quoted().ok_or_else(|| self.missing(what))
    }

    /// The next argument between quotes, if there is one.
    pub fn optional_quoted(&mut self) -> Option<Argument> {
        self.take(|argument| argument.key.is_none() && argument.quoted)
    }

    /// The option `key=...`, if it is given.
    pub fn option(&mut self, key: &str) -> Option<Argument> {
        self.take(|argument| argument.key.as_deref() == Some(key))
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// When an argument was given that nobody took; `known` lists the options of this directive.
    pub fn done(self, known: &[&str]) -> Result<(), Fault> {
        let Some(argument) = self.rest.first() else { return Ok(()) };
        let fault = match &argument.key {
            Some(key) => Fault::new(
                self.source,
                argument.span.clone(),
                format!("`{}` has no option `{key}`", self.directive.name),
            )
            .nearest(key, known.iter().copied()),
            None => Fault::new(
                self.source,
                argument.span.clone(),
                format!("`{}` takes no further argument", self.directive.name),
            ),
        };
        Err(fault)
    }

    fn take(&mut self, wanted: impl Fn(&Argument) -> bool) -> Option<Argument> {
        let at = self.rest.iter().position(wanted)?;
        Some(self.rest.remove(at))
    }

    fn missing(&self, what: &str) -> Fault {
        Fault::new(self.source, self.directive.span.clone(), format!("`{}` needs {what}", self.directive.name))
    }
}

fn next(raw: &str, start: usize) -> Option<(Argument, usize)> {
    let text = &raw[start..];
    let word = text.find(|c: char| c.is_whitespace() || c == '"' || c == '=').unwrap_or(text.len());
    let key = (word > 0 && text[word..].starts_with('=')).then(|| text[..word].to_owned());
    let from = key.as_ref().map_or(0, |_| word + 1);
    let quoted = text[from..].starts_with('"');
    let (value, length) = if quoted {
        unquote(&text[from..])?
    } else {
        let end = text[from..].find(char::is_whitespace).unwrap_or(text.len() - from);
        (text[from..from + end].to_owned(), end)
    };
    Some((Argument { key, value, quoted, span: 0..0 }, start + from + length))
}

/// Reads a quoted text and tells its length, both quotes included; `\"` is a quote, a line break a space.
fn unquote(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return Some((value, at + 1)),
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '\n' => value.push(' '),
            _ => {
                if escaped && c != '"' {
                    value.push('\\');
                }
                value.push(c);
            }
        }
        escaped = false;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Source {
        Source::new("src/page.md", text)
    }

    #[test]
    fn a_directive_has_words_options_and_quoted_texts() {
        let source = page("x {{#listing heap/grow:body \"A \\\"small\\\" one\" as=KiB}} y");
        let (found, faults) = find(&source);
        assert!(faults.is_empty());
        let mut arguments = Arguments::read(&source, &found[0]).unwrap();
        assert_eq!(arguments.word("a listing").unwrap().value, "heap/grow:body");
        assert_eq!(arguments.quoted("a caption").unwrap().value, "A \"small\" one");
        assert_eq!(arguments.option("as").unwrap().value, "KiB");
        assert!(arguments.done(&["as"]).is_ok());
    }

    #[test]
    fn a_pattern_keeps_its_backslashes() {
        let source = page(r#"{{#output heap/grow match="depth \d+"}}"#);
        let (found, _) = find(&source);
        let mut arguments = Arguments::read(&source, &found[0]).unwrap();
        assert_eq!(arguments.option("match").unwrap().value, r"depth \d+");
    }

    #[test]
    fn an_option_that_nobody_knows_is_a_fault_with_the_nearest_name() {
        let source = page("{{#value heap/x digit=2}}");
        let (found, _) = find(&source);
        let mut arguments = Arguments::read(&source, &found[0]).unwrap();
        arguments.word("a name").unwrap();
        let fault = arguments.done(&["as", "digits"]).unwrap_err();
        assert_eq!(&source.text[fault.span.clone()], "digit=2");
        assert_eq!(fault.help.unwrap(), "the nearest name is `digits`");
    }

    #[test]
    fn a_directive_that_is_never_closed_does_not_hide_the_next_one() {
        let source = page("{{#listing heap/grow\ntext {{#value heap/x}}\n");
        let (found, faults) = find(&source);
        assert_eq!((found.len(), faults.len()), (1, 1));
        assert_eq!(found[0].name, "value");
    }
}
