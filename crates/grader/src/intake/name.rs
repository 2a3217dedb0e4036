//! Names of entries: bytes that somebody else chose.

use super::Why;

/// Longest name that is shown, in characters.
const SHOWN: usize = 200;

/// The path of an entry, with single slashes and without `.`, if it stays inside and holds nothing odd.
/// A folder's name may end with a slash.
///
/// # Errors
/// Why such a name is never used.
pub(crate) fn plain(raw: &[u8]) -> Result<String, Why> {
    let text = std::str::from_utf8(raw).map_err(|_| Why::StrangeName)?;
    if text.contains('\\') || text.chars().any(char::is_control) {
        return Err(Why::StrangeName);
    }
    let drive = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && text[1..].starts_with(':');
    if text.starts_with('/') || drive || text.split('/').any(|part| part == "..") {
        return Err(Why::Outside);
    }
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    Ok(parts.join("/"))
}

/// A name, or a message that may quote one, for people: whatever does not print is an escape.
pub(crate) fn printable(raw: &[u8]) -> String {
    let mut text = String::new();
    for chunk in raw.utf8_chunks() {
        for character in chunk.valid().chars() {
            // Quotes print as they are; marks that turn the direction of text around do not.
            match character {
                '"' | '\'' => text.push(character),
                _ => text.extend(character.escape_debug()),
            }
        }
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02X}")));
    }
    if text.chars().count() > SHOWN {
        text = text.chars().take(SHOWN).chain(['…']).collect();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_is_brought_into_one_form() {
        for same in ["src/lib.rs", "./src/lib.rs", "src//lib.rs", "src/./lib.rs"] {
            assert_eq!(plain(same.as_bytes()), Ok("src/lib.rs".to_owned()), "{same}");
        }
        assert_eq!(plain(b"src/"), Ok("src".to_owned()));
        assert_eq!(plain("Übung/src/lib.rs".as_bytes()), Ok("Übung/src/lib.rs".to_owned()));
    }

    #[test]
    fn a_name_that_leads_outside_is_never_used() {
        for name in ["/src/lib.rs", "../src/lib.rs", "a/../src/lib.rs", "src/..", "C:/src/lib.rs", "c:lib.rs"] {
            assert_eq!(plain(name.as_bytes()), Err(Why::Outside), "{name}");
        }
    }

    #[test]
    fn a_strange_name_is_never_used() {
        for name in [&b"src\\lib.rs"[..], b"src/lib.rs\0.txt", b"src/lib\n.rs", b"src/\xff.rs"] {
            assert_eq!(plain(name), Err(Why::StrangeName), "{name:?}");
        }
    }

    #[test]
    fn what_is_shown_cannot_move_the_cursor_or_turn_text_around() {
        assert_eq!(printable(b"a\x1b[2J\xff\\b'\n"), "a\\u{1b}[2J\\xFF\\\\b'\\n");
        assert_eq!(printable("a\u{202e}b".as_bytes()), "a\\u{202e}b");
        assert_eq!(printable(&[b'a'; 1000]).chars().count(), SHOWN + 1);
    }
}
