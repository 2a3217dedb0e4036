//! The words of a file that cannot be split into tokens. The compiler will say what is wrong with it; but
//! were it to read the file otherwise than we do, no rule would have been checked.

use super::{PolicyFault, names, quoted};

/// The faults that single words are, outside of comments and strings.
pub(super) fn faults(file: &str, text: &str) -> Vec<PolicyFault> {
    let mut faults = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(length(rest));
        // The name of a macro is an ordinary word as long as it is not called.
        let called = || after.trim_start().strip_prefix('!').is_some_and(|after| !after.starts_with('='));
        if let Some(why) = names::macro_call(piece).filter(|_| called()).or_else(|| names::own_attribute(piece)) {
            faults.push(PolicyFault { file: file.to_owned(), line, what: quoted(piece), why });
        }
        line += piece.matches('\n').count();
        rest = after;
    }
    faults
}

/// The length in bytes of what a text begins with: a comment, a string, a character or a word, each as a
/// whole, or any other character.
fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let found = |end: Option<usize>| end.unwrap_or(text.len());
    match bytes {
        [b'/', b'/', ..] => found(text.find('\n')),
        [b'/', b'*', ..] => comment(bytes),
        [b'"', ..] => string(bytes),
        [b'\'', b'\\', ..] => found(text.get(3..).and_then(|rest| rest.find('\'')).map(|end| end + 4)),
        [b'\'', ..] => character(text),
        _ => {
            let word = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
            let raw = matches!(&text[..word], "r" | "br" | "cr").then(|| raw_string(&text[word..])).flatten();
            let any = text.chars().next().map_or(1, char::len_utf8);
            raw.map_or(word.max(any), |length| word + length)
        }
    }
}

/// A comment, with those inside of it.
fn comment(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 && at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    // What is cut off by the end of the file ends there; a character may have followed the backslash.
    let mut end = (at + 1).min(bytes.len());
    while end < bytes.len() && bytes[end] & 0xc0 == 0x80 {
        end += 1;
    }
    end
}

/// `'x'`, or the mark alone where it begins a lifetime.
fn character(text: &str) -> usize {
    let mut characters = text.char_indices().skip(2);
    match characters.next() {
        Some((at, '\'')) => at + 1,
        _ => 1,
    }
}

/// A raw string without the letters in front of it.
fn raw_string(text: &str) -> Option<usize> {
    let marks = text.find(|c| c != '#')?;
    let inside = text[marks..].strip_prefix('"')?;
    let end = format!("\"{}", &text[..marks]);
    Some(inside.find(&end).map_or(text.len(), |at| marks + 1 + at + end.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, String)> {
        faults("src/lib.rs", text).into_iter().map(|fault| (fault.line, fault.what)).collect()
    }

    #[test]
    fn words_count_and_comments_and_strings_do_not() {
        let hidden = "// no_mangle\n/* no_mangle /* no_mangle */ no_mangle */ \"no_mangle \\\" no_mangle\"\nr#\"no_mangle \" no_mangle\"# br\"no_mangle\" '\"' '\\'' 'é' no_mangles é\n";
        assert_eq!(found(hidden), []);
        assert_eq!(found(&format!("{hidden}#[no_mangle]")), [(4, "`no_mangle`".to_owned())]);
        assert_eq!(found("r#no_mangle 'a no_mangle").len(), 2);
    }

    #[test]
    fn a_macro_counts_where_it_is_called() {
        assert_eq!(found("{ include != 1; let asm = include; } }"), []);
        assert_eq!(found("include! (\"x\") } asm!()"), [(1, "`include`".to_owned()), (1, "`asm`".to_owned())]);
    }

    #[test]
    fn whatever_is_cut_off_ends_with_the_file() {
        let characters = ["\"", "'", "\\", "/", "*", "r", "#", "é", "\n"];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            texts = texts.iter().flat_map(|text| characters.map(|character| format!("{text}{character}"))).collect();
            texts.iter().for_each(|text| assert_eq!(found(text), [], "{text}"));
        }
    }
}
