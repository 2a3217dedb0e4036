//! Numbers with units, and how the book prints them.

/// Bytes in a unit that a byte count may be written in, or `None` for a word that is no such unit.
pub fn bytes_per(unit: &str) -> Option<f64> {
    Some(match unit {
        "B" | "byte" | "bytes" => 1.0,
        "kB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        "KiB" => 1024.0,
        "MiB" => 1024.0 * 1024.0,
        "GiB" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    })
}

/// Reads `8 MiB`, `4096` or `2.5 GB` as a number of bytes.
pub fn parse_bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    let number: f64 = text[..split].trim().replace(['_', ','], "").parse().ok()?;
    let unit = text[split..].trim();
    let factor = if unit.is_empty() { 1.0 } else { bytes_per(unit)? };
    (number >= 0.0).then_some((number * factor).round() as u64)
}

/// Prints a number as the book's prose does: thousands separated by commas, `digits` after the point.
///
/// ```
/// assert_eq!(model::quantity::group(2692537.0, 0), "2,692,537");
/// assert_eq!(model::quantity::group(-1234.56, 1), "-1,234.6");
/// ```
pub fn group(value: f64, digits: usize) -> String {
    let plain = format!("{:.digits$}", value.abs());
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::from(if value < 0.0 { "-" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Reads a number that a program printed: digits, perhaps with `_` or `,` between them, perhaps a
/// fraction, perhaps hexadecimal with `0x`.
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim().replace(['_', ','], "");
    match text.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok().map(|n| n as f64),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_binary_and_decimal_units() {
        assert_eq!(parse_bytes("8 MiB"), Some(8 << 20));
        assert_eq!(parse_bytes("10 MB"), Some(10_000_000));
        assert_eq!(parse_bytes("4096"), Some(4096));
        assert_eq!(parse_bytes("4 parsecs"), None);
        assert_eq!(parse_bytes("-1 B"), None);
    }

    #[test]
    fn numbers_that_programs_print_are_read() {
        assert_eq!(parse_number("2_692_537"), Some(2_692_537.0));
        assert_eq!(parse_number("0x10"), Some(16.0));
        assert_eq!(parse_number("deep"), None);
    }
}
