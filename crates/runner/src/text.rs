//! Owns the step from other programs' bytes to text that may be shown or stored.

use std::fmt::Write;

/// The bytes as text that is safe to print: newline and tab stay, every other control character
/// is written as an escape (`\r`, `\u{1b}`), and a byte that is not UTF-8 as `\xFF`.
///
/// Because the text of a program could otherwise move the cursor, recolor or retitle a terminal,
/// and because a golden must be a text file.
pub fn printable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            if character.is_control() && !matches!(character, '\n' | '\t') {
                text.extend(character.escape_default());
            } else {
                text.push(character);
            }
        }
        for byte in chunk.invalid() {
            write!(text, "\\x{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    text
}

/// Offset of the first byte that is not UTF-8; `None` when all of it is.
pub fn first_invalid(bytes: &[u8]) -> Option<usize> {
    std::str::from_utf8(bytes).err().map(|error| error.valid_up_to())
}
