//! Text that others wrote, made harmless for whoever looks at it.
//!
//! A program can print what recolors a terminal, what reorders the characters around it (bidirectional controls), what
//! no XML may hold, or a line of a gigabyte. All of that is written as an escape here, like `\u{202e}`, so that it is
//! seen and does nothing. Letters of every script stay, also those that run from right to left, and so do emoji.

use std::fmt::Write;

/// Characters of a text that are shown; the compiler's longest messages are shorter.
const TEXT: usize = 16_000;
/// Characters of a line that are shown.
const LINE: usize = 1_000;

/// Several lines: line breaks and tabs stay, too long lines and texts are cut, and say by how much.
pub fn text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut shown = String::new();
    for (at, line) in head(&text, TEXT).lines().enumerate() {
        if at > 0 {
            shown.push('\n');
        }
        push(&mut shown, line, LINE, true);
    }
    cut(&mut shown, '\n', &text, TEXT);
    shown
}

/// One line: a line break becomes a space.
pub fn line(text: &str) -> String {
    let text = text.trim().replace("\r\n", " ").replace(['\n', '\t'], " ");
    let mut shown = String::new();
    push(&mut shown, &text, LINE, false);
    shown
}

fn push(shown: &mut String, line: &str, most: usize, tabs: bool) {
    for character in head(line, most).chars() {
        if is_harmful(character) && !(tabs && character == '\t') {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    cut(shown, ' ', line, most);
}

fn head(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

fn cut(shown: &mut String, between: char, text: &str, most: usize) {
    let rest = text.chars().skip(most).count();
    if rest > 0 {
        let _ = write!(shown, "{between}… ({rest} more characters)");
    }
}

/// Whether a character does something else than being seen: controls, what changes the direction or the order of
/// others, what is invisible, and what XML 1.0 forbids (<https://www.w3.org/TR/xml/#charsets>).
///
/// The joiners U+200C and U+200D and the variation selectors stay: scripts and emoji need them.
pub fn is_harmful(character: char) -> bool {
    let code = character as u32;
    character.is_control()
        || matches!(code, 0xAD | 0x61C | 0x180E | 0x200B | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x206F)
        || matches!(code, 0xFDD0..=0xFDEF | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F)
        || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_act_is_written_as_an_escape() {
        assert_eq!(text("a\u{1b}[31mb\0\u{202e}c\u{ffff}"), "a\\u{1b}[31mb\\u{0}\\u{202e}c\\u{ffff}");
        assert_eq!(text("a\r\n\tb\rc"), "a\n\tb\\u{d}c");
        assert_eq!(line(" a\r\nb\tc "), "a b c");
    }

    #[test]
    fn letters_of_every_script_and_emoji_stay() {
        for name in ["Zoë O'Neil", "שרה", "محمد", "👩‍💻", "王小明", "क्षेम"] {
            assert_eq!(line(name), name);
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        assert!(text(&"x".repeat(1_234)).ends_with("x … (234 more characters)"));
        let long = text(&"line\n".repeat(10_000));
        assert!(long.ends_with("\n… (34000 more characters)"), "{}", &long[long.len() - 40..]);
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left_and_doing_it_twice_changes_nothing(given in any::<String>()) {
            let shown = text(&given);
            prop_assert!(!shown.chars().any(|c| is_harmful(c) && !"\n\t".contains(c)), "{:?}", shown);
            prop_assert_eq!(text(&shown), shown);
            prop_assert!(!line(&given).chars().any(is_harmful));
        }
    }
}
