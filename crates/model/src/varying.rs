//! Output in which some parts differ from run to run.
//!
//! A golden writes such a part as `[[name:sample]]`: the name says which rule of the listing's header
//! covers it, the sample is what one real run printed, and it is what the reader is shown.

use regex::Regex;
use std::ops::RangeInclusive;

/// A rule of a listing's header: `varies NAME: REGEX [in LO..HI]`.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The name that goldens and prose use.
    pub name: String,
    /// Its one capture group is the part that varies.
    pub pattern: Regex,
    /// The numbers that are accepted, both ends included; `None` accepts all.
    pub range: Option<RangeInclusive<f64>>,
    /// Line of the header.
    pub line: usize,
}

/// A number that left the range its rule allows.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfRange {
    /// The rule.
    pub name: String,
    /// What was printed.
    pub text: String,
}

/// Marks every varying part of `output`, a part that two rules claim by the first of them.
pub fn mark(output: &str, rules: &[Rule]) -> (String, Vec<OutOfRange>) {
    let mut spans: Vec<(usize, usize, &Rule)> = Vec::new();
    for rule in rules {
        for captures in rule.pattern.captures_iter(output) {
            let Some(part) = captures.get(1) else { continue };
            if !spans.iter().any(|&(start, end, _)| part.start() < end && start < part.end()) {
                spans.push((part.start(), part.end(), rule));
            }
        }
    }
    spans.sort_by_key(|span| span.0);
    let (mut marked, mut strays, mut from) = (String::new(), Vec::new(), 0);
    for (start, end, rule) in spans {
        let text = &output[start..end];
        if let Some(range) = &rule.range
            && !crate::quantity::parse_number(text).is_some_and(|n| range.contains(&n))
        {
            strays.push(OutOfRange { name: rule.name.clone(), text: text.to_owned() });
        }
        marked.push_str(&output[from..start]);
        marked.push_str(&format!("[[{}:{text}]]", rule.name));
        from = end;
    }
    marked.push_str(&output[from..]);
    (marked, strays)
}

/// A piece of a marked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The same in every run.
    Fixed(&'a str),
    /// Name and sample.
    Varying(&'a str, &'a str),
}

/// Splits a marked text into its pieces.
pub fn pieces(marked: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = marked;
    while let Some((before, name, sample, after)) = next_mark(rest) {
        if !before.is_empty() {
            out.push(Piece::Fixed(before));
        }
        out.push(Piece::Varying(name, sample));
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Piece::Fixed(rest));
    }
    out
}

fn next_mark(text: &str) -> Option<(&str, &str, &str, &str)> {
    let mut from = 0;
    while let Some(start) = text[from..].find("[[").map(|at| at + from) {
        let inner = &text[start + 2..];
        if let Some(end) = inner.find("]]")
            && let Some((name, sample)) = inner[..end].split_once(':')
            && crate::id::is_slug(name)
        {
            return Some((&text[..start], name, sample, &inner[end + 2..]));
        }
        from = start + 1;
    }
    None
}

/// The marked text with only the names left: what two runs must agree on.
pub fn skeleton(marked: &str) -> String {
    pieces(marked)
        .iter()
        .map(|piece| match piece {
            Piece::Fixed(text) => (*text).to_owned(),
            Piece::Varying(name, _) => format!("[[{name}]]"),
        })
        .collect()
}

/// The marked text as one real run printed it.
pub fn sample(marked: &str) -> String {
    pieces(marked)
        .iter()
        .map(|piece| match piece {
            Piece::Fixed(text) | Piece::Varying(_, text) => *text,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(name: &str, pattern: &str, range: Option<RangeInclusive<f64>>) -> Rule {
        Rule { name: name.into(), pattern: Regex::new(pattern).unwrap(), range, line: 1 }
    }

    #[test]
    fn two_runs_that_differ_only_where_they_may_have_one_skeleton() {
        let rules = [rule("tid", r"thread '.*' \((\d+)\)", None)];
        let (a, _) = mark("thread 'main' (1) has\n", &rules);
        let (b, _) = mark("thread 'main' (4242) has\n", &rules);
        assert_eq!(b, "thread 'main' ([[tid:4242]]) has\n");
        assert_eq!(skeleton(&a), skeleton(&b));
        assert_eq!(sample(&b), "thread 'main' (4242) has\n");
    }

    #[test]
    fn a_number_outside_its_range_is_told() {
        let rules = [rule("depth", r"depth (\d+)", Some(10.0..=20.0))];
        assert_eq!(mark("depth 15", &rules).1, []);
        assert_eq!(mark("depth 25", &rules).1, [OutOfRange { name: "depth".into(), text: "25".into() }]);
    }

    #[test]
    fn double_brackets_that_name_nothing_are_plain_text() {
        assert_eq!(pieces("a [[1, 2], [3]] b"), [Piece::Fixed("a [[1, 2], [3]] b")]);
        assert_eq!(pieces("[[[n:1]]"), [Piece::Fixed("["), Piece::Varying("n", "1")]);
    }
}
