//! Numbers in the prose that nobody proved: every quantity must come from a directive.

use crate::directive;
use crate::faults::Source;
use mdbook_markdown::pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;
use std::sync::LazyLock;

/// Digits or a number word, then a unit, a per cent sign, or `times`.
static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    let words = "two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen|twenty|thirty|fifty|sixty|a hundred|a thousand|a million";
    let units = "%|percent|per cent|times|fold|bytes?|bits?|kilobytes?|megabytes?|gigabytes?|[kKMG]i?B|B|ns|µs|ms|s|\
                 nanoseconds?|microseconds?|milliseconds?|seconds?|minutes?|[kMG]?Hz|cycles?|instructions?";
    Regex::new(&format!(r"(?i)\b(?:[0-9][0-9.,_]*|{words})[ \n\u{{a0}}-]*(?:{units})(?:\b|$|[^\w])"))
        .expect("the pattern is fixed")
});

/// A quantity that stands in the prose as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Line of the page, from 1.
    pub line: usize,
    /// The quantity.
    pub text: String,
}

/// Finds the quantities of a page that no directive made; code is not prose.
pub fn stray_quantities(source: &Source) -> Vec<Stray> {
    let text = without_directives(source);
    let mut found = Vec::new();
    let mut in_code = false;
    for (event, span) in Parser::new(&text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(words) if !in_code => {
                for quantity in QUANTITY.find_iter(&words) {
                    let line = text[..span.start + quantity.start().min(span.len())].matches('\n').count() + 1;
                    found.push(Stray { line, text: quantity.as_str().trim().to_owned() });
                }
            }
            _ => {}
        }
    }
    found
}

/// The page with every directive blotted out, line by line, so that positions stay what they are.
fn without_directives(source: &Source) -> String {
    let mut bytes = source.text.as_bytes().to_vec();
    for directive in directive::find(source).0 {
        for byte in &mut bytes[directive.span] {
            if *byte != b'\n' {
                *byte = BLOT;
            }
        }
    }
    String::from_utf8(bytes).expect("directives begin and end between characters")
}

/// A character that no page holds.
const BLOT: u8 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    fn strays(text: &str) -> Vec<String> {
        stray_quantities(&Source::new("page.md", text)).into_iter().map(|stray| stray.text).collect()
    }

    #[test]
    fn a_quantity_that_was_typed_is_found() {
        assert_eq!(strays("It has 8 MiB, or 64 bytes a call."), ["8 MiB", "64 bytes"]);
        assert_eq!(strays("It is 50 % slower, ten times in all."), ["50 %", "ten times"]);
    }

    #[test]
    fn code_directives_and_plain_counts_are_left_alone() {
        let text =
            "`8 MiB` and {{#value heap/x}} bytes and {{#given \"8 MiB\" src=x}}, in two ways.\n\n```text\n8 MiB\n```\n";
        assert_eq!(strays(text), [""; 0]);
    }

    #[test]
    fn the_line_of_a_quantity_is_known() {
        let source = Source::new("page.md", "one\n\n{{#listing a/b\n\"x\"}}\n\nlast 5 ms\n");
        assert_eq!(stray_quantities(&source)[0].line, 6);
    }
}
