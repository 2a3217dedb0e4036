//! JSON: our own, and the ground of the JSON of others.
//!
//! A class is described by `crates/model/schemas/class.schema.json`. It is kept for a machine and loses nothing, so
//! harmful characters are not replaced; they are written as JSON escapes, which every reader turns back.

use super::safe::is_harmful;
use anyhow::Result;
use model::class::Class;
use model::sheet::StudentSheet;
use serde::Serialize;
use std::fmt::Write;

/// All of a class, for its teacher.
///
/// # Errors
/// Never, unless a number in it is none.
pub fn class(class: &Class) -> Result<String> {
    written(class)
}

/// What one student may see.
///
/// # Errors
/// Never, unless a number in it is none.
pub fn student(sheet: &StudentSheet) -> Result<String> {
    written(sheet)
}

/// Pretty JSON, in which no character does anything to a terminal that shows it.
pub(super) fn written(value: &impl Serialize) -> Result<String> {
    let pretty = serde_json::to_string_pretty(value)?;
    let mut text = String::with_capacity(pretty.len() + 1);
    for character in pretty.chars() {
        // Outside of strings there is only ASCII, and in strings serde has escaped the ASCII controls but one.
        if is_harmful(character) && character != '\n' {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(text, "\\u{unit:04x}")?;
            }
        } else {
            text.push(character);
        }
    }
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_comes_back_and_nothing_harmful_is_written(given in any::<String>()) {
            let text = written(&[&given]).unwrap();
            prop_assert!(!text.chars().any(|c| is_harmful(c) && c != '\n'));
            prop_assert_eq!(serde_json::from_str::<[String; 1]>(&text).unwrap(), [given]);
        }
    }
}
