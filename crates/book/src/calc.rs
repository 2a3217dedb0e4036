//! The arithmetic of `#calc`: numbers, sizes like `8 MiB`, values like `@chapter/series.x`, and the
//! operators and functions of the `exmex` crate.

use model::quantity::bytes_per;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

static NAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"@([A-Za-z0-9/._-]*[A-Za-z0-9])").expect("the pattern is fixed"));
static SIZE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b([0-9][0-9_.]*)\s*(B|kB|MB|GB|KiB|MiB|GiB)\b").expect("the pattern is fixed"));

/// Why a formula has no value.
#[derive(Debug, PartialEq, Eq)]
pub struct CalcError {
    /// The part that is wrong, in bytes of the formula.
    pub span: Range<usize>,
    /// What is wrong with it.
    pub message: String,
}

/// The value of a formula; `value` knows the values of names and is told where each name stands.
///
/// # Errors
/// When a name has no value, the formula cannot be read, or its value is not finite.
pub fn evaluate(formula: &str, value: &mut dyn FnMut(&str, Range<usize>) -> Option<f64>) -> Result<f64, CalcError> {
    let whole = 0..formula.len();
    let mut unknown = None;
    let numbers = NAME.replace_all(formula, |found: &Captures| {
        let span = found.get(0).map_or(0..0, |all| all.range());
        match value(&found[1], span.clone()) {
            Some(value) => format!("({value})"),
            None => {
                unknown = Some(CalcError { span, message: format!("nothing is called `{}`", &found[1]) });
                "0".into()
            }
        }
    });
    if let Some(error) = unknown {
        return Err(error);
    }
    let plain = SIZE.replace_all(&numbers, |found: &Captures| {
        format!("({}*{})", found[1].replace('_', ""), bytes_per(&found[2]).unwrap_or(1.0))
    });
    let result: f64 = exmex::eval_str(&plain).map_err(|error| CalcError {
        span: whole.clone(),
        message: format!("this cannot be computed: {}", error.msg()),
    })?;
    if result.is_finite() {
        Ok(result)
    } else {
        Err(CalcError { span: whole, message: "this has no finite value".into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_frame(name: &str, _: Range<usize>) -> Option<f64> {
        (name == "stack-limits/frame.bytes").then_some(96.0)
    }

    #[test]
    fn sizes_and_measured_values_can_be_combined() {
        assert_eq!(evaluate("floor(8 MiB / @stack-limits/frame.bytes)", &mut with_frame), Ok(87381.0));
        assert_eq!(evaluate("(2 + 3) * 4", &mut with_frame), Ok(20.0));
    }

    #[test]
    fn a_name_without_a_value_is_pointed_at() {
        let error = evaluate("1 + @heap/none.such", &mut with_frame).unwrap_err();
        assert_eq!(error.span, 4..19);
    }

    #[test]
    fn nonsense_and_infinity_are_refused() {
        assert!(evaluate("8 MiB /", &mut with_frame).is_err());
        assert!(evaluate("1 / 0", &mut with_frame).is_err());
    }
}
