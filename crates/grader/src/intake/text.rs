//! The bytes of a source file as text.

/// The text, without a byte order mark in front. Line ends stay as they are: the compiler takes both.
///
/// # Errors
/// A sentence that names the file and the line of the first byte that is no text.
pub(super) fn of(bytes: &[u8], file: &str) -> Result<String, String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(format!("`{file}` is UTF-16 text; save it as UTF-8"));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes[at];
        format!("`{file}` is not UTF-8 text: line {} holds the byte 0x{byte:02X}; save it as UTF-8", line(bytes, at))
    })?;
    match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => Err(format!("`{file}` holds a zero byte in line {}, and so is no source text", line(bytes, at))),
        None => Ok(text.to_owned()),
    }
}

/// Number of the line that holds the byte at an offset, from 1.
fn line(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_dropped_and_line_ends_are_kept() {
        assert_eq!(of(b"\xef\xbb\xbfa\r\nb\r\n", "src/lib.rs"), Ok("a\r\nb\r\n".to_owned()));
    }

    #[test]
    fn what_is_no_text_is_told_with_file_and_line() {
        let wrong = |bytes: &[u8]| of(bytes, "src/lib.rs").unwrap_err();
        assert_eq!(
            wrong(b"\n// caf\xe9\n"),
            "`src/lib.rs` is not UTF-8 text: line 2 holds the byte 0xE9; save it as UTF-8"
        );
        assert_eq!(wrong(b"a\n\nb\0"), "`src/lib.rs` holds a zero byte in line 3, and so is no source text");
        assert_eq!(wrong(b"\xff\xfea\0"), "`src/lib.rs` is UTF-16 text; save it as UTF-8");
    }
}
